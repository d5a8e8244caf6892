import type { AccountPool } from "../accounts/pool.js";
import type { AccountDirectory } from "../accounts/directory.js";
import type { InboundEvent } from "../model/inbound.js";
import type { Answer, BookRecord, InvitationBook } from "../store/book.js";
import type { Inbox, InboxEntry, Settlement } from "../store/inbox.js";
import { revisionsOf } from "../store/revision-lookup.js";
import { rsvpFold } from "../store/rsvp-fold.js";
import type { RsvpState } from "../store/rsvp-state.js";
import { fromEpochMs } from "../model/time.js";
import { idsOf, recordOf, standsAlone, toEvent } from "../webhook/join.js";
import { backoff, inTime, type HandlerRetries } from "./backoff.js";

export interface ProcessOptions {
  readonly book: InvitationBook;
  readonly inbox: Inbox;
  readonly directory: AccountDirectory;
  readonly pool: AccountPool;
  readonly run: (event: InboundEvent) => Promise<void>;
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
  const record = await recordOf(house.book, entry.account, fact);
  if (record === undefined && !standsAlone(fact)) {
    const [target] = idsOf(fact);
    return target === undefined || !("target" in fact) || fact.target === undefined ? { kind: "done" } : { kind: "aside", target: fact.target };
  }
  if (record && fact.type === "invitation.observed") await learn(house, record, entry);
  const event = toEvent(entry, record);
  if (event && (record === undefined || (await isNews(house, record, entry)))) await inTime(house.run(event), house.retries.deadlineMs);
  return { kind: "done" };
}

/**
 * Is an answer the one that counts now, and was it not before? Files it, folds all of them, and looks whether it stands. On a
 * repeated try it may have been filed by the first, so then only standing counts. Everything that is no answer is news.
 */
async function isNews({ book }: ProcessOptions, { tenant, key, recipient, revision, handle }: BookRecord, { fact, attempts }: InboxEntry): Promise<boolean> {
  if (fact.type !== "rsvp" && fact.type !== "rsvp.unreadable" && fact.type !== "rsvp.unrecognized") return true;
  const answer: Answer = { invitation: { tenant, key, recipient, revision }, guest: fact.guest, form: handle.form, fact };
  const fold = rsvpFold({ revisions: revisionsOf(await book.records(tenant, key, recipient)) });
  const transition = await book.answer(answer, fold);
  if (fact.fromSelf) return false;
  const stands = ({ guests }: RsvpState) => guests.some(({ answer: counted, pending }) => (fact.type === "rsvp" ? counted : pending)?.source === fact.source);
  if (attempts > 0) return stands(fold((await book.answers(tenant, key)).filter(({ invitation }) => invitation.recipient === recipient)));
  // The same answer under another id of its guest changes who is known, not what was said.
  return transition !== undefined && stands(transition.after) && !(transition.before && stands(transition.before));
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
