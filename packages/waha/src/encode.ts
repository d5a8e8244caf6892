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

/** Characters of a question and of an option that WhatsApp shows. */
const QUESTION = 255;
const OPTION = 100;

/**
 * What is wrong with a poll. WAHA checks nothing: equal options or none are accepted with 201. Votes come back as the text
 * of an option, so options must differ when trimmed. Source: recordings of WAHA 2025.11.3.
 */
export function pollProblems({ question, options }: PollCommand): readonly Issue[] {
  const issues: Issue[] = [];
  if (question.trim() === "" || [...question].length > QUESTION) issues.push({ path: "question", message: `must have 1 to ${QUESTION} characters` });
  if (options.length < 2 || options.length > 12) issues.push({ path: "options", message: "must be 2 to 12" });
  if (new Set(options.map((option) => option.normalize("NFC"))).size < options.length) issues.push({ path: "options", message: "must all differ" });
  for (const [index, option] of options.entries()) {
    if (option === "" || option !== option.trim() || [...option].length > OPTION) issues.push({ path: `options.${index}`, message: `must have 1 to ${OPTION} characters and no space around` });
  }
  return issues;
}

/** What is wrong with a text. WAHA would send an empty one. */
export function textProblems({ text }: TextCommand): readonly Issue[] {
  return text.trim() === "" ? [{ path: "text", message: "must not be empty" }] : [];
}
