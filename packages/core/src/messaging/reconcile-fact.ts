import type { Fact } from "../model/inbound.js";
import { toEpochMs } from "../model/time.js";
import { isShown } from "../layers/idempotency.js";
import type { BookChange, BookRecord, InvitationBook } from "../store/book.js";
import { isOpen } from "../store/book-rules.js";
import type { InboxEntry } from "../store/inbox.js";
import { recordOf } from "../webhook/join.js";
import { contradicts, sendsLike, spellingsOf } from "./reconcile-match.js";

export interface FactHouse {
  readonly book: InvitationBook;
  readonly now: () => Date;
  /** The book has learnt message ids. Never rejects. */
  readonly onLearnt: (record: BookRecord) => Promise<unknown>;
}

/** How far the vendor's clock may be behind ours. */
const SKEW_MS = 120_000;

/**
 * The invitation that a fact is about: by message id, or, for the echo of an own card that the book does not know, the one open
 * send that it can be. What a fact proves on the way is written down: a card that was seen was sent.
 */
export async function recordShown(house: FactHouse, entry: InboxEntry): Promise<BookRecord | undefined> {
  const { fact, account } = entry;
  const record = await recordOf(house.book, account, fact);
  if (record) return (await confirmed(house, record, fact)) ?? record;
  return fact.type === "invitation.observed" ? byEcho(house, entry, fact) : undefined;
}

/** Anything that happens to a message shows that it exists; a report that it failed does not. */
async function confirmed(house: FactHouse, record: BookRecord, fact: Fact): Promise<BookRecord | undefined> {
  if (fact.type === "invitation.failed") return undefined;
  if (isOpen(record.state) && isShown(record)) return isRunning(house, record) ? undefined : written(house, record, { state: "accepted", stage: "handed-over" });
  const isOut = fact.type === "invitation.delivered" || fact.type === "invitation.read" || fact.type === "rsvp";
  return record.state === "accepted" && record.stage === "queued" && isOut && record.operation === "send" ? written(house, record, { stage: "handed-over" }) : undefined;
}

/** An own card that the book does not know: sent through the API, not before the attempt, and like exactly one open send. */
async function byEcho(house: FactHouse, { account, authenticity }: InboxEntry, fact: Fact<"invitation.observed">): Promise<BookRecord | undefined> {
  const { sighting: { createdBy, recipient, messageId, details }, canceled, byApi, at } = fact;
  if (createdBy !== "self" || canceled || byApi === false || authenticity === "none") return undefined;
  const open = (await Promise.all(spellingsOf(recipient).map((spelling) => house.book.open(account, spelling)))).flat();
  const [record, twin] = sendsLike(open, details);
  if (record === undefined || twin !== undefined || isShown(record) || contradicts(record.handle.details, details)) return undefined;
  if (toEpochMs(at) < toEpochMs(record.begunAt) - SKEW_MS) return undefined;
  const handle = { ...record.handle, messages: [{ id: messageId, form: record.handle.form, role: "invitation" as const, vendorIds: {} }] };
  // While the request is under way it may still prove more. What was seen is noted, and counts if the process ends here.
  return written(house, record, isRunning(house, record) ? { handle } : { handle, state: "accepted", stage: "handed-over" });
}

function isRunning({ now }: FactHouse, { state, leasedUntil }: BookRecord): boolean {
  return state === "attempting" && leasedUntil !== undefined && toEpochMs(leasedUntil) > now().getTime();
}

/** `undefined`: somebody was faster, and knows more. */
async function written({ book, onLearnt }: FactHouse, record: BookRecord, change: BookChange): Promise<BookRecord | undefined> {
  const { tenant, key, recipient, revision } = record;
  const changed = await book.change({ tenant, key, recipient, revision }, record.version, change);
  if (changed && change.handle) await onLearnt(changed);
  return changed;
}
