import { isObject, type JsonObject } from "../json.js";
import type { Reply, SimRequest } from "../server.js";
import { exceptionReply, frameworkError, notImplemented, plainError } from "./errors.js";
import { droppedBecause } from "./groups.js";
import { react } from "./guests.js";
import { acknowledge } from "./incoming.js";
import { isGroup } from "./jids.js";
import { idOf, rawData, shownOf, waMessage } from "./message-shapes.js";
import { report } from "./publish.js";
import { WahaSession, type Content, type StoredMessage, type World } from "./state.js";
import { chatOf, eventOf, pollOf, quoteOf, type Outcome } from "./to-engine.js";
import { eventProblems } from "./validate-event.js";
import { releaseOf } from "./version.js";
import { sessionReady } from "./wait-for-session.js";
import { emit } from "./webhooks.js";

/** `POST /api/{session}/events`. */
export const sendEvent = async (world: World, request: SimRequest, session: string | undefined, body: unknown): Promise<Reply> => {
  const problems = world.switches.mode === "strict" ? eventProblems(body) : [];
  if (problems.length > 0) return frameworkError(400, problems);
  return send(world, request, session, body, world.switches.engine === "GOWS", eventOf, false);
};

/** `POST /api/sendPoll`: nothing is validated. */
export const sendPoll = (world: World, request: SimRequest, body: unknown): Promise<Reply> => {
  const { engine } = world.switches;
  const supported = engine === "WEBJS" ? releaseOf(world.switches).webjsPolls : true;
  return send(world, request, sessionIn(body), body, supported, pollOf, true);
};

/** `POST /api/sendText`: nothing is validated; a missing text is an empty message. */
export const sendText = (world: World, request: SimRequest, body: unknown): Promise<Reply> =>
  send(world, request, sessionIn(body), body, true, (input) => ({ value: { kind: "text", text: String((isObject(input) ? input["text"] : undefined) ?? "") } }), true);

export const sessionIn = (body: unknown): string | undefined => {
  const session = isObject(body) ? body["session"] : undefined;
  return typeof session === "string" ? session : undefined;
};

const ACTS = { event: "event.created", poll: "poll.created", text: "text.sent" } as const;

const send = async (world: World, request: SimRequest, name: string | undefined, body: unknown, supported: boolean, build: (body: unknown) => Outcome<Content>, mayChooseId: boolean): Promise<Reply> => {
  const session = await sessionReady(world, name, request.closed);
  if (!(session instanceof WahaSession)) return session;
  if (!supported) return notImplemented(world.switches.engine);
  const fail = (exception: Parameters<typeof exceptionReply>[0]): Reply => exceptionReply(exception, request, body, world.switches, world.timers.now());
  const chat = chatOf(world, body);
  if ("exception" in chat) return fail(chat.exception);
  const content = build(body);
  if ("exception" in content) return fail(content.exception);
  const quote = quoteOf(session, body);
  if ("exception" in quote) return fail(quote.exception);

  const chosen = mayChooseId ? chosenId(world, body) : undefined;
  const repeated = chosen !== undefined && session.messages.has(chosen);
  if (repeated && world.switches.repeatedId === "refused") return fail(plainError("message id already used"));
  const message: StoredMessage = {
    id: chosen ?? world.ids.sent(),
    chat: chat.value,
    fromMe: true,
    author: session.me.id,
    atMs: world.timers.now(),
    content: content.value,
    ...(quote.value === undefined ? {} : { replyTo: quote.value }),
    secret: world.ids.secret(32),
    ack: 1,
    revoked: false,
  };
  const answer = answerOf(world, session, message);
  if (repeated && world.switches.repeatedId === "dropped") return { status: 201, json: answer };
  session.messages.set(message.id, message);
  const dropped = droppedBecause(session, message.chat);
  if (dropped !== undefined) {
    world.journal.add({ account: session.name, act: "message.failed", chat: message.chat, messageId: message.id, detail: dropped });
    return { status: 201, json: answer };
  }
  world.journal.add({ account: session.name, act: ACTS[message.content.kind], chat: message.chat, messageId: message.id, shown: shownOf(message.content, message.replyTo) });
  return { status: 201, json: answer, afterwards: await happens(world, session, message) };
};

/** The id the caller chose: honoured by NOWEB and GOWS since 2026.4.3, ignored otherwise. */
const chosenId = (world: World, body: unknown): string | undefined => {
  const id = isObject(body) ? body["id"] : undefined;
  const honoured = releaseOf(world.switches).callerIds && (world.switches.engine === "GOWS" || world.switches.engine === "NOWEB");
  return honoured && typeof id === "string" && id !== "" ? id : undefined;
};

/** GOWS answers `id` and `_data` and nothing else; NOWEB a whole message for polls and a bare key for texts; the browser engines whole messages. */
const answerOf = (world: World, session: WahaSession, message: StoredMessage): JsonObject => {
  const { engine, sentAnswer, sentData } = world.switches;
  const data = sentData === "null" ? null : rawData(world, session, message);
  if (engine === "GOWS") return sentAnswer === "whole-message" ? { ...waMessage(world, session, message), _data: data } : { id: idOf(message), _data: data };
  if (engine === "NOWEB" && message.content.kind === "text") return rawData(world, session, message);
  if (engine === "WEBJS") return { _data: data, id: { fromMe: true, remote: message.chat, id: message.id, _serialized: idOf(message) }, ack: 0, timestamp: Math.floor(message.atMs / 1000) };
  return { ...waMessage(world, session, message), _data: data };
};

/** What follows a send: the echo, the acknowledgements, the guests. Part of it may come before the answer; returns what comes after it. */
const happens = async (world: World, session: WahaSession, message: StoredMessage): Promise<() => void> => {
  const { echo, guestTiming } = world.switches;
  const release = world.timers.hold();
  const echoed = (): Promise<void> => report(world, session, () => emit(world, session, "message.any", waMessage(world, session, message), { chat: message.chat, messageId: message.id }));
  if (echo === "before") await echoed();
  if (echo === "with") void world.timers.track(echoed());
  if (guestTiming === "before-answer") await react(world, session, message);
  const later = async (): Promise<void> => {
    if (echo === "after") await echoed();
    await acknowledgements(world, session, message);
    if (guestTiming === "after-answer") await react(world, session, message);
  };
  return () => void later().finally(release);
};

const acknowledgements = async (world: World, session: WahaSession, message: StoredMessage): Promise<void> => {
  if (world.switches.acks === "none") return;
  world.journal.add({ account: session.name, act: "message.delivered", chat: message.chat, messageId: message.id });
  const members = world.guests.membersOf(session.name, message.chat).map((guest) => ({ guest }));
  const readers = isGroup(message.chat) ? members : [members[0]];
  for (const ack of world.switches.acks === "read" ? [2, 3] : [2]) {
    for (const reader of readers) await acknowledge(world, session, message, ack, reader);
  }
};
