import { fromEpochMs, toEpochMs, type EditCommand, type Instant, type InvitationDetails, type MessageId, type RespondCommand, type SendCommand, type Target } from "@event-messaging/core/driver";
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

/**
 * The body of `POST /send-edit-event`: the whole event, because what is left out may be removed. There is no `timeZone`.
 * Z-API docs: message/send-edit-event.
 */
export function encodeEdit({ target, details }: EditCommand, eventMessageId: MessageId, canceled: boolean, reading: DateTimeReading | undefined) {
  const dateTime = reading === "wallclock-default-br" ? brazilianDigits(details.startsAt) : utcDigits(details.startsAt);
  return { phone: toWireChat(target.recipient), eventMessageId, event: encodeEvent(details, dateTime, canceled) };
}

/** The body of `POST /send-event-response`. Z-API docs: message/send-event-response. */
export function encodeResponse({ target, response }: RespondCommand, eventMessageId: MessageId) {
  return { phone: toWireChat(target.recipient), eventMessageId, eventResponse: response };
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
