import {
  INBOUND_TYPES, toEpochMs, toEpochSeconds,
  type CallLink, type EditCommand, type FindSentQuery, type GivenResponse, type GroupQuery, type InboundType, type InvitationDetails, type Lid, type Phone,
  type PollCommand, type RespondCommand, type SendCommand, type SentMessage, type Target, type TextCommand,
} from "../driver/index.js";
import { recipientToVendor } from "./recipient.js";
import { EVENT_OF, WIRE_EVENTS, type WireCard, type WireEventType } from "./wire.js";

/** This vendor's words for an answer. */
export const WORD_OF: Readonly<Record<GivenResponse | "CLEARED", string>> = { GOING: "yes", NOT_GOING: "no", MAYBE: "perhaps", CLEARED: "none" };

/** Canonical details as this vendor's card. Pure; the inverse of `decodeCard`. */
export function encodeCard(details: InvitationDetails): WireCard {
  const { title, description, location, startsAt, endsAt, timeZone, callLink, extraGuestsAllowed, extensions } = details;
  return {
    title,
    ...(description !== undefined && { notes: description }),
    ...(location !== undefined && { place: location.name }),
    begins_at: toEpochSeconds(startsAt),
    ...(endsAt !== undefined && { ends_at: toEpochSeconds(endsAt) }),
    ...(timeZone !== undefined && { zone: timeZone }),
    ...(callLink !== undefined && { call: encodeCall(callLink) }),
    ...(extraGuestsAllowed !== undefined && { plus_ones: extraGuestsAllowed }),
    ...(extensions !== undefined && { extras: { ...extensions } }),
  };
}

export function encodeGroupQuery({ only }: GroupQuery): object {
  return only === undefined ? {} : { group: recipientToVendor(only) };
}

function encodeCall(link: CallLink): NonNullable<WireCard["call"]> {
  if (link === "voice") return { make: "voice" };
  return link === "video" ? { make: "video" } : { join: link };
}

export function encodeSend({ to, details, replyTo }: SendCommand): object {
  return { chat: recipientToVendor(to), card: encodeCard(details), ...(replyTo !== undefined && { quotes: replyTo }) };
}

/** Of an edit or a cancellation: the card's first message names it, whatever came later. */
export function encodeEdit({ target, details }: EditCommand): object {
  return { ...encodeTarget(target), card: encodeCard(details) };
}

export function encodeAnswer({ target, response }: RespondCommand): object {
  return { ...encodeTarget(target), answer: WORD_OF[response] };
}

function encodeTarget({ recipient, messages }: Target): object {
  const invitation = messages.find(({ role }) => role === "invitation") ?? messages[0];
  return { chat: recipientToVendor(recipient), message: invitation?.id };
}

export function encodePoll({ to, question, options, messageId }: PollCommand): object {
  return { chat: recipientToVendor(to), question, options, ...(messageId !== undefined && { id: messageId }) };
}

export function encodeText({ to, text, replyTo, messageId }: TextCommand): object {
  return { chat: recipientToVendor(to), text, ...(replyTo !== undefined && { quotes: replyTo }), ...(messageId !== undefined && { id: messageId }) };
}

export function encodeWithdraw({ id }: SentMessage): object {
  return { message: id };
}

export function encodeSearch({ to, details, since }: FindSentQuery): object {
  return { chat: recipientToVendor(to), card: encodeCard(details), since_ms: toEpochMs(since) };
}

export function encodePerson(person: Phone | Lid): object {
  return { person: recipientToVendor(person) };
}

/** The kinds of delivery that report these facts, in the vendor's order. */
export function encodeTypes(types: readonly InboundType[]): readonly WireEventType[] {
  const wanted = new Set(INBOUND_TYPES.filter((type) => types.includes(type)).map((type) => EVENT_OF[type]));
  return WIRE_EVENTS.filter((type) => wanted.has(type));
}
