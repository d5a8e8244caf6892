import { messageId, type Fact, type Parsed } from "@event-messaging/core/driver";
import { decodeGuest, isKnown, readTime } from "./decode.js";
import { readEventResponse, type Envelope, type Loose } from "./wire.js";
import type { Delivery } from "./webhook.js";

/** At most 64 characters of an answer that has no word here. */
const raw = (response: unknown): string => [...(typeof response === "string" ? response : JSON.stringify(response) ?? "")].slice(0, 64).join("");

/**
 * `eventResponse`: one RSVP, joined by `referencedMessage.messageId`. The envelope's own id names the answer; the chats of
 * the two need not be equal. Words other than the three that WhatsApp has are kept. Z-API docs: webhooks/on-message-received.
 */
export function eventAnswer(response: Loose, envelope: Envelope, { receivedAt }: Delivery): Parsed {
  const { response: word, from, time, eventId } = readEventResponse(response);
  const target = messageId(eventId);
  if (target === undefined) return { kind: "malformed", reason: "an answer that names no event" };
  const guest = decodeGuest(envelope, from);
  const head = {
    source: messageId(envelope.messageId) ?? target,
    edition: `${guest.lid ?? guest.phone ?? ""}:${time ?? envelope.moment ?? ""}`,
    at: readTime(time) ?? readTime(envelope.moment) ?? receivedAt,
    ...(envelope.fromMe && { fromSelf: true as const }),
    target,
    guest,
  };
  if (envelope.waiting) return facts({ type: "rsvp.unreadable", ...head, placeholder: true });
  if (isKnown(guest) && (word === "GOING" || word === "NOT_GOING" || word === "MAYBE")) return facts({ type: "rsvp", ...head, response: word });
  return facts({ type: "rsvp.unrecognized", ...head, raw: raw(word) });
}

export const facts = (...found: readonly Fact[]): Parsed => ({ kind: "facts", facts: found });
