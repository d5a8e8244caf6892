import { happenedAt } from "./answers.js";
import { authorOf, chatOf, detailsOf } from "./decode.js";
import { readMessageId } from "./recipient.js";
import { eventIn, readMessage } from "./wire.js";
import type { Delivery, Read } from "./webhook.js";

/**
 * `message.any` (and `message`): the echo of our own event, or somebody else's. It may come before the send's own answer.
 * Everything that is no event is ordinary chat. Source: recordings of WAHA 2025.11.3.
 */
export function observedFacts({ envelope, request, account }: Delivery): Read {
  const message = readMessage(envelope.payload);
  if (eventIn(message) === undefined) return { kind: "foreign", reason: "chat" };
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
