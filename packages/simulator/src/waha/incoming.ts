import type { Answer, GuestStep, MemberEvent, MemberPoll } from "../guest.js";
import { ackName, idOf, shownOf, waMessage } from "./message-shapes.js";
import { isGroup, serialised } from "./jids.js";
import { chatShown, identityOf, meet, personId, spelled } from "./people.js";
import { report } from "./publish.js";
import type { Content, StoredMessage, WahaSession, World } from "./state.js";
import { releaseOf } from "./version.js";
import { emit } from "./webhooks.js";

/** Somebody's message arrives: `message` and `message.any`, each under an envelope id of its own. */
export const arrives = (world: World, session: WahaSession, message: StoredMessage): Promise<void> =>
  report(world, session, async () => {
    const payload = waMessage(world, session, message);
    const about = { chat: message.chat, messageId: message.id };
    await emit(world, session, "message", payload, about);
    await emit(world, session, "message.any", payload, about);
  });

const received = (world: World, session: WahaSession, chat: string, step: Pick<GuestStep, "guest" | "as">, content: Content, replyTo?: string): StoredMessage => {
  meet(world, session, step.guest);
  const as = identityOf(world, chat, step);
  const message: StoredMessage = {
    id: world.ids.phone(),
    chat: chatShown(chat, step.guest, as),
    fromMe: false,
    author: personId(step.guest, as),
    atMs: world.timers.now(),
    content,
    ...(replyTo === undefined ? {} : { replyTo }),
    secret: world.ids.secret(32),
    ack: 2,
    revoked: false,
  };
  session.messages.set(message.id, message);
  return message;
};

/** A guest writes a text, quoting `quoted` if it is given. */
export const write = async (world: World, session: WahaSession, chat: string, step: GuestStep, text: string, quoted: StoredMessage | undefined): Promise<string> => {
  const message = received(world, session, chat, step, { kind: "text", text }, quoted?.id);
  const target = quoted === undefined ? {} : { target: quoted.id };
  world.journal.add({ account: session.name, act: "text.received", chat, messageId: message.id, ...target, by: message.author, shown: shownOf(message.content, quoted?.id) });
  await arrives(world, session, message);
  if (step.twice === true) await arrives(world, session, message);
  return message.id;
};

/** A member creates an event of his own: a `message` without `body`. */
export const createByMember = async (world: World, session: WahaSession, input: MemberEvent): Promise<string> => {
  const chat = spelled(input.chat);
  const content: Content = {
    kind: "event",
    name: input.title,
    ...(input.description === undefined ? {} : { description: input.description }),
    startTime: Math.floor(input.startsAtMs / 1000),
    ...(input.endsAtMs === undefined ? {} : { endTime: Math.floor(input.endsAtMs / 1000) }),
    ...(input.location === undefined ? {} : { location: input.location }),
    extraGuestsAllowed: false,
  };
  const message = received(world, session, chat, input, content);
  world.journal.add({ account: session.name, act: "event.created", chat, messageId: message.id, by: message.author, shown: shownOf(content) });
  await arrives(world, session, message);
  return message.id;
};

/** A member creates a poll of his own. The engine tells votes on it as if it were the account's (`pollKey`). */
export const createPollByMember = async (world: World, session: WahaSession, input: MemberPoll): Promise<string> => {
  const chat = spelled(input.chat);
  const content: Content = { kind: "poll", name: input.question, options: input.options, multipleAnswers: input.severalAnswers === true };
  const message = received(world, session, chat, input, content);
  world.journal.add({ account: session.name, act: "poll.created", chat, messageId: message.id, by: message.author, shown: shownOf(content) });
  await arrives(world, session, message);
  return message.id;
};

/** A guest corrects or deletes his text: `message.edited` and `message.revoked` name it by its bare id and have an id of their own. */
export const amend = async (world: World, session: WahaSession, message: StoredMessage, answer: Pick<Answer, "text" | "revokeOf">): Promise<string> => {
  const id = world.ids.phone();
  const revoked = answer.revokeOf !== undefined;
  const content: Content = { kind: "text", text: answer.text ?? "" };
  const entry = { account: session.name, chat: message.chat, messageId: id, target: message.id, by: message.author } as const;
  if (revoked) {
    message.revoked = true;
    world.journal.add({ ...entry, act: "message.revoked" });
  } else world.journal.add({ ...entry, act: "text.received", shown: shownOf(content), detail: "edit" });
  await report(world, session, () => (revoked ? emitRevoked(world, session, message, id, false) : emitEdited(world, session, message, id, content)));
  return id;
};

const emitEdited = (world: World, session: WahaSession, message: StoredMessage, id: string, content: Content): Promise<void> => {
  const { replyTo: _quote, ...unquoted } = message;
  const edited = waMessage(world, session, { ...unquoted, id, content });
  const editedMessageId = world.switches.engine === "WPP" ? idOf(message) : message.id;
  return emit(world, session, "message.edited", { ...edited, replyTo: null, editedMessageId }, { chat: message.chat, messageId: id });
};

/** `after` is the revoke itself, with its own id; `revokedMessageId` is bare. */
export const emitRevoked = (world: World, session: WahaSession, message: StoredMessage, id: string, own: boolean): Promise<void> => {
  const { replyTo: _quote, ...unquoted } = message;
  const { body: _body, ...after } = waMessage(world, session, { ...unquoted, id, fromMe: own });
  return emit(world, session, "message.revoked", { after, before: null, revokedMessageId: message.id, _data: {} }, { chat: message.chat, messageId: id });
};

/** A phone or the server reports how far an own message got. In a group each reader reports for himself. Equal reports are kept quiet for a minute. */
export const acknowledge = async (world: World, session: WahaSession, message: StoredMessage, ack: number, step: Pick<GuestStep, "guest" | "as"> | undefined): Promise<void> => {
  const group = isGroup(message.chat);
  const reader = group && step !== undefined ? personId(step.guest, identityOf(world, message.chat, step)) : null;
  if (group && reader === null) return;
  const key = `${message.id} ${ack} ${reader ?? ""}`;
  const now = world.timers.now();
  if (now - (session.acked.get(key) ?? -60_000) < 60_000) return;
  session.acked.set(key, now);
  message.ack = ack;
  const lid = [...session.lids].find(([, phone]) => `${phone}@c.us` === message.chat)?.[0] ?? step?.guest.lid;
  const chat = !group && world.switches.ackAddressing === "lid" && lid !== undefined ? `${lid}@lid` : message.chat;
  const payload = {
    id: serialised({ fromMe: true, chat, id: message.id, participant: group ? session.me.id : undefined }),
    from: chat,
    to: reader,
    participant: reader,
    fromMe: true,
    ack,
    ackName: ackName(ack),
    _data: {},
  };
  const event = group && releaseOf(world.switches).ackGroup ? "message.ack.group" : "message.ack";
  await report(world, session, () => emit(world, session, event, payload, { chat: message.chat, messageId: message.id }));
};
