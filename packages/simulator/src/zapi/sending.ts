import type { Reply } from "../server.js";
import { delivery, messageStatus } from "./callbacks.js";
import type { Callback } from "./callback.js";
import { addressKind, chatKey, personAt } from "./people.js";
import { replies } from "./replies.js";
import type { StoredMessage, ZapiInstance } from "./state.js";
import { zaapId } from "./world.js";
import type { ZapiWorld } from "./world.js";

/** Z-API docs: queue/introduction. */
export const QUEUE_CAPACITY = 1000;

/** What became of a message when its turn came. */
export type Arrival =
  /** The vendor reports a failure in `DeliveryCallback.error`. */
  | { readonly failed: string; readonly errorCode?: string }
  /** Nothing appeared in the chat, although nothing is reported. */
  | { readonly vanished: string }
  /** It is in the chat; `echo` goes to the receive webhook when own messages are echoed. */
  | { readonly echo?: Callback; readonly message?: StoredMessage };

export interface SendIds {
  readonly zaapId: string;
  readonly messageId: string;
  /** The chat under its one name. */
  readonly chat: string;
}

/** A request that passed its own checks and is to be queued. */
export interface Send {
  readonly operation: string;
  readonly phone: string;
  /** What the queue shows of it. */
  readonly preview: string;
  /** Seconds before the next message; absent: 1 to 3, at random. Z-API docs: message/send-message-text. */
  readonly delayMessage?: number;
  readonly arrive: (ids: SendIds) => Arrival;
}

/**
 * Accepts a message into the queue and answers with its ids. Z-API docs: queue/introduction: accepted at once, handed to WhatsApp one after
 * the other, 1 to 3 seconds apart; up to 1000 while disconnected, unless `disableEnqueueWhenDisconnected`.
 */
export async function accept(world: ZapiWorld, instance: ZapiInstance, send: Send): Promise<Reply> {
  const refusal = refusalNow(world, instance);
  if (refusal !== undefined) return refusal;
  const ids = { zaapId: zaapId(world), messageId: world.ids.sent(), chat: chatKey(instance, send.phone) };
  instance.accepted += 1;
  instance.queue.push({
    n: instance.accepted,
    zaapId: ids.zaapId,
    messageId: ids.messageId,
    phone: send.phone,
    operation: send.operation,
    createdAt: world.timers.now(),
    preview: send.preview,
    delayMessage: send.delayMessage ?? -1,
    handOver: () => handOver(world, instance, send, ids),
  });
  world.journal.add({ account: instance.id, act: "message.queued", chat: ids.chat, messageId: ids.messageId, operation: send.operation });
  const answer = { zaapId: ids.zaapId, messageId: ids.messageId, ...(world.switches.sendAnswerId === "present" ? { id: ids.messageId } : {}) };
  if (world.switches.echoTiming === "before-answer") {
    await startDrain(world, instance);
    return replies.ok(answer);
  }
  const release = world.timers.hold();
  return { status: 200, json: answer, afterwards: () => void startDrain(world, instance).finally(release) };
}

function refusalNow(world: ZapiWorld, instance: ZapiInstance): Reply | undefined {
  if (instance.suspended) return replies.suspended();
  if (instance.connection !== "connected") {
    if (instance.disableEnqueueWhenDisconnected || world.switches.disconnectedSend === "400-not-connected") return replies.notConnected();
    if (world.switches.disconnectedSend === "value-false") return replies.value(false);
  } else if (!instance.smartphoneConnected && world.switches.phoneOffline === "400-not-responding") return replies.smartphoneSilent();
  return instance.queue.length >= QUEUE_CAPACITY ? replies.queueFull() : undefined;
}

/** Begins to empty the queue, unless that is under way or the instance is not connected. Resolves when the first message has been handed over and its first callbacks attempted. */
export async function startDrain(world: ZapiWorld, instance: ZapiInstance): Promise<void> {
  if (instance.draining) return;
  instance.draining = true;
  await drainOne(world, instance);
}

async function drainOne(world: ZapiWorld, instance: ZapiInstance): Promise<void> {
  const next = instance.connection === "connected" ? instance.queue.shift() : undefined;
  if (next === undefined) {
    instance.draining = false;
    return;
  }
  const pause = next.delayMessage >= 0 ? next.delayMessage * 1000 : 1000 + world.random() * 2000;
  world.timers.after(pause, () => drainOne(world, instance));
  await next.handOver();
}

/** Z-API docs: quickstart/introduction, webhooks/introduction: delivery tells of the hand-over, status of what follows. */
async function handOver(world: ZapiWorld, instance: ZapiInstance, send: Send, ids: SendIds): Promise<void> {
  const about = { account: instance.id, chat: ids.chat, messageId: ids.messageId, operation: send.operation };
  const named = { zaapId: ids.zaapId, messageId: ids.messageId, phone: send.phone };
  const arrival = unreachable(world, instance, send.phone) ?? send.arrive(ids);
  if ("failed" in arrival) {
    world.journal.add({ ...about, act: "message.failed", detail: arrival.failed });
    return world.post(instance, [delivery(world, instance, named, { error: arrival.failed, ...(arrival.errorCode === undefined ? {} : { errorCode: arrival.errorCode }) })]);
  }
  if ("vanished" in arrival) {
    world.journal.add({ ...about, act: "message.failed", detail: arrival.vanished });
    return world.post(instance, [delivery(world, instance, named)]);
  }
  world.journal.add({ ...about, act: "message.delivered" });
  const echo = arrival.echo !== undefined && instance.notifySentByMe ? [arrival.echo] : [];
  const first = [...echo, delivery(world, instance, named), ...messageStatus(world, instance, named, "SENT")];
  const statusLater = (status: "RECEIVED" | "READ"): readonly Callback[] => messageStatus(world, instance, named, status);
  let posted: Promise<void>;
  if (world.switches.webhookOrder === "reversed") posted = world.post(instance, [...first, ...statusLater("RECEIVED"), ...statusLater("READ")]);
  else {
    posted = world.post(instance, first);
    world.timers.after(400, () => world.post(instance, statusLater("RECEIVED")));
    world.timers.after(1500, () => world.post(instance, statusLater("READ")));
  }
  if (arrival.message !== undefined) world.arrived(instance, arrival.message);
  await posted;
  await world.post(instance, []);
}

function unreachable(world: ZapiWorld, instance: ZapiInstance, phone: string): Arrival | undefined {
  if (world.switches.accountBan === "shadow-ban") return { failed: "Message could not be delivered", errorCode: "SHADOW_BAN" };
  const kind = addressKind(phone);
  const group = instance.groups.get(phone);
  if (kind === "group" && group === undefined) return { failed: "Group does not exist" };
  if (group?.adminOnlyMessage === true && group.accountIsAdmin !== true) return { vanished: "only admins may write in this group: WhatsApp dropped the message" };
  if (kind === "person" && world.switches.ninthDigit === "lost" && personAt(instance, phone).phone !== phone) return { vanished: "WhatsApp knows this number without its ninth digit: the message reached nobody" };
  if (kind === "broadcast" || kind === "newsletter") return { failed: "Chat is not supported" };
  return kind === "person" && instance.notOnWhatsApp.has(phone) ? { failed: "Phone number does not exist" } : undefined;
}
