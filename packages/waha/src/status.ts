import { instantOf } from "./decode.js";
import { statusOf } from "./probe.js";
import { at, text } from "./wire.js";
import type { Delivery, Read } from "./delivery.js";

/** `session.status`. The state is told apart by when it began, so that a repeat is the same fact. Source: WAHA docs, how-to/events. */
export function statusFacts({ envelope, request }: Delivery): Read {
  const status = text(at(envelope.payload, "status"));
  if (status === undefined) return { kind: "malformed", reason: "status-without-status" };
  const began = instantOf(envelope.timestamp) ?? request.receivedAt;
  return [{ type: "account.status", source: `session:${status.slice(0, 64)}`, edition: began, at: began, ...statusOf(status) }];
}
