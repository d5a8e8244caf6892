import type { AccountPool } from "../accounts/pool.js";
import type { AccountDirectory } from "../accounts/directory.js";
import type { InboundEvent, Recovery } from "../model/inbound.js";
import type { BookRecord } from "../store/book.js";
import type { Inbox, InboxEntry, Settlement } from "../store/inbox.js";
import { fromEpochMs } from "../model/time.js";
import { choiceAnswer, messageOf } from "../webhook/choice-answer.js";
import { idsOf, messagesOf, standsAlone, toEvent } from "../webhook/join.js";
import { backoff, inTime, type HandlerRetries } from "./backoff.js";
import { fileAnswer, isAnswer } from "./file-answer.js";
import { recordShown, type FactHouse } from "./reconcile-fact.js";
import type { Recovered, Unreadable } from "./recovery.js";
import { meetGuest, type NewDate } from "./rsvps.js";

export interface ProcessOptions extends FactHouse {
  readonly inbox: Inbox;
  readonly directory: AccountDirectory;
  readonly pool: AccountPool;
  readonly run: (event: InboundEvent) => Promise<void>;
  readonly recover: (unreadable: Unreadable) => Promise<Recovered>;
  readonly newDate: NewDate;
  readonly retries: HandlerRetries;
  readonly now: () => Date;
  readonly random: () => number;
}

/** One inbox entry: joined to its invitation, folded into the answers, told to the handlers. Says what becomes of it; never rejects. */
export async function processEntry(house: ProcessOptions, entry: InboxEntry): Promise<Settlement> {
  try {
    return await tell(house, entry);
  } catch {
    const failures = entry.attempts + 1;
    const delay = backoff(house.retries, failures, house.random);
    return delay === undefined ? { kind: "dead", reason: "handlers-failed" } : { kind: "retry", due: fromEpochMs(house.now().getTime() + delay) };
  }
}

async function tell(house: ProcessOptions, entry: InboxEntry): Promise<Settlement> {
  const { fact } = entry;
  const record = await recordShown(house, entry);
  if (record === undefined && !standsAlone(fact)) {
    const [target] = idsOf(fact);
    return target === undefined || !("target" in fact) || fact.target === undefined ? { kind: "done" } : { kind: "aside", target: fact.target };
  }
  if (record && fact.type === "invitation.observed") await learn(house, record, entry);
  if (record === undefined) return told(house, entry, undefined);
  if ("guest" in fact && fact.guest !== undefined && fact.fromSelf !== true) await meetGuest(house.book, record.tenant, fact.guest);
  const messages = await messagesOf(house.book, entry.account, fact, record);
  const read = choiceAnswer(fact, messages);
  const answer = read?.fact ?? fact;
  if (!isAnswer(answer)) return told(house, entry, record);
  const form = read?.form ?? messageOf(answer.target, messages)?.form ?? record.handle.form;
  const guest = await fileAnswer({ book: house.book, record, fact: answer, form, repeated: entry.attempts > 0 || entry.revived === true, newDate: house.newDate });
  if (guest === undefined) return { kind: "done" };
  return answer.type === "rsvp.unreadable" ? unreadable(house, entry, record, { guest, form }) : told(house, { ...entry, fact: answer }, record);
}

/** Calls the handlers. */
async function told(house: ProcessOptions, entry: InboxEntry, record: BookRecord | undefined, recovery?: Recovery): Promise<Settlement> {
  const event = toEvent(entry, record);
  if (event) await inTime(house.run(event.type === "rsvp.unreadable" && recovery !== undefined ? { ...event, recovery } : event), house.retries.deadlineMs);
  return { kind: "done" };
}

/** An answer that nobody can read: what the policy says, then the handlers. */
async function unreadable(house: ProcessOptions, entry: InboxEntry, record: BookRecord, about: Pick<Unreadable, "guest" | "form">): Promise<Settlement> {
  const recovery = await house.recover({ ...about, invitation: record, receivedAt: entry.receivedAt, attempts: entry.attempts });
  if (recovery === "nothing") return { kind: "done" };
  return typeof recovery === "object" ? { kind: "retry", due: recovery.due } : told(house, entry, record, recovery);
}

/** What an echo of an own event shows of the account is kept for the next opening; calls that run keep what they know. */
async function learn({ book, directory, pool }: ProcessOptions, record: BookRecord, { account, fact }: InboxEntry): Promise<void> {
  if (fact.type !== "invitation.observed" || fact.sighting.createdBy !== "self" || fact.byApi === false) return;
  // Only the newest message shows what the record says: the echo of a card that was edited since would teach nonsense.
  const message = record.handle.messages.at(-1);
  if (message === undefined || message.id !== fact.sighting.messageId) return;
  const owner = await directory.byId(account);
  if (owner === undefined) return;
  const lease = await pool.use(owner);
  try {
    const taught = lease.provider.learn?.(record.handle.details, fact.sighting.details, message.role);
    const known = await book.learned(account);
    if (taught === undefined || Object.entries(taught).every(([name, value]) => known[name] === value)) return;
    await book.remember(account, { ...known, ...taught });
    pool.reopen(account);
  } finally {
    lease.release();
  }
}
