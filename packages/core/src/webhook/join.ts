import type { AccountId } from "../model/ids.js";
import type { Fact, InboundEvent } from "../model/inbound.js";
import type { BookRecord, InvitationBook } from "../store/book.js";
import type { InboxEntry } from "../store/inbox.js";

/** The invitation that a fact is about: by any of its message ids within the account. `undefined`: the book does not know it (yet). */
export async function recordOf(book: InvitationBook, account: AccountId, fact: Fact): Promise<BookRecord | undefined> {
  for (const id of idsOf(fact)) {
    const record = await book.byMessage(account, id);
    if (record) return record;
  }
  return undefined;
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
