import type { SentMessage } from "../model/handle.js";
import type { AccountId } from "../model/ids.js";
import type { Fact, InboundEvent } from "../model/inbound.js";
import type { BookRecord, InvitationBook } from "../store/book.js";
import type { InboxEntry } from "../store/inbox.js";

/** The invitation that a fact is about: by any of its message ids within the account. `undefined`: the book does not know it (yet). */
export async function recordOf(book: InvitationBook, account: AccountId, fact: Fact): Promise<BookRecord | undefined> {
  for (const id of idsOf(fact)) {
    const record = await book.byMessage(account, id);
    if (record) return invitationOf(book, record);
  }
  return undefined;
}

/** Every message of an invitation that a fact may be about, also one that was filed a moment ago in a record of its own. */
export async function messagesOf(book: InvitationBook, account: AccountId, fact: Fact, { handle }: BookRecord): Promise<readonly SentMessage[]> {
  if (!("target" in fact) || fact.target === undefined || handle.messages.some(({ id }) => id === fact.target)) return handle.messages;
  const found = await book.byMessage(account, fact.target);
  return [...handle.messages, ...(found?.handle.messages ?? []).filter(({ id }) => !handle.messages.some((message) => message.id === id))];
}

/** The invitation that a record belongs to: itself, or for a question in place of an unreadable answer the one it asks about, as it stands now. */
export async function invitationOf(book: InvitationBook, record: BookRecord): Promise<BookRecord> {
  if (record.operation !== "recover") return record;
  const { tenant, key, recipient, revision } = record.handle;
  const asked = (await book.records(tenant, key, recipient)).find((one) => one.revision === revision && one.operation !== "recover");
  return asked ? asItStands(book, asked) : record;
}

/** The newest call about an invitation: its edit, its cancellation, or itself. */
export async function asItStands(book: InvitationBook, record: BookRecord): Promise<BookRecord> {
  const [first] = record.handle.messages;
  const newest = first && (await book.byMessage(record.handle.account, first.id));
  return newest && newest.operation !== "recover" ? newest : record;
}

/** The message ids that a fact names, the surest first. Empty: it joins nothing. */
export function idsOf(fact: Fact): readonly string[] {
  switch (fact.type) {
    case "account.status": return [];
    case "invitation.observed": return [fact.sighting.messageId];
    case "message.replied": return fact.target === undefined ? [] : [fact.target];
    // A failed hand-over may carry the vendor's queue id only.
    case "invitation.failed":
    case "invitation.delivered": return [...Object.values(fact.vendorIds ?? {}), fact.target];
    default: return [fact.target];
  }
}

/** May the fact be told without an invitation? */
export function standsAlone(fact: Fact): boolean {
  return fact.type === "account.status" || fact.type === "invitation.observed";
}

/** The event that handlers get. `undefined` when the fact needs an invitation and none is given. */
export function toEvent({ fact, provider, account, authenticity, flags }: InboxEntry, record: BookRecord | undefined): InboundEvent | undefined {
  const head = { provider, account, authenticity, flags };
  if (fact.type === "account.status" || fact.type === "invitation.observed") return { ...fact, ...head, ...(record && { handle: record.handle }) };
  if (record === undefined) return undefined;
  const { tenant, key, handle } = record;
  return { ...fact, ...head, tenant, key, handle };
}
