import type { GuestStep } from "../guest.js";
import type { JsonObject } from "../json.js";
import { isGroup, serialised, type MessageKey } from "./jids.js";
import { chatShown, deviceTime, identityOf, infoOf, meet, personId, type Identity } from "./people.js";
import { publishAnswer } from "./publish.js";
import type { StoredMessage, WahaSession, World } from "./state.js";

/** A guest, or with `own` the account's owner on his phone, answers an event. Resolves with the bare id of the answer. */
export const respond = async (world: World, session: WahaSession, event: StoredMessage, step: GuestStep, own: boolean): Promise<string> => {
  if (!own) meet(world, session, step.guest);
  if (step.undecryptable === true) {
    const failedId = await respondOnce(world, session, event, step, own, true);
    return step.thenReadable === true ? respondOnce(world, session, event, step, own, false) : failedId;
  }
  return respondOnce(world, session, event, step, own, false);
};

const respondOnce = async (world: World, session: WahaSession, event: StoredMessage, step: GuestStep, own: boolean, unreadable: boolean): Promise<string> => {
  const id = world.ids.phone();
  const as = own ? "phone" : identityOf(world, event.chat, step);
  const chat = own ? event.chat : chatShown(event.chat, step.guest, as);
  const who = own ? session.me.id : personId(step.guest, as);
  const response = step.response ?? "UNKNOWN";
  const extraGuests = step.extraGuests ?? 0;
  const timestampMs = deviceTime(world, session, own ? session.me.id : step.guest.phone, step.timestampMs);
  world.journal.add({
    account: session.name,
    act: own ? "event.responded" : "event.answered",
    chat: event.chat,
    messageId: id,
    target: event.id,
    ...(own ? {} : { by: who }),
    response,
    extraGuests,
    ...(unreadable ? { unreadable } : {}),
  });
  const group = isGroup(chat);
  const eventResponse = unreadable ? null : { response, timestampMs, extraGuestCount: extraGuests };
  const payload: JsonObject = {
    id: serialised({ fromMe: own, chat, id, participant: group ? who : undefined }),
    timestamp: Math.floor(timestampMs / 1000),
    from: chat,
    fromMe: own,
    source: "app",
    to: group ? who : null,
    participant: group ? who : null,
    hasMedia: false,
    media: null,
    location: null,
    vCards: null,
    ack: null,
    ackName: "UNKNOWN",
    replyTo: null,
    eventCreationKey: creationKey(world, session, event, { chat, who, own, as }),
    eventResponse,
    _data: {
      Info: infoOf(world, session, { chat, id, own, guest: step.guest, as }),
      Message: { encEventResponseMessage: { encPayload: world.ids.secret(24), encIV: world.ids.secret(12) } },
      EventResponse: eventResponse === null ? null : { response: CODES[response] ?? 0, timestampMs, extraGuestCount: extraGuests },
    },
  };
  await publishAnswer(world, session, unreadable ? "event.response.failed" : "event.response", payload, { chat, messageId: id, twice: step.twice === true });
  return id;
};

const CODES: Readonly<Record<string, number>> = { UNKNOWN: 0, GOING: 1, NOT_GOING: 2, MAYBE: 3 };

interface Seen {
  readonly chat: string;
  readonly who: string;
  readonly own: boolean;
  readonly as: Identity;
}

/** The key of the event as whoever answers holds it: the guest's copy of ours says `fromMe: false` and names us. */
const creationKey = (world: World, session: WahaSession, event: StoredMessage, seen: Seen): JsonObject => {
  const key = destination(keyFor(world, session, event, seen));
  const { creationKeyFromMe } = world.switches;
  if (creationKeyFromMe === "missing" || (creationKeyFromMe === "missing-in-groups" && isGroup(seen.chat) && !seen.own)) {
    return { id: key.id, to: key.to, from: key.from };
  }
  return key;
};

const keyFor = (world: World, session: WahaSession, event: StoredMessage, { chat, who, own, as }: Seen): MessageKey => {
  const group = isGroup(chat);
  const self = session.ownId(group ? world.switches.groupOwnId : as);
  if (own) return { fromMe: event.fromMe, chat, id: event.id, participant: group ? (event.fromMe ? self : event.author) : undefined };
  if (!event.fromMe) return { fromMe: event.author === who, chat: group ? chat : self, id: event.id, participant: group ? event.author : undefined };
  if (world.switches.creationKeyView === "own") return { fromMe: true, chat, id: event.id, participant: group ? self : undefined };
  return { fromMe: false, chat: group ? chat : self, id: event.id, participant: group ? self : undefined };
};

/** A message key as the API prints it: `to` is `me` in a direct chat when the key is not its holder's own. */
export const destination = (key: MessageKey): { readonly id: string; readonly to: string; readonly from: string; readonly fromMe: boolean } => {
  const id = serialised(key);
  if (key.fromMe) return { id, to: key.chat, from: key.participant ?? "me", fromMe: true };
  return isGroup(key.chat) ? { id, to: key.chat, from: key.participant ?? key.chat, fromMe: false } : { id, to: "me", from: key.chat, fromMe: false };
};
