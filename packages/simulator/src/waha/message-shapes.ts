import type { Shown } from "../journal.js";
import { instantOf, type JsonObject } from "../json.js";
import { isGroup, serialised } from "./jids.js";
import type { WahaSwitches } from "./switches.js";
import type { Content, StoredMessage, WahaSession, World } from "./state.js";

const ACK_NAMES: Readonly<Record<number, string>> = { [-1]: "ERROR", 0: "PENDING", 1: "SERVER", 2: "DEVICE", 3: "READ", 4: "PLAYED" };
export const ackName = (ack: number): string => ACK_NAMES[ack] ?? "UNKNOWN";

/** What a phone makes of the content. */
export const shownOf = (content: Content, replyTo?: string): Shown => {
  const quote = replyTo === undefined ? {} : { replyTo };
  switch (content.kind) {
    case "event":
      return {
        title: content.name,
        ...(content.description === undefined ? {} : { description: content.description }),
        startsAt: instantOf(content.startTime),
        ...(content.endTime === undefined ? {} : { endsAt: instantOf(content.endTime) }),
        ...(content.location === undefined ? {} : { location: content.location }),
        extraGuestsAllowed: content.extraGuestsAllowed,
        ...(content.canceled === true ? { canceled: true } : {}),
        ...quote,
      };
    case "poll":
      return { question: content.name, options: content.options, ...(content.multipleAnswers ? { severalAnswers: true } : {}), ...quote };
    case "text":
      return { text: content.text, ...quote };
  }
};

/** `{fromMe}_{chat}_{id}`, with the author as fourth part in a group. */
export const idOf = (message: Pick<StoredMessage, "fromMe" | "chat" | "id" | "author">): string =>
  serialised({ fromMe: message.fromMe, chat: message.chat, id: message.id, participant: isGroup(message.chat) ? message.author : undefined });

/** An engine's spelling of a chat or person: phones live on `s.whatsapp.net`. */
export const rawJid = (id: string): string => id.replace(/@c\.us$/, "@s.whatsapp.net");

/** The protobuf message as the Go engine prints it. */
export const rawMessage = (message: StoredMessage, quoted: WahaSwitches["quotedContent"] = "present", stored?: StoredMessage): JsonObject => {
  const { content } = message;
  const context = { messageContextInfo: { messageSecret: message.secret } };
  if (content.kind === "event") {
    return {
      eventMessage: {
        isCanceled: content.canceled === true,
        name: content.name,
        ...(content.description === undefined ? {} : { description: content.description }),
        ...(content.location === undefined ? {} : { location: { degreesLatitude: 0, degreesLongitude: 0, name: content.location } }),
        startTime: content.startTime,
        ...(content.endTime === undefined ? {} : { endTime: content.endTime }),
        extraGuestsAllowed: content.extraGuestsAllowed,
      },
      ...context,
    };
  }
  if (content.kind === "poll") {
    const poll = { name: content.name, options: content.options.map((optionName) => ({ optionName })), selectableOptionsCount: content.multipleAnswers ? 0 : 1 };
    return { [content.multipleAnswers ? "pollCreationMessage" : "pollCreationMessageV3"]: poll, ...context };
  }
  if (message.replyTo === undefined) return { conversation: content.text };
  const quotedMessage = quoted !== "missing" && stored !== undefined ? { quotedMessage: rawMessage(stored) } : {};
  const text = { extendedTextMessage: { text: content.text, contextInfo: { stanzaID: message.replyTo, ...(stored === undefined ? {} : { participant: rawJid(stored.author) }), ...quotedMessage } } };
  return quoted === "wrapped" ? { ephemeralMessage: { message: text } } : text;
};

/** Raw engine data of an own or foreign message: Go engine, Baileys or browser. Only the Go engine's shape is described by the vendor's answers; the others are as far as tolerant readers need. */
export const rawData = (world: World, session: WahaSession, message: StoredMessage): JsonObject => {
  const { engine } = world.switches;
  const at = new Date(message.atMs).toISOString().replace(/\.\d{3}Z$/, "Z");
  const group = isGroup(message.chat);
  if (engine === "GOWS") {
    const Info = {
      Chat: rawJid(message.chat),
      Sender: message.fromMe ? (session.me.jid ?? rawJid(session.me.id)) : rawJid(message.author),
      IsFromMe: message.fromMe,
      IsGroup: group,
      ID: message.id,
      ServerID: 0,
      Timestamp: at,
    };
    return { Info, Message: rawMessage(message, world.switches.quotedContent, quotedBy(session, message)) };
  }
  if (engine === "NOWEB") {
    const key = { remoteJid: rawJid(message.chat), fromMe: message.fromMe, id: message.id, ...(group ? { participant: rawJid(message.author) } : {}) };
    return { key, message: rawMessage(message, world.switches.quotedContent, quotedBy(session, message)), messageTimestamp: Math.floor(message.atMs / 1000), status: "PENDING" };
  }
  return { id: { fromMe: message.fromMe, remote: message.chat, id: message.id, _serialized: idOf(message) } };
};

export const quotedBy = (session: WahaSession, message: StoredMessage): StoredMessage | undefined => (message.replyTo === undefined ? undefined : session.messages.get(message.replyTo));

/** A WAMessage: of `message`, `message.any` and the history calls. `body` is there for texts only. */
export const waMessage = (world: World, session: WahaSession, message: StoredMessage): JsonObject => {
  const group = isGroup(message.chat);
  const replyTo = replyToOf(world, session, message);
  return {
    id: idOf(message),
    timestamp: Math.floor(message.atMs / 1000),
    from: message.chat,
    fromMe: message.fromMe,
    source: message.fromMe ? "api" : "app",
    to: group ? message.author : null,
    participant: group ? message.author : null,
    ...(message.content.kind === "text" ? { body: message.content.text } : {}),
    hasMedia: false,
    media: null,
    ack: message.ack,
    ackName: ackName(message.ack),
    location: null,
    vCards: null,
    ...(replyTo === undefined ? {} : { replyTo }),
    _data: rawData(world, session, message),
  };
};

/** The quote: a bare id, except on WPP; no `body` when an event or poll is quoted; null without its content, and no key at all on WEBJS. */
const replyToOf = (world: World, session: WahaSession, message: StoredMessage): JsonObject | null | undefined => {
  const quoted = quotedBy(session, message);
  if (message.replyTo === undefined || quoted === undefined || world.switches.quotedContent !== "present") return world.switches.engine === "WEBJS" ? undefined : null;
  return {
    id: world.switches.engine === "WPP" ? idOf(quoted) : quoted.id,
    participant: quoted.author,
    ...(quoted.content.kind === "text" ? { body: quoted.content.text } : {}),
    _data: rawMessage(quoted),
  };
};
