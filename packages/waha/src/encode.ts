import { toEpochSeconds, type SendCommand } from "@event-messaging/core/driver";
import { toChatId } from "./recipient.js";
import type { EventBody } from "./wire.js";

/**
 * Body of `POST /api/{session}/events`. Whole seconds: milliseconds would be taken as a year far away and a fraction is a
 * 500. What is not given is left out. There is no id of our own here: WAHA has no idempotency for events.
 */
export function eventBody({ to, details, replyTo }: SendCommand): EventBody {
  return {
    chatId: toChatId(to),
    ...(replyTo !== undefined && { reply_to: replyTo }),
    event: {
      name: details.title,
      ...(details.description !== undefined && { description: details.description }),
      startTime: toEpochSeconds(details.startsAt),
      ...(details.endsAt !== undefined && { endTime: toEpochSeconds(details.endsAt) }),
      ...(details.location && { location: { name: details.location.name } }),
      ...(details.extraGuestsAllowed !== undefined && { extraGuestsAllowed: details.extraGuestsAllowed }),
    },
  };
}
