import { floorToSeconds, fromEpochMs, isCallUrl, isGroupId, isLid, isPhone, messageId, type Guest, type HttpResponse, type Instant, type InvitationDetails, type Lid, type Phone, type Receipt } from "@event-messaging/core/driver";
import { recipientFromVendor, samePhone } from "./recipient.js";
import { readAck, readEvent, type Envelope, type Loose } from "./wire.js";

/**
 * A vendor's number as a time: below 1e11 it counts seconds (`scheduleTime`, the disconnection's `momment`), otherwise
 * milliseconds. `undefined` for what is no time of this century, such as the 11 digits of the connection's sample.
 */
export function readTime(count: number | undefined): Instant | undefined {
  if (count === undefined) return undefined;
  try {
    return fromEpochMs(count < 1e11 ? count * 1000 : count);
  } catch {
    return undefined;
  }
}

/** The receipt of a sending operation: only a 2xx with a message id and without `error` is one. It means queued. */
export function decodeReceipt({ status, json }: HttpResponse): Receipt | undefined {
  const { zaapId, messageId: given, id, error } = readAck(json);
  const message = messageId(given);
  if (status < 200 || status > 299 || message === undefined || error !== undefined) return undefined;
  return { stage: "queued", messageId: message, vendorIds: { ...(zaapId && { zaapId }), messageId: message, ...(id && { id }) } };
}

/** An event as a callback shows it; `undefined` without a name or a start. */
export function decodeDetails(event: Loose): { readonly details: InvitationDetails; readonly canceled: boolean } | undefined {
  const { name, description, canceled, joinLink, scheduleTime, place } = readEvent(event);
  const startsAt = readTime(scheduleTime);
  if (name === undefined || startsAt === undefined) return undefined;
  return {
    canceled,
    details: {
      title: name.trim(),
      ...(description !== undefined && { description }),
      ...(place !== undefined && { location: { name: place } }),
      startsAt: floorToSeconds(startsAt),
      ...(joinLink !== undefined && isCallUrl(joinLink) && { callLink: joinLink }),
    },
  };
}

/**
 * Who wrote a message, with every id that it shows: the LID before the number, the participant before the chat. `answeredAs`
 * is the number or LID inside the answer; it counts last, and not at all when it repeats the account's own number, as the
 * vendor's sample of a stranger's answer does.
 */
export function decodeGuest(envelope: Envelope, answeredAs?: string): Guest {
  const isDirect = !envelope.isGroup && !isGroup(envelope.chat);
  const chat = isDirect && !envelope.fromMe ? [envelope.chatLid, envelope.chat] : [];
  const own = envelope.fromMe ? [envelope.ownPhone] : [];
  const isOwn = answeredAs !== undefined && envelope.ownPhone !== undefined && samePhone(answeredAs, envelope.ownPhone);
  const answered = isOwn && !envelope.fromMe ? [] : [answeredAs];
  const ids = [envelope.participantLid, envelope.senderLid, envelope.participantPhone, ...chat, ...answered, ...own].map((id) => id && recipientFromVendor(id));
  const lid = ids.find((id): id is Lid => typeof id === "string" && isLid(id));
  const phone = ids.find((id): id is Phone => typeof id === "string" && isPhone(id));
  return { ...(phone && { phone }), ...(lid && { lid }), ...(envelope.senderName && !envelope.fromMe && { name: envelope.senderName }) };
}

/** Does the guest carry an id that an answer can be kept under? */
export function isKnown(guest: Guest): boolean {
  return guest.phone !== undefined || guest.lid !== undefined;
}

function isGroup(chat: string | undefined): boolean {
  const recipient = chat === undefined ? undefined : recipientFromVendor(chat);
  return recipient !== undefined && isGroupId(recipient);
}
