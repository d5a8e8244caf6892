import { isObject } from "../json.js";
import type { JsonObject } from "../json.js";
import type { Shown } from "../journal.js";
import { eventContent, received } from "./callbacks.js";
import type { EventCard } from "./state.js";
import type { ZapiInstance, StoredMessage } from "./state.js";
import type { Arrival, SendIds } from "./sending.js";
import { understoodStart } from "./time-modes.js";
import type { ZapiWorld } from "./world.js";

/** What a phone shows of a card, for the journal. */
export function shownCard(card: EventCard): Shown {
  return {
    title: card.name,
    ...(card.description === undefined ? {} : { description: card.description }),
    startsAt: new Date(card.startsAt * 1000).toISOString(),
    ...(card.location === undefined ? {} : { location: card.location }),
    ...(card.call === undefined ? {} : { call: card.call }),
    ...(card.joinLink === undefined ? {} : { joinLink: card.joinLink }),
    canceled: card.canceled,
  };
}

/**
 * Reads the `event` of a create or edit; a sentence about the first thing wrong when it cannot be read. What an edit leaves out is taken from `previous`
 * when there is one to keep. A `callLinkType` other than `voice` and `video` makes no call link. Z-API docs: message/send-event, message/send-edit-event.
 */
export function readCard(world: ZapiWorld, event: unknown, edit?: { readonly original: EventCard }): EventCard | string {
  if (!isObject(event)) return "event is required";
  const { name, dateTime, canceled } = event;
  if (typeof name !== "string" || name === "") return "event.name is required";
  const timeZone = edit !== undefined && world.switches.timeZoneOnEdit === "ignored" ? undefined : event["timeZone"];
  const startsAt = understoodStart(dateTime, timeZone, world.switches);
  if (startsAt === undefined) return "event.dateTime or event.timeZone cannot be read";
  const kept = edit !== undefined && world.switches.editOmittedFields === "kept" ? edit.original : undefined;
  const description = typeof event["description"] === "string" ? event["description"] : kept?.description;
  const location = locationName(event) ?? kept?.location;
  const call = callType(event["callLinkType"]) ?? kept?.call;
  return {
    name,
    startsAt,
    ...(description === undefined ? {} : { description }),
    ...(location === undefined ? {} : { location }),
    ...(call === undefined ? {} : { call, joinLink: joinLink(world, call, edit?.original) }),
    canceled: typeof canceled === "boolean" ? canceled : (kept?.canceled ?? false),
  };
}

const locationName = (event: JsonObject): string | undefined => (isObject(event["location"]) && typeof event["location"]["name"] === "string" ? event["location"]["name"] : undefined);

const callType = (value: unknown): "voice" | "video" | undefined => (value === "voice" || value === "video" ? value : undefined);

function joinLink(world: ZapiWorld, call: "voice" | "video", original: EventCard | undefined): string {
  if (original?.joinLink !== undefined && original.call === call && world.switches.joinLinkOnEdit === "kept") return original.joinLink;
  return `https://call.whatsapp.com/${call}/${world.ids.hex32().slice(0, 22)}`;
}

/** A new event reaches its chat. */
export function createEvent(world: ZapiWorld, instance: ZapiInstance, ids: SendIds, card: EventCard, operation: string): Arrival {
  const message: StoredMessage = { id: ids.messageId, chat: ids.chat, content: { kind: "event", card }, revoked: false, answers: new Map() };
  instance.messages.set(message.id, message);
  world.journal.add({ account: instance.id, act: "event.created", chat: ids.chat, messageId: ids.messageId, operation, shown: shownCard(card) });
  const echo = received(world, instance, { chat: ids.chat, messageId: ids.messageId, fromApi: true, content: eventContent(world.switches, card) });
  return { echo, message };
}

/** An edit reaches the chat: the whole event is replaced; `canceled: true` shows it as cancelled. Z-API docs: message/send-edit-event. */
export function editEvent(world: ZapiWorld, instance: ZapiInstance, ids: SendIds, originalId: string, event: unknown): Arrival {
  const original = instance.messages.get(originalId);
  if (original === undefined || original.content.kind !== "event" || original.chat !== ids.chat || original.revoked) return { vanished: "there is no such event in this chat" };
  if (original.author !== undefined) return { vanished: "only the creator of an event can edit it" };
  const card = readCard(world, event, { original: original.content.card });
  if (typeof card === "string") return { failed: card };
  if (world.switches.editWithoutWebhook === "new-message" && instance.webhooks.size === 0) return createEvent(world, instance, ids, card, "send-edit-event");

  original.content = { kind: "event", card };
  original.lastEditId = ids.messageId;
  world.journal.add({ account: instance.id, act: card.canceled ? "event.canceled" : "event.edited", chat: ids.chat, messageId: ids.messageId, target: original.id, operation: "send-edit-event", shown: shownCard(card) });
  const echo = received(world, instance, {
    chat: ids.chat,
    messageId: world.switches.editedEventId === "original" ? original.id : ids.messageId,
    fromApi: true,
    isEdit: world.switches.editedEventFlag === "is-edit",
    content: eventContent(world.switches, card),
  });
  return { echo };
}
