import type { Reply } from "../server.js";
import { replies } from "./replies.js";
import type { Call, Operation } from "./operation.js";
import { CALLBACK_KINDS } from "./state.js";
import type { CallbackKind } from "./state.js";
import type { ZapiWorld } from "./world.js";

const setOne = (name: string, kind: CallbackKind, ownMessages = false): Operation => ({
  name,
  method: "PUT",
  answer: (call) => {
    const url = call.body["value"];
    if (!allowedUrl(call.world, url)) return replies.value(false);
    call.instance.webhooks.set(kind, url);
    if (url === "") call.instance.webhooks.delete(kind);
    if (ownMessages) call.instance.notifySentByMe = true;
    return done(call.world);
  },
});

/** Setting up callbacks, one URL for each kind. Z-API docs: webhooks/*; a refused URL is answered `{"value": false}`. */
export const webhookOperations: readonly Operation[] = [
  setOne("update-webhook-delivery", "delivery"),
  setOne("update-webhook-received", "received"),
  setOne("update-webhook-received-delivery", "received", true),
  setOne("update-webhook-message-status", "message-status"),
  setOne("update-webhook-connected", "connected"),
  setOne("update-webhook-disconnected", "disconnected"),
  setOne("update-webhook-chat-presence", "chat-presence"),
  { name: "update-every-webhooks", method: "PUT", answer: setAll },
  { name: "update-notify-sent-by-me", method: "PUT", answer: setEcho },
  { name: "update-queue-settings", method: "PUT", answer: setQueue },
];

function allowedUrl(world: ZapiWorld, value: unknown): value is string {
  if (value === "") return true;
  if (typeof value !== "string" || !URL.canParse(value)) return false;
  const url = new URL(value);
  const loopback = ["127.0.0.1", "localhost", "[::1]"].includes(url.hostname);
  return url.protocol === "https:" || (url.protocol === "http:" && loopback && world.switches.httpWebhooks === "loopback");
}

const done = (world: ZapiWorld): Reply => (world.switches.webhookSetAnswer === "value" ? replies.value(true) : replies.empty(200));

/** Sets all six and, when it is given, the echo of own messages. Z-API docs: webhooks/update-every-webhooks. */
function setAll({ world, instance, body }: Call): Reply {
  const url = body["value"];
  if (!allowedUrl(world, url)) return replies.value(false);
  for (const kind of CALLBACK_KINDS) {
    if (url === "") instance.webhooks.delete(kind);
    else instance.webhooks.set(kind, url);
  }
  if (typeof body["notifySentByMe"] === "boolean") instance.notifySentByMe = body["notifySentByMe"];
  return replies.value(true);
}

/** Needs a receive webhook. Z-API docs: webhooks/update-notify-sent-by-me. */
function setEcho({ instance, body }: Call): Reply {
  const wanted = body["notifySentByMe"];
  if (typeof wanted !== "boolean" || !instance.webhooks.has("received")) return replies.value(false);
  instance.notifySentByMe = wanted;
  return replies.value(true);
}

/** Not on a page of its own; seen in integrations. Z-API docs: partner/create-instance names the setting. */
function setQueue({ instance, body }: Call): Reply {
  const wanted = body["disableEnqueueWhenDisconnected"];
  if (typeof wanted !== "boolean") return { status: 200, json: { success: false } };
  instance.disableEnqueueWhenDisconnected = wanted;
  return { status: 200, json: { success: true } };
}
