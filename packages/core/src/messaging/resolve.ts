import { invalidArgument } from "../error/invalid.js";
import { MessagingError } from "../error/messaging-error.js";
import { messageId, type MessageId } from "../model/ids.js";
import { fromEpochMs } from "../model/time.js";
import type { BookChange, BookKey, BookRecord } from "../store/book.js";
import type { House } from "./house.js";
import { settle } from "./settle.js";
import type { Verdict } from "./verdict.js";

/** Calls whose outcome is unknown and whose requests can no longer be under way, oldest first: for a person. */
export async function unresolved(house: Pick<House, "book" | "now">, limit = 100): Promise<readonly BookRecord[]> {
  const now = fromEpochMs(house.now().getTime());
  // A lease that ends at once leaves the records free.
  const unknown = await house.book.take("unknown", now, now, limit);
  return [...(await house.book.take("attempting", now, now, limit)), ...unknown].slice(0, limit);
}

/** What a person found out about a call of unknown outcome. @see Messaging.resolve */
export async function resolve(house: House, key: BookKey, verdict: Verdict): Promise<BookRecord | undefined> {
  const record = (await house.book.records(key.tenant, key.key, key.recipient)).find(({ revision }) => revision === key.revision);
  const id = seenId(record, verdict);
  if (record?.state !== "unknown") return undefined;
  if (id !== undefined) await demandFree(house, record, id);
  return settle(house, record, verdict.sent ? sentAs(record, id) : { state: "not-sent", code: "CANCELED" });
}

/** The id as a message's, checked. @throws MessagingError `INVALID_ARGUMENT`. */
function seenId(record: BookRecord | undefined, { sent, messageId: given }: Verdict): MessageId | undefined {
  if (given === undefined) return undefined;
  const id = messageId(given);
  const problem = id === undefined ? "must be a bare WhatsApp message id, such as 3EB0C4D1A2B3F4E5061728"
    : !sent ? "belongs to what was sent only"
    : record !== undefined && record.operation !== "send" ? "belongs to an invitation only: an edit, a cancellation or an answer keeps the card's" : undefined;
  if (problem !== undefined) throw invalidArgument("The call cannot be resolved", [{ path: "messageId", message: problem }], { operation: "resolve" });
  return id;
}

/** A message is one invitation's. @throws MessagingError `CONFLICT`. */
async function demandFree({ book }: House, { handle }: BookRecord, id: MessageId): Promise<void> {
  const owner = await book.byMessage(handle.account, id);
  if (owner === undefined) return;
  throw new MessagingError(`resolve: the message belongs to the invitation under key "${owner.key}" already. Nothing was changed; look for the other card.`, {
    code: "CONFLICT", outcome: "not-sent", persistence: "permanent", context: { provider: handle.provider, account: handle.account, operation: "resolve" },
  });
}

function sentAs({ handle }: BookRecord, id: MessageId | undefined): BookChange {
  const found = id === undefined ? {} : { handle: { ...handle, messages: [{ id, form: handle.form, role: "invitation" as const, vendorIds: {} }] } };
  return { state: "accepted", stage: "handed-over", ...found };
}
