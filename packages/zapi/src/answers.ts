import { messageId, type Instant, type Parsed } from "@event-messaging/core/driver";
import { decodeGuest, isKnown, readTime } from "./decode.js";
import { recipientFromVendor } from "./recipient.js";
import { facts, type Delivery } from "./delivery.js";
import { readEventResponse, readPollVote, readTextMessage, type Envelope, type Loose } from "./wire.js";

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
    at: readTime(time) ?? sentAt(envelope, receivedAt),
    ...(envelope.fromMe && { fromSelf: true as const }),
    target,
    guest,
  };
  if (envelope.waiting) return facts({ type: "rsvp.unreadable", ...head, placeholder: true });
  if (isKnown(guest) && (word === "GOING" || word === "NOT_GOING" || word === "MAYBE")) return facts({ type: "rsvp", ...head, response: word });
  return facts({ type: "rsvp.unrecognized", ...head, raw: raw(word) });
}

/** `pollVote`: the voter's whole selection. It has no time of its own, so the message's counts. Z-API docs: message/send-poll. */
export function pollAnswer(vote: Loose, envelope: Envelope, { receivedAt }: Delivery): Parsed {
  const { pollId, labels } = readPollVote(vote);
  const target = messageId(pollId);
  const guest = decodeGuest(envelope);
  const chosen = labels.filter((label) => label !== undefined);
  if (target === undefined || !isKnown(guest) || chosen.length < labels.length) return { kind: "malformed", reason: "a vote without poll, voter or labels" };
  return facts({
    type: "poll.voted",
    source: messageId(envelope.messageId) ?? target,
    edition: `${guest.lid ?? guest.phone ?? ""}:${envelope.moment ?? ""}`,
    at: sentAt(envelope, receivedAt),
    ...(envelope.fromMe && { fromSelf: true }),
    target,
    guest,
    labels: chosen,
  });
}

/**
 * `text`: perhaps an answer, which only core can tell. Never the account's own, never a reply to a status, never out of a
 * list or channel. A quote that cannot be read is a quote all the same, so such a text answers nothing of ours.
 */
export function textAnswer(content: Loose, envelope: Envelope, { receivedAt }: Delivery): Parsed {
  const text = readTextMessage(content);
  const recipient = recipientFromVendor(envelope.chat ?? "");
  const source = messageId(envelope.messageId);
  const guest = decodeGuest(envelope);
  const target = messageId(envelope.quoted);
  const quotesInVain = target === undefined && envelope.quoted !== undefined && envelope.quoted !== null && envelope.quoted !== "";
  const cannotAnswer = envelope.fromMe || envelope.isStatusReply || envelope.isBroadcast || quotesInVain || !isKnown(guest);
  if (text === undefined || recipient === undefined || source === undefined || cannotAnswer) return { kind: "foreign", reason: "ordinary chat" };
  return facts({
    type: "message.replied",
    source,
    ...(envelope.isEdit && { edition: `edit:${envelope.moment ?? ""}` }),
    at: sentAt(envelope, receivedAt),
    ...(target && { target }),
    recipient,
    guest,
    text,
  });
}

const sentAt = ({ moment }: Envelope, receivedAt: Instant): Instant => readTime(moment) ?? receivedAt;
