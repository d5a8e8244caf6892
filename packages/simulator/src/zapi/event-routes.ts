import type { Reply } from "../server.js";
import { received, responseContent } from "./callbacks.js";
import { createEvent, editEvent, readCard } from "./events.js";
import { addressKind } from "./people.js";
import { replies } from "./replies.js";
import type { Operation } from "./operation.js";
import { accept } from "./sending.js";
import type { Arrival, SendIds } from "./sending.js";
import type { ZapiInstance } from "./state.js";
import type { ZapiWorld } from "./world.js";

/** The three operations on events. Z-API docs: message/send-event, message/send-edit-event, message/send-event-response. */
export const eventOperations: readonly Operation[] = [
  { name: "send-event", method: "POST", answer: ({ world, instance, body }) => sendEvent(world, instance, body["phone"], body["event"]) },
  { name: "send-edit-event", method: "POST", answer: ({ world, instance, body }) => sendEdit(world, instance, body["phone"], body["eventMessageId"], body["event"]) },
  { name: "send-event-response", method: "POST", answer: ({ world, instance, body }) => sendResponse(world, instance, body["phone"], body["eventMessageId"], body["eventResponse"]) },
];

async function sendEvent(world: ZapiWorld, instance: ZapiInstance, phone: unknown, event: unknown): Promise<Reply> {
  const kind = addressKind(phone);
  if (typeof phone !== "string" || kind === "invalid") return replies.invalidPhone();
  if (kind !== "group" && world.switches.nonGroupEvent === "400-invalid-phone") return replies.invalidPhone();
  const card = readCard(world, event);
  if (typeof card === "string" && world.switches.invalidEvent === "400") return replies.error(400, card);
  return accept(world, instance, {
    operation: "send-event",
    phone,
    preview: typeof card === "string" ? "" : card.name,
    arrive: (ids) => {
      if (typeof card === "string") return { failed: card };
      if (kind !== "group" && world.switches.nonGroupEvent === "delivery-error") return { failed: "Events can be sent to groups only" };
      return createEvent(world, instance, ids, card, "send-event");
    },
  });
}

async function sendEdit(world: ZapiWorld, instance: ZapiInstance, phone: unknown, eventMessageId: unknown, event: unknown): Promise<Reply> {
  if (typeof phone !== "string" || addressKind(phone) === "invalid") return replies.invalidPhone();
  if (typeof eventMessageId !== "string" || eventMessageId === "") return replies.error(400, "eventMessageId is required");
  const known = instance.messages.get(eventMessageId)?.content.kind === "event" || instance.queue.some((item) => item.messageId === eventMessageId);
  if (!known && world.switches.unknownEvent === "400") return replies.error(400, "Event message not found");
  const card = readCard(world, event);
  if (typeof card === "string" && world.switches.invalidEvent === "400") return replies.error(400, card);
  return accept(world, instance, {
    operation: "send-edit-event",
    phone,
    preview: typeof card === "string" ? "" : card.name,
    arrive: (ids) => (typeof card === "string" ? { failed: card } : editEvent(world, instance, ids, eventMessageId, event)),
  });
}

async function sendResponse(world: ZapiWorld, instance: ZapiInstance, phone: unknown, eventMessageId: unknown, response: unknown): Promise<Reply> {
  if (typeof phone !== "string" || addressKind(phone) === "invalid") return replies.invalidPhone();
  if (typeof eventMessageId !== "string" || eventMessageId === "") return replies.error(400, "eventMessageId is required");
  if (response !== "GOING" && response !== "NOT_GOING") return replies.error(400, "eventResponse must be GOING or NOT_GOING");
  const event = instance.messages.get(eventMessageId);
  if (event?.content.kind !== "event" && world.switches.unknownEvent === "400") return replies.error(400, "Event message not found");
  if (event !== undefined && event.author === undefined && world.switches.ownEventResponse === "400") return replies.error(400, "The creator of an event cannot answer it");
  return accept(world, instance, { operation: "send-event-response", phone, preview: response, arrive: (ids) => respond(world, instance, ids, eventMessageId, response) });
}

function respond(world: ZapiWorld, instance: ZapiInstance, ids: SendIds, eventMessageId: string, response: string): Arrival {
  const event = instance.messages.get(eventMessageId);
  if (event?.content.kind !== "event" || event.chat !== ids.chat || event.revoked) return { vanished: "there is no such event in this chat" };
  if (event.author === undefined) return { vanished: "the creator of an event always goes: the answer has no effect" };
  const time = world.timers.now();
  event.answers.set("account", { response, time });
  world.journal.add({ account: instance.id, act: "event.responded", chat: ids.chat, messageId: ids.messageId, target: event.id, response, operation: "send-event-response" });
  if (world.switches.responseEcho === "no") return {};
  const content = responseContent(world, event, { response, by: instance.self, time });
  return { echo: received(world, instance, { chat: ids.chat, messageId: ids.messageId, fromApi: true, content }) };
}
