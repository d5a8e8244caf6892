import type { Instant } from "@event-messaging/core/driver";
import { instantOf } from "./decode.js";
import { statusOf } from "./probe.js";
import { at, text } from "./wire.js";
import type { Delivery, Read } from "./delivery.js";

/**
 * `session.status`. The state is told apart by when it began, so that a repeat is the same fact: `SCAN_QR_CODE` is announced
 * again at each refresh of the code. Source: WAHA docs, how-to/events and how-to/sessions.
 */
export function statusFacts({ envelope, request }: Delivery): Read {
  const status = text(at(envelope.payload, "status"));
  if (status === undefined) return { kind: "malformed", reason: "status-without-status" };
  const began = beginningOf(status, at(envelope.payload, "statuses")) ?? instantOf(envelope.timestamp) ?? request.receivedAt;
  return [{ type: "account.status", source: `session:${status.slice(0, 64)}`, edition: began, at: began, ...statusOf(status) }];
}

/** The first of the equal ones at the end of `statuses`, the session's last three, oldest first: more of the past does not show. */
function beginningOf(status: string, statuses: unknown): Instant | undefined {
  const known: readonly unknown[] = Array.isArray(statuses) ? statuses : [];
  if (text(at(known.at(-1), "status")) !== status) return undefined;
  const before = known.findLastIndex((each) => text(at(each, "status")) !== status);
  return instantOf(at(known[before + 1], "timestamp"));
}
