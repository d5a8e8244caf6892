import type { Authenticity, Fact } from "../model/inbound.js";
import type { Instant } from "../model/time.js";

/** A delivery as it came off the wire. */
export interface WebhookRequest {
  readonly method: string;
  /** Path segments after the account's, decoded. */
  readonly tail: readonly string[];
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  /** As received: signatures cover bytes. */
  readonly body: Uint8Array;
  readonly receivedAt: Instant;
}

export type Authenticated = { readonly ok: true; readonly by: Authenticity } | { readonly ok: false; readonly reason: string };

export type Parsed =
  | { readonly kind: "facts"; readonly facts: readonly Fact[] }
  /** Ours, and nothing in it to keep. */
  | { readonly kind: "ignored"; readonly reason: string }
  /** Ordinary chat, or a delivery for somebody else: counted, kept nowhere, passed on as `{ handled: false }`. */
  | { readonly kind: "foreign"; readonly reason: string }
  /** Names another account than the one that it was authenticated for, and nobody else can want it: answered 404, like a failed authentication. */
  | { readonly kind: "refused"; readonly reason: string }
  /** Ours and unreadable: counted with its shape, answered 2xx, not kept. An odd answer is `rsvp.unrecognized` instead. */
  | { readonly kind: "malformed"; readonly reason: string };

/**
 * Turns one vendor's deliveries into facts. Pure, synchronous, never throws. `reason` is a fixed word of the adapter's,
 * never vendor text. `parse` is called only after `authenticate` said ok, on JSON that core decoded from the same bytes
 * under its size, depth and prototype guards.
 */
export interface WebhookCodec {
  authenticate(request: WebhookRequest): Authenticated;
  parse(json: unknown, request: WebhookRequest): Parsed;
}
