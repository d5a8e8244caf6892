import { isPhone, isLid, messageId, type Fact, type Guest, type MessageId, type Parsed } from "@event-messaging/core/driver";
import { decodeDetails, readTime } from "./decode.js";
import { deliveryFailure } from "./failure.js";
import { chatMessageId, recipientFromVendor } from "./recipient.js";
import { facts, type Delivery } from "./delivery.js";
import { readCallback, readDelivery, readMessageStatus, type Envelope, type Loose } from "./wire.js";

/** `event`: a card appeared or changed. An edit may carry the original id or its own; the time tells the editions apart. */
export function eventSeen(event: Loose, envelope: Envelope, { account, receivedAt }: Delivery): Parsed {
  const id = messageId(envelope.messageId);
  const recipient = recipientFromVendor(envelope.chat ?? "");
  const seen = decodeDetails(event);
  if (id === undefined || seen === undefined) return { kind: "malformed", reason: "an event without id, name or start" };
  if (recipient === undefined) return { kind: "foreign", reason: "an event in a chat that is no person and no group" };
  return facts({
    type: "invitation.observed",
    source: id,
    edition: `${envelope.isEdit ? "edit" : "card"}:${envelope.moment ?? ""}`,
    at: readTime(envelope.moment) ?? receivedAt,
    ...(envelope.fromMe && { fromSelf: true }),
    sighting: { account, recipient, messageId: id, createdBy: envelope.fromMe ? "self" : "other", details: seen.details },
    canceled: seen.canceled,
    ...(envelope.fromMe && envelope.fromApi !== undefined && { byApi: envelope.fromApi }),
  });
}

/**
 * The notice `REVOKE`: somebody deleted a message. No page says which field names it, so the first that holds an id of a
 * message is taken; the notice's own id is a counter. Z-API docs: webhooks/on-message-received.
 */
export function revoked(envelope: Envelope, { receivedAt }: Delivery): Parsed {
  const target = [envelope.quoted, ...envelope.parameters, envelope.messageId].map(chatMessageId).find((id) => id !== undefined);
  if (target === undefined) return { kind: "ignored", reason: "a deletion that names no message" };
  return facts({ type: "invitation.revoked", source: target, edition: "revoked", at: readTime(envelope.moment) ?? receivedAt, ...(envelope.fromMe && { fromSelf: true }), target });
}

/**
 * `DeliveryCallback`: handed to WhatsApp, or failed. A failed one may repeat the queue's id in place of the message's, so
 * both ids go along. Z-API docs: webhooks/on-message-send.
 */
export function delivered(body: Loose, { receivedAt, refusals }: Delivery): Parsed {
  const { zaapId, messageId: given, error, errorCode } = readDelivery(body);
  const target = messageId(given) ?? messageId(zaapId);
  if (target === undefined) return { kind: "malformed", reason: "a delivery report without ids" };
  const head = { source: target, at: readTime(readCallback(body).moment) ?? receivedAt, target, vendorIds: { ...(zaapId && { zaapId }), messageId: target } };
  if (error === undefined && errorCode === undefined) return facts({ type: "invitation.delivered", ...head, edition: "whatsapp", reached: "whatsapp" });
  return facts({ type: "invitation.failed", ...head, ...deliveryFailure(error, errorCode, refusals) });
}

const REACHED: Readonly<Record<string, "whatsapp" | "device" | "read">> = { SENT: "whatsapp", RECEIVED: "device", READ: "read", PLAYED: "read" };

/**
 * `MessageStatusCallback`, one fact for each id. `READ_BY_ME` is about what the account itself read.
 * Z-API docs: webhooks/on-whatsapp-message-status-changes.
 */
export function statusChanged(body: Loose, { receivedAt }: Delivery): Parsed {
  const { status, ids, chat, isGroup, participant } = readMessageStatus(body);
  const reached = REACHED[status ?? ""];
  if (reached === undefined) return { kind: "ignored", reason: "a message status that tells nothing of the guest" };
  const targets = ids.map(messageId).filter((id): id is MessageId => id !== undefined);
  if (targets.length === 0) return { kind: "malformed", reason: "a message status without ids" };
  const guest = guestOf(participant ?? (isGroup ? undefined : chat));
  const at = readTime(readCallback(body).moment) ?? receivedAt;
  const who = guest?.lid ?? guest?.phone ?? "";
  return facts(...targets.map((target): Fact => {
    const head = { source: target, at, target };
    if (reached === "whatsapp") return { type: "invitation.delivered", ...head, edition: "whatsapp", reached };
    if (reached === "device") return { type: "invitation.delivered", ...head, edition: `device:${who}`, reached, ...(guest && { guest }) };
    return { type: "invitation.read", ...head, edition: who, ...(guest && { guest }) };
  }));
}

function guestOf(id: string | undefined): Guest | undefined {
  const known = id === undefined ? undefined : recipientFromVendor(id);
  if (known === undefined) return undefined;
  return isPhone(known) ? { phone: known } : isLid(known) ? { lid: known } : undefined;
}

/** `ConnectedCallback` and `DisconnectedCallback`. The samples count differently, so the time is read by its size. */
export function connectionChanged(body: Loose, connected: boolean, { receivedAt }: Delivery): Parsed {
  const { moment } = readCallback(body);
  return facts({
    type: "account.status",
    source: connected ? "connected" : "disconnected",
    edition: String(moment ?? receivedAt),
    at: readTime(moment) ?? receivedAt,
    status: connected ? "ready" : "not-ready",
    reason: connected ? "" : "The instance was disconnected from WhatsApp. Link it again in the panel.",
  });
}
