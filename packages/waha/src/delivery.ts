import type { AccountId, Fact, Parsed, WebhookRequest } from "@event-messaging/core/driver";
import type { OpenConfig } from "./config.js";
import type { Envelope } from "./wire.js";

/** What the readers of the single kinds get, and what they may say of a delivery that yields no fact. */
export interface Delivery {
  readonly envelope: Envelope;
  readonly request: WebhookRequest;
  readonly config: OpenConfig;
  readonly account: AccountId;
}
export type Read = readonly Fact[] | Exclude<Parsed, { readonly kind: "facts" }>;
