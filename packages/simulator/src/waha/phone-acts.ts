import { ControlError } from "../control-error.js";
import type { Answer, EventChange } from "../guest.js";
import { isGroup } from "./jids.js";
import { rawData, shownOf, waMessage } from "./message-shapes.js";
import { chatShown, identityOf, lidId, personId, phoneId, spelled } from "./people.js";
import { report } from "./publish.js";
import type { EventContent, StoredMessage, WahaSession, World } from "./state.js";
import { emit } from "./webhooks.js";

/**
 * Whoever created an event changes or cancels it on his phone. That travels as an encrypted update, which the server does not understand: a `message.any` (and
 * `message`, when it is a guest's) without `body`, with `secretEncryptedMessage` in `_data`; nothing says what has changed, and no `message.edited` follows.
 */
export const changeOnPhone = async (world: World, session: WahaSession, event: StoredMessage, answer: Answer, change: EventChange): Promise<string> => {
  if (event.content.kind !== "event") throw new ControlError("change: the target is no event");
  const own = answer.own === true;
  if (own ? !event.fromMe : event.author !== phoneId(answer.guest) && event.author !== lidId(answer.guest)) throw new ControlError("only its creator can change an event", 409);
  const content = changed(event.content, change);
  session.messages.set(event.id, { ...event, content });
  const update: StoredMessage = { ...event, id: world.ids.phone(), atMs: world.timers.now(), content };
  const act = change.canceled === true ? "event.canceled" : "event.edited";
  world.journal.add({ account: session.name, act, chat: event.chat, messageId: update.id, target: event.id, ...(own ? {} : { by: event.author }), shown: shownOf(content), detail: "on the phone" });
  const payload = { ...waMessage(world, session, update), source: "app", replyTo: null, _data: encrypted(world, session, update, event) };
  const about = { chat: event.chat, messageId: update.id };
  await report(world, session, async () => {
    if (!own) await emit(world, session, "message", payload, about);
    await emit(world, session, "message.any", payload, about);
  });
  return update.id;
};

const changed = (content: EventContent, { title, startsAtMs, ...rest }: EventChange): EventContent => ({
  ...content,
  ...(title === undefined ? {} : { name: title }),
  ...(startsAtMs === undefined ? {} : { startTime: Math.floor(startsAtMs / 1000) }),
  ...rest,
});

const encrypted = (world: World, session: WahaSession, update: StoredMessage, event: StoredMessage) => {
  const { message: _message, Message: _Message, ...data } = rawData(world, session, update);
  const targetMessageKey = { remoteJID: event.chat, fromMe: event.fromMe, ID: event.id, ...(isGroup(event.chat) ? { participant: event.author } : {}) };
  return { ...data, Message: { secretEncryptedMessage: { targetMessageKey, encPayload: world.ids.secret(48), encIV: world.ids.secret(12), secretEncType: 1 } } };
};

/** `presence.update`: what a guest is doing in a chat. WAHA OpenAPI 2026.7.1. Not journalled: it is nothing that a chat keeps. */
export const showPresence = async (world: World, session: WahaSession, answer: Answer, presence: string): Promise<string> => {
  const chat = spelled(answer.chat);
  const as = identityOf(world, chat, answer);
  const id = chatShown(chat, answer.guest, as);
  const lastSeen = presence === "offline" ? { lastSeen: Math.floor(world.timers.now() / 1000) } : {};
  await report(world, session, () => emit(world, session, "presence.update", { id, presences: [{ participant: personId(answer.guest, as), ...lastSeen, lastKnownPresence: presence }] }, { chat: id }));
  return "";
};
