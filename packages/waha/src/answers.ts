import type { RsvpResponse } from "@event-messaging/core/driver";
import { authorOf, instantOf } from "./decode.js";
import { readMessageId } from "./recipient.js";
import { answerOf, readMessage, type Envelope, type WireMessage } from "./wire.js";
import type { Delivery, Read } from "./delivery.js";

/**
 * `event.response` and `event.response.failed`. `eventCreationKey` names our event from the guest's point of view (other
 * chat, other `fromMe`, phone or LID), so only its bare id joins. Source: WAHA docs, how-to/event-message.
 */
export function answerFacts({ envelope, request, config }: Delivery): Read {
  const message = readMessage(envelope.payload);
  const answer = answerOf(envelope.payload);
  const source = readMessageId(message.id)?.bare;
  const target = readMessageId(answer.target)?.bare;
  if (source === undefined) return { kind: "malformed", reason: "answer-without-id" };
  if (target === undefined) return { kind: "malformed", reason: "answer-without-event" };
  const { guest, self } = authorOf(message, envelope.me);
  if (!self && guest.phone === undefined && guest.lid === undefined) return { kind: "malformed", reason: "answer-without-guest" };
  const guestAt = instantOf(answer.timestampMs);
  const head = {
    source, target, guest,
    at: happenedAt(message, envelope) ?? request.receivedAt,
    ...(guestAt !== undefined && { guestAt }),
    ...(self && { fromSelf: true as const }),
  };
  if (!answer.readable) return [{ type: "rsvp.unreadable", ...head }];
  const response = responseOf(answer.response, config.unknownResponse ?? "unrecognized");
  if (response === undefined) return [{ type: "rsvp.unrecognized", ...head, raw: (answer.response ?? "").slice(0, 64) }];
  const extraGuests = answer.extraGuestCount;
  return [{ type: "rsvp", ...head, response, ...(extraGuests !== undefined && Number.isInteger(extraGuests) && extraGuests >= 0 && { extraGuests }) }];
}

/** WhatsApp's time of the message, else WAHA's of the delivery; a repeat carries the same. */
export function happenedAt(message: WireMessage, envelope: Envelope): ReturnType<typeof instantOf> {
  return instantOf(message.timestamp) ?? instantOf(message.info.timestamp) ?? instantOf(envelope.timestamp);
}

function responseOf(word: string | undefined, unknown: "unrecognized" | "cleared"): RsvpResponse | undefined {
  if (word === "GOING" || word === "NOT_GOING" || word === "MAYBE") return word;
  return word === "UNKNOWN" && unknown === "cleared" ? "CLEARED" : undefined;
}
