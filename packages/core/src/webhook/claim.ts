import type { AccountId } from "../model/ids.js";
import type { Fact } from "../model/inbound.js";

/**
 * What makes two deliveries one fact: account, type, the message that carries it, and the edition where one message carries
 * several. Never the vendor's delivery id, which differs for one fact. A placeholder has no claim: the real message may follow.
 */
export function claimOf(account: AccountId, fact: Fact): string | undefined {
  return fact.placeholder ? undefined : JSON.stringify([account, fact.type, fact.source, fact.edition ?? ""]);
}
