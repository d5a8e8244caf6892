import type { AccountId, Fact, Instant, Parsed } from "@event-messaging/core/driver";

/** What a fact needs to know of the delivery it came with. */
export interface Delivery {
  readonly account: AccountId;
  readonly receivedAt: Instant;
}

export const facts = (...found: readonly Fact[]): Parsed => ({ kind: "facts", facts: found });
