import { isGroupId } from "@event-messaging/core/driver";
import { happenedAt } from "./answers.js";
import { authorOf, chatOf } from "./decode.js";
import { readMessageId } from "./recipient.js";
import { at, quoteIn, readMessage, type WireMessage } from "./wire.js";
import type { Delivery, Read } from "./delivery.js";

const CHAT = { kind: "foreign", reason: "chat" } as const;

/**
 * A text that may be an answer: quoting a message, or in a direct chat. In a group an unquoted text never is one, and nor is
 * a caption, an own text, or a quote whose id cannot be read (it is about something else). Everything else stays chat.
 * Source: recordings of WAHA 2025.11.3; its published engines (the quoted id is bare on three and composite on WPP).
 */
export function replyFacts(delivery: Delivery): Read {
  const { envelope } = delivery;
  const message = readMessage(envelope.payload);
  const source = readMessageId(message.id)?.bare;
  return source === undefined ? CHAT : replyOf(delivery, message, { source });
}

/** `message.edited`: the new text under the id of the text that it replaces. */
export function editedFacts(delivery: Delivery): Read {
  const { payload } = delivery.envelope;
  const message = readMessage(payload);
  const source = readMessageId(at(payload, "editedMessageId"))?.bare;
  const act = readMessageId(message.id)?.bare;
  return source === undefined ? CHAT : replyOf(delivery, message, { source, edition: `edit ${act ?? String(message.timestamp)}` });
}

function replyOf({ envelope, request }: Delivery, message: WireMessage, head: { readonly source: string; readonly edition?: string }): Read {
  const quote = quoteIn(envelope.payload, message);
  const target = readMessageId(quote.id)?.bare;
  const recipient = chatOf(message);
  const { guest, self } = authorOf(message, envelope.me);
  const nobody = guest.phone === undefined && guest.lid === undefined;
  if (message.body === undefined || message.hasMedia || self || nobody || recipient === undefined) return CHAT;
  if (target === undefined && (quote.quotes || isGroupId(recipient))) return CHAT;
  return [{
    type: "message.replied", ...head,
    at: happenedAt(message, envelope) ?? request.receivedAt,
    ...(target !== undefined && { target }),
    recipient, guest, text: message.body,
  }];
}
