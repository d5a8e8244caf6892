import { isObject, type JsonObject } from "../json.js";
import type { Reply, SimRequest } from "../server.js";
import { exceptionReply, frameworkError, noRoute, notImplemented, plainError } from "./errors.js";
import { emitRevoked } from "./incoming.js";
import { BAD_KEY, isGroup, isLid, parseKey } from "./jids.js";
import { ackName, idOf, rawData, shownOf, waMessage } from "./message-shapes.js";
import { spelled } from "./people.js";
import { report } from "./publish.js";
import { WahaSession, type StoredMessage, type World } from "./state.js";
import { sessionReady } from "./wait-for-session.js";

/** `/api/{session}/chats/{chatId}/messages[/{messageId}[/pin]]`: reading back, deleting, editing. There is no history of RSVPs. */
export const messageRoutes = async (world: World, request: SimRequest, name: string, chat: string, id: string | undefined, tail: string | undefined, body: unknown): Promise<Reply> => {
  const { method } = request;
  const known = id === undefined ? method === "GET" : tail === undefined ? ["GET", "DELETE", "PUT"].includes(method) : method === "POST" && (tail === "pin" || tail === "unpin");
  if (!known) return noRoute(request);
  const session = await sessionReady(world, name, request.closed);
  if (!(session instanceof WahaSession)) return session;
  if (tail !== undefined) return notImplemented(world.switches.engine);
  if (id === undefined) return { status: 200, json: listed(world, session, chat, request.query) };
  if (method === "GET") return one(world, session, id);
  if (method === "DELETE") return withdraw(world, session, request, id);
  return edit(world, session, request, id, body);
};

const stored = (session: WahaSession): readonly StoredMessage[] => {
  const gows = session.config?.["gows"];
  const storage = isObject(gows) ? gows["storage"] : undefined;
  return isObject(storage) && storage["messages"] === false ? [] : [...session.messages.values()].filter(({ revoked }) => !revoked);
};

/** Newest first, ten at a time, unless the query says otherwise; a person's chats by phone and by LID are one unless `merge=false`. */
const listed = (world: World, session: WahaSession, chat: string, query: URLSearchParams): readonly JsonObject[] => {
  const chats = chat === "all" ? undefined : query.get("merge") === "false" ? [spelled(chat)] : sameChat(session, spelled(chat));
  const number = (key: string, otherwise: number): number => (query.has(key) ? Number(query.get(key)) : otherwise);
  const from = number("filter.timestamp.gte", -Infinity);
  const to = number("filter.timestamp.lte", Infinity);
  const fromMe = query.get("filter.fromMe");
  const ack = query.get("filter.ack");
  const found = stored(session).filter((message) => {
    const at = Math.floor(message.atMs / 1000);
    return (chats?.includes(message.chat) ?? true) && at >= from && at <= to && (fromMe === null || fromMe === String(message.fromMe)) && (ack === null || ack === ackName(message.ack));
  });
  const ordered = query.get("sortOrder") === "asc" ? found : [...found].reverse();
  const offset = number("offset", 0);
  return ordered.slice(offset, offset + number("limit", 10)).map((message) => waMessage(world, session, message));
};

const sameChat = (session: WahaSession, chat: string): readonly string[] => {
  if (isGroup(chat)) return [chat];
  const digits = chat.split("@")[0] ?? "";
  const phone = isLid(chat) ? session.lids.get(digits) : digits;
  const lids = [...session.lids].flatMap(([lid, of]) => (of === phone ? [`${lid}@lid`] : []));
  return [chat, ...(phone === undefined ? [] : [`${phone}@c.us`]), ...lids];
};

const one = (world: World, session: WahaSession, id: string): Reply => {
  const bare = id.includes("_") ? parseKey(id)?.id : id;
  const message = stored(session).find((candidate) => candidate.id === bare);
  return message === undefined ? frameworkError(404, "Message not found") : { status: 200, json: waMessage(world, session, message) };
};

/** Delete for everyone: needs the full id. Answers with the id of the revoke. */
const withdraw = async (world: World, session: WahaSession, request: SimRequest, id: string): Promise<Reply> => {
  const key = parseKey(id);
  if (key === undefined) return exceptionReply(plainError(BAD_KEY), request, {}, world.switches, world.timers.now());
  const target = session.messages.get(key.id);
  const revoke: StoredMessage = { id: world.ids.sent(), chat: key.chat, fromMe: true, author: session.me.id, atMs: world.timers.now(), content: { kind: "text", text: "" }, secret: "", ack: 1, revoked: false };
  const entry = { account: session.name, act: "message.revoked", chat: key.chat, messageId: revoke.id, target: key.id } as const;
  world.journal.add(target === undefined ? { ...entry, detail: "no such message" } : entry);
  const release = world.timers.hold();
  const afterwards = (): void => {
    const told = target === undefined ? Promise.resolve() : report(world, session, () => emitRevoked(world, session, target, revoke.id, true));
    void told.finally(release);
  };
  if (target !== undefined) target.revoked = true;
  return { status: 200, json: { id: idOf(revoke), _data: rawData(world, session, revoke) }, afterwards };
};

/** A text edit, whatever the message is: on an event or poll it is not what anybody wants, and the server does not say so. */
const edit = (world: World, session: WahaSession, request: SimRequest, id: string, body: unknown): Reply => {
  const bare = id.includes("_") ? parseKey(id) : world.switches.engine === "GOWS" ? { id } : undefined;
  if (bare === undefined) return exceptionReply(plainError(BAD_KEY), request, body, world.switches, world.timers.now());
  const target = session.messages.get(bare.id);
  const text = String((isObject(body) ? body["text"] : undefined) ?? "");
  const change: StoredMessage = { id: world.ids.sent(), chat: target?.chat ?? "", fromMe: true, author: session.me.id, atMs: world.timers.now(), content: { kind: "text", text }, secret: "", ack: 1, revoked: false };
  if (target !== undefined) {
    world.journal.add({ account: session.name, act: "text.sent", chat: target.chat, messageId: change.id, target: target.id, shown: shownOf(change.content), detail: "edit" });
    if (target.content.kind === "text") session.messages.set(target.id, { ...target, content: change.content });
  }
  return { status: 200, json: { id: idOf(change), _data: rawData(world, session, change) } };
};
