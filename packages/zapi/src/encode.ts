import { fromEpochMs, toEpochMs, type EditCommand, type Instant, type InvitationDetails, type MessageId, type PollCommand, type RespondCommand, type SendCommand, type Target, type TextCommand } from "@event-messaging/core/driver";
import type { CreateZone, DateTimeReading } from "./config.js";
import { toWireChat } from "./recipient.js";
import type { WireEventIn } from "./wire.js";

/** Brazil has kept UTC-3 all year since 2019. */
export const BRAZIL_OFFSET_MS = 3 * 3600 * 1000;

/** The body of `POST /send-event`. Z-API docs: message/send-event. */
export function encodeSend({ to, details }: SendCommand, zone: CreateZone) {
  const dateTime = zone === "UTC-3" ? brazilianDigits(details.startsAt) : utcDigits(details.startsAt);
  return { phone: toWireChat(to), event: { ...encodeEvent(details, dateTime, false), timeZone: zone } };
}

/** How an edit says its time: in a zone that it names, or else by the account's reading, if one is known. */
export interface EditTime {
  readonly zone?: CreateZone | undefined;
  readonly reading?: DateTimeReading | undefined;
}

/**
 * The body of `POST /send-edit-event`: the whole event, because what is left out may be removed. Its page lists no `timeZone`,
 * so one is named only where the operator has seen it honoured. Z-API docs: message/send-edit-event.
 */
export function encodeEdit({ target, details }: EditCommand, eventMessageId: MessageId, canceled: boolean, { zone, reading }: EditTime) {
  const inBrazil = zone === undefined ? reading === "wallclock-default-br" : zone === "UTC-3";
  const dateTime = inBrazil ? brazilianDigits(details.startsAt) : utcDigits(details.startsAt);
  return { phone: toWireChat(target.recipient), eventMessageId, event: { ...encodeEvent(details, dateTime, canceled), ...(zone !== undefined && { timeZone: zone }) } };
}

/** The body of `POST /send-event-response`. Z-API docs: message/send-event-response. */
export function encodeResponse({ target, response }: RespondCommand, eventMessageId: MessageId) {
  return { phone: toWireChat(target.recipient), eventMessageId, eventResponse: response };
}

/** The body of `POST /send-poll`: single choice, which has to be asked for. Z-API docs: message/send-poll. */
export function encodePoll({ to, question, options }: PollCommand) {
  return { phone: toWireChat(to), message: question, pollMaxOptions: 1, poll: options.map((name) => ({ name })) };
}

/** The body of `POST /send-text`; `messageId` is the message that it quotes. Z-API docs: message/send-message-text, message/reply-message. */
export function encodeText({ to, text, replyTo }: TextCommand) {
  return { phone: toWireChat(to), message: text, ...(replyTo !== undefined && { messageId: replyTo }) };
}

/** The id of the event's own message, which edits and answers name for ever: an edit's answer carries another one. */
export function eventMessageOf(target: Target): MessageId | undefined {
  return (target.messages.find(({ role }) => role === "invitation") ?? target.messages[0])?.id;
}

function encodeEvent(details: InvitationDetails, dateTime: string, canceled: boolean): WireEventIn {
  const call = callType(details.callLink);
  return {
    name: details.title,
    ...(details.description !== undefined && { description: details.description }),
    dateTime,
    ...(details.location && { location: { name: details.location.name } }),
    ...(call && { callLinkType: call }),
    canceled,
  };
}

/** The vendor makes the link; of a link that it made, only the kind can be repeated. */
function callType(link: InvitationDetails["callLink"]): "voice" | "video" | undefined {
  if (link === undefined) return undefined;
  return /(?:^|\/|=)voice(?:\/|&|$)/.test(link) ? "voice" : "video";
}

/** `2026-11-20T18:00:00.000Z`: the form of every sample. */
function utcDigits(at: Instant): string {
  return new Date(toEpochMs(at)).toISOString();
}

/** The same form with the digits of a clock at UTC-3; the `Z` is then decoration, as in the vendor's samples. */
function brazilianDigits(at: Instant): string {
  return utcDigits(fromEpochMs(toEpochMs(at) - BRAZIL_OFFSET_MS));
}
