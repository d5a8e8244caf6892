import { happenedAt } from "./answers.js";
import { authorOf, chatOf, detailsOf } from "./decode.js";
import { readMessageId } from "./recipient.js";
import { replyFacts } from "./replies.js";
import { eventIn, readMessage } from "./wire.js";
import type { Delivery, Read } from "./delivery.js";

/**
 * `message.any` (and `message`): the echo of our own event, or somebody else's. It may come before the send's own answer.
 * What is no event may be a text that answers one. Source: recordings of WAHA 2025.11.3.
 */
export function observedFacts(delivery: Delivery): Read {
  const { envelope, request, account } = delivery;
  const message = readMessage(envelope.payload);
  if (eventIn(message) === undefined) return replyFacts(delivery);
  const messageId = readMessageId(message.id)?.bare;
  const recipient = chatOf(message);
  const shown = detailsOf(message);
  if (messageId === undefined) return { kind: "malformed", reason: "event-without-id" };
  if (recipient === undefined) return { kind: "foreign", reason: "other-chat" };
  if (shown === undefined) return { kind: "malformed", reason: "event-without-title-or-start" };
  const { self } = authorOf(message, envelope.me);
  return [{
    type: "invitation.observed",
    source: messageId,
    at: happenedAt(message, envelope) ?? request.receivedAt,
    ...(self && { fromSelf: true as const }),
    sighting: { account, recipient, messageId, createdBy: self ? "self" : "other", details: shown.details },
    canceled: shown.canceled,
  }];
}
