import { isObject } from "../json.js";
import { engineError, plainError, typeError, type Exception } from "./errors.js";
import { BAD_KEY, chatIdOf, engineJid, parseKey, withoutNinthDigit } from "./jids.js";
import type { EventContent, PollContent, WahaSession, World } from "./state.js";

export type Outcome<T> = { readonly value: T } | { readonly exception: Exception };

const failed = (exception: Exception): { readonly exception: Exception } => ({ exception });
const undefinedRead = (key: string) => failed(typeError(`Cannot read properties of undefined (reading '${key}')`));

/** `chatId` as the engine takes it, in the API's spelling. Nothing is cleaned; only what is no string at all breaks. */
export const chatOf = (world: World, body: unknown): Outcome<string> => {
  if (!isObject(body)) return undefinedRead("chatId");
  const chatId = body["chatId"];
  if (chatId === undefined) return undefinedRead("includes");
  if (typeof chatId !== "string") return failed(typeError("chatId.includes is not a function"));
  const jid = engineJid(chatId);
  return { value: chatIdOf(world.switches.chatRewrite === "brazil-ninth-digit" ? withoutNinthDigit(jid) : jid) };
};

/** `reply_to` as a bare id; undefined without a quote and when the engine does not know the message. */
export const quoteOf = (session: WahaSession, body: unknown): Outcome<string | undefined> => {
  const replyTo = isObject(body) ? body["reply_to"] : undefined;
  if (replyTo === undefined || replyTo === null || replyTo === "") return { value: undefined };
  if (typeof replyTo !== "string") return failed(typeError("messageId.includes is not a function"));
  const bare = replyTo.includes("_") ? parseKey(replyTo)?.id : replyTo;
  if (bare === undefined) return failed(plainError(BAD_KEY));
  return { value: session.messages.has(bare) ? bare : undefined };
};

/** What the engine makes of `event` when nothing has validated it: a title that is missing is empty, a start that is missing is 1970. */
export const eventOf = (body: unknown): Outcome<EventContent> => {
  const event = isObject(body) ? body["event"] : undefined;
  if (event === undefined) return undefinedRead("location");
  if (event === null) return failed(typeError("Cannot read properties of null (reading 'location')"));
  const { name, description, startTime, endTime, location, extraGuestsAllowed } = isObject(event) ? event : {};
  const broken = numberProblem(startTime, 3) ?? numberProblem(endTime, 4);
  if (broken !== undefined) return failed(broken);
  const place = isObject(location) ? location["name"] : undefined;
  return {
    value: {
      kind: "event",
      name: text(name) ?? "",
      ...(text(description) === undefined ? {} : { description: text(description) ?? "" }),
      startTime: typeof startTime === "number" ? startTime : 0,
      ...(typeof endTime === "number" ? { endTime } : {}),
      ...(text(place) === undefined ? {} : { location: text(place) ?? "" }),
      extraGuestsAllowed: extraGuestsAllowed === true,
    },
  };
};

const numberProblem = (value: unknown, position: number): Exception | undefined => {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "number") return engineError(13, `Request message serialization failure: Failure: for [..] at [${position}]`);
  return Number.isInteger(value) ? undefined : engineError(13, "Request message serialization failure: Assertion failed");
};

const text = (value: unknown): string | undefined => (value === undefined || value === null ? undefined : String(value));

/** `sendPoll` validates nothing: an empty list passes, and `"abc"` becomes three options. */
export const pollOf = (body: unknown): Outcome<PollContent> => {
  const poll = isObject(body) ? body["poll"] : undefined;
  if (poll === undefined || poll === null) return failed(typeError(`Cannot read properties of ${String(poll)} (reading 'name')`));
  const { name, options, multipleAnswers } = isObject(poll) ? poll : {};
  const labels: readonly unknown[] = typeof options === "string" ? [...options] : Array.isArray(options) ? options : [];
  return { value: { kind: "poll", name: text(name) ?? "", options: labels.map(String), multipleAnswers: multipleAnswers === true } };
};
