import { toEpochSeconds, type Issue, type PollCommand, type SendCommand, type TextCommand } from "@event-messaging/core/driver";
import { toChatId } from "./recipient.js";
import type { EventBody, PollBody, TextBody } from "./wire.js";

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

/** Body of `POST /api/sendPoll`. One choice; the session is in the body here. */
export function pollBody(session: string, { to, question, options, messageId }: PollCommand): PollBody {
  return { session, chatId: toChatId(to), ...(messageId !== undefined && { id: messageId }), poll: { name: question, options, multipleAnswers: false } };
}

/** Body of `POST /api/sendText`. Without a preview: the server would fetch every link first. */
export function textBody(session: string, { to, text, replyTo, messageId }: TextCommand): TextBody {
  return {
    session, chatId: toChatId(to), text, linkPreview: false,
    ...(messageId !== undefined && { id: messageId }),
    ...(replyTo !== undefined && { reply_to: replyTo }),
  };
}

/** What is wrong with a text. WAHA would send an empty one. */
export function textProblems({ text }: TextCommand): readonly Issue[] {
  return text.trim() === "" ? [{ path: "text", message: "must not be empty" }] : [];
}
