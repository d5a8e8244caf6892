import {
  toEpochMs, toEpochSeconds,
  type EditCommand, type FindSentQuery, type GivenResponse, type Instant, type InvitationDetails, type PollCommand, type RespondCommand, type SendCommand, type Target, type TextCommand,
} from "@event-messaging/core/driver";
import { messageIdToVendor, recipientToVendor } from "./recipient.js";
import type { WireCard } from "./wire.js";

/** Acme's words for an answer. Acme docs: "Replies". */
export const WORD_OF: Readonly<Record<GivenResponse, string>> = { GOING: "in", NOT_GOING: "out", MAYBE: "perhaps" };

/** `Mon, 03 May 2027 14:30:59 +0000`: the one place where a time becomes Acme's. */
export function rfc2822(time: Instant): string {
  return new Date(toEpochMs(time)).toUTCString().replace("GMT", "+0000");
}

/** Canonical details as a card. The end becomes a length. A call that Acme would have to make does not exist: only links arrive here. */
export function encodeCard({ title, description, location, startsAt, endsAt, callLink, extraGuestsAllowed }: InvitationDetails): WireCard {
  return {
    heading: title,
    ...(description !== undefined && { body: description }),
    ...(location !== undefined && { venue: location.name }),
    begins: rfc2822(startsAt),
    ...(endsAt !== undefined && { lasts: toEpochSeconds(endsAt) - toEpochSeconds(startsAt) }),
    ...(callLink !== undefined && { dial: callLink }),
    companions: extraGuestsAllowed === true ? 1 : 0,
  };
}

export function encodeSend({ to, details, replyTo }: SendCommand): object {
  return { chat: recipientToVendor(to), card: encodeCard(details), ...quoting(replyTo) };
}

/** Of an edit or a cancellation. The first message names the card, whatever came later. */
export function encodeEdit({ target, details }: EditCommand): object {
  return { ...encodeTarget(target), card: encodeCard(details) };
}

export function encodeReply({ target, response }: RespondCommand): object {
  return { ...encodeTarget(target), word: WORD_OF[response] };
}

function encodeTarget({ recipient, messages }: Target): object {
  const card = messages.find(({ role }) => role === "invitation") ?? messages[0];
  return { chat: recipientToVendor(recipient), ...(card !== undefined && { stanza: messageIdToVendor(card.id) }) };
}

export function encodeBallot({ to, question, options }: PollCommand): object {
  return { chat: recipientToVendor(to), question, choices: options.map((label, index) => ({ no: index + 1, label })) };
}

export function encodeNote({ to, text, replyTo }: TextCommand): object {
  return { chat: recipientToVendor(to), text, ...quoting(replyTo) };
}

export function encodeSearch({ to, details, since }: FindSentQuery): object {
  return { chat: recipientToVendor(to), heading: details.title, begins: rfc2822(details.startsAt), since: toEpochSeconds(since) };
}

function quoting(id: SendCommand["replyTo"]): object {
  return id === undefined ? {} : { quoting: messageIdToVendor(id) };
}
