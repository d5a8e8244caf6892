import { isGroupId } from "@event-messaging/core/driver";
import { happenedAt } from "./answers.js";
import { guestOf, instantOf, isSame, selfOf } from "./decode.js";
import { fromChatId, readMessageId } from "./recipient.js";
import { at, numeric, readMessage, record, text } from "./wire.js";
import type { Delivery, Read } from "./delivery.js";

/**
 * `message.ack` and, since the end of 2025, `message.ack.group`: how far an own message came. The reader of a group's message
 * is `participant`. The server's own refusal (-1) does not prove that nobody got it. Source: WAHA docs, how-to/events.
 */
export function ackFacts({ envelope, request }: Delivery): Read {
  const message = readMessage(envelope.payload);
  const ack = numeric(at(envelope.payload, "ack"));
  const parts = readMessageId(message.id);
  if (parts === undefined || ack === undefined) return { kind: "malformed", reason: "ack-without-message" };
  if (message.fromMe === false) return { kind: "foreign", reason: "chat" };
  // In a direct chat the chat is the guest; a group is nobody, and `guestOf` passes it over.
  const guest = guestOf([message.participant ?? parts.chat ?? message.from]);
  const who = guest.lid ?? guest.phone;
  const self = isSame(guest, selfOf(envelope.me));
  const head = {
    source: parts.bare, target: parts.bare,
    at: instantOf(envelope.timestamp) ?? request.receivedAt,
    ...(self && { fromSelf: true as const }),
  };
  const reader = who === undefined ? {} : { guest };
  if (ack < 0) return [{ type: "invitation.failed", ...head, vendorIds: { id: String(message.id) }, vendorCode: "ack-error", outcome: "unknown" }];
  if (ack === 0) return { kind: "ignored", reason: "ack-pending" };
  if (ack === 1) return [{ type: "invitation.delivered", ...head, edition: "whatsapp", vendorIds: { id: String(message.id) }, reached: "whatsapp" }];
  if (ack === 2) return [{ type: "invitation.delivered", ...head, edition: `device ${who ?? ""}`, vendorIds: { id: String(message.id) }, reached: "device", ...reader }];
  return [{ type: "invitation.read", ...head, edition: `read ${who ?? ""}`, ...reader }];
}

/** `message.revoked`. `after` is the act of deleting; in a group an admin may have done it to our message. */
export function revokedFacts({ envelope, request }: Delivery): Read {
  const { payload } = envelope;
  const act = readMessage(record(at(payload, "after")) ?? {});
  const target = readMessageId(text(at(payload, "revokedMessageId")) ?? readMessage(at(payload, "before")).id)?.bare;
  if (target === undefined) return { kind: "malformed", reason: "revoke-without-message" };
  const chat = fromChatId(readMessageId(act.id)?.chat) ?? fromChatId(act.from);
  if (act.fromMe === false && chat !== undefined && !isGroupId(chat)) return { kind: "foreign", reason: "chat" };
  return [{ type: "invitation.revoked", source: readMessageId(act.id)?.bare ?? target, target, at: happenedAt(act, envelope) ?? request.receivedAt }];
}
