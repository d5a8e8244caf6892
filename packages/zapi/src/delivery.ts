import type { AccountId, Fact, Instant, Parsed, RefusalRule } from "@event-messaging/core/driver";

/** What a fact needs to know of the delivery it came with. */
export interface Delivery {
  readonly account: AccountId;
  readonly receivedAt: Instant;
  /** The option of the same name, for failures that are reported later. */
  readonly refusals?: readonly RefusalRule[] | undefined;
}

export const facts = (...found: readonly Fact[]): Parsed => ({ kind: "facts", facts: found });
