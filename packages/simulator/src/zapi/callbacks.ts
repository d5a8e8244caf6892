import type { Callback } from "./callback.js";
import { addressKind, chatKey, personAt, samePerson, spell } from "./people.js";
import { lidOf } from "./state.js";
import type { EventCard, StoredMessage, ZapiInstance, ZapiPerson } from "./state.js";
import type { ZapiSwitches } from "./switches.js";
import type { ZapiWorld } from "./world.js";

/** What is said of a received (or echoed) message beyond the usual envelope. */
export interface Envelope {
  readonly chat: string;
  readonly messageId: string;
  /** Absent: the connected account itself. */
  readonly author?: ZapiPerson | undefined;
  readonly fromApi?: boolean;
  readonly isEdit?: boolean;
  /** How this person is written, when not as switch `personForm` says. */
  readonly form?: ZapiSwitches["personForm"] | undefined;
  readonly content: Readonly<Record<string, unknown>>;
}

/** `ReceivedCallback`. Z-API docs: webhooks/on-message-received. */
export function received(world: ZapiWorld, instance: ZapiInstance, message: Envelope): Callback {
  const { switches } = world;
  const form = message.form ?? switches.personForm;
  const fromMe = message.author === undefined || samePerson(message.author, instance.self);
  const author = message.author ?? instance.self;
  const isGroup = addressKind(message.chat) === "group";
  const other = isGroup ? undefined : personAt(instance, message.chat);
  const hidePhone = switches.eventParticipantPhone === "null" && ("event" in message.content || "eventResponse" in message.content);
  return {
    kind: "received",
    body: {
      type: switches.receivedType,
      instanceId: instance.id,
      messageId: message.messageId,
      phone: other === undefined ? message.chat : spell(other, fromMe ? switches.personForm : form),
      ...lids(switches, other, author, isGroup),
      participantPhone: isGroup && !hidePhone ? spell(author, form) : null,
      fromMe,
      fromApi: message.fromApi ?? false,
      isGroup,
      isNewsletter: false,
      broadcast: false,
      isStatusReply: false,
      isEdit: message.isEdit ?? false,
      waitingMessage: false,
      forwarded: false,
      connectedPhone: instance.self.phone,
      [switches.momentKey]: world.timers.now(),
      status: message.fromApi === true ? "SENT" : "RECEIVED",
      chatName: isGroup ? (instance.groups.get(message.chat)?.name ?? null) : (other?.name ?? null),
      senderName: author.name ?? author.phone,
      senderPhoto: null,
      photo: null,
      ...message.content,
    },
  };
}

function lids(switches: ZapiSwitches, other: ZapiPerson | undefined, author: ZapiPerson, isGroup: boolean): Record<string, unknown> {
  const written: Record<string, unknown> = {};
  if (isGroup || other === undefined) written["chatLid"] = null;
  else if (switches.chatLid !== "absent") written["chatLid"] = switches.chatLid === "set" ? lidOf(other) : null;
  if (switches.participantLid === "absent") return written;
  const lid = switches.participantLid === "set" ? lidOf(author) : null;
  return { ...written, senderLid: lid, participantLid: isGroup ? lid : null };
}

/** The placeholder of a message that WhatsApp has not decrypted yet. Z-API docs: webhooks/on-message-received (the waiting sample: no content, no `connectedPhone`, `senderLid`, `isEdit`). */
export function waiting(real: Callback): Callback {
  const without = new Set(["connectedPhone", "senderLid", "isEdit", "fromApi", "referenceMessageId", "event", "eventResponse", "poll", "pollVote", "text"]);
  const kept = Object.entries(real.body).filter(([key]) => !without.has(key));
  return { kind: real.kind, body: { ...Object.fromEntries(kept), waitingMessage: true, viewOnce: false } };
}

/** The content `event`. Z-API docs: webhooks/on-message-received: `scheduleTime` in seconds, no time zone, no end, no call type. */
export function eventContent(switches: ZapiSwitches, card: EventCard): Record<string, unknown> {
  const none = { "empty-object": { location: {} }, null: { location: null }, absent: {} }[switches.noLocation];
  const noLink = { null: { joinLink: null }, empty: { joinLink: "" }, absent: {} }[switches.noJoinLink];
  return {
    event: {
      name: card.name,
      description: card.description ?? null,
      canceled: card.canceled,
      ...(card.joinLink === undefined ? noLink : { joinLink: card.joinLink }),
      scheduleTime: card.startsAt,
      ...(card.location === undefined ? none : { location: { name: card.location } }),
    },
  };
}

/** The content `eventResponse`. Z-API docs: webhooks/on-message-received: `time` in milliseconds; `referencedMessage` is the event. */
export function responseContent(
  world: ZapiWorld,
  event: StoredMessage,
  answer: { readonly response: string; readonly by: ZapiPerson; readonly time: number; readonly form?: ZapiSwitches["personForm"] | undefined },
): Record<string, unknown> {
  const form = answer.form ?? world.switches.personForm;
  return {
    eventResponse: {
      response: answer.response,
      responseFrom: spell(answer.by, form),
      time: answer.time,
      referencedMessage: {
        messageId: world.switches.rsvpAfterEdit === "edit" ? (event.lastEditId ?? event.id) : event.id,
        fromMe: event.author === undefined,
        phone: event.chat,
        participant: event.author === undefined ? null : spell(event.author, form),
      },
    },
  };
}

/** `DeliveryCallback`: handed to WhatsApp, or failed. Z-API docs: webhooks/on-message-send; `error` and `errorCode` as integrations see them. */
export function delivery(world: ZapiWorld, instance: ZapiInstance, sent: { readonly zaapId: string; readonly messageId: string; readonly phone: string }, failure?: { readonly error: string; readonly errorCode?: string }): Callback {
  const messageId = failure !== undefined && world.switches.failedDeliveryId === "zaap-id" ? sent.zaapId : sent.messageId;
  return { kind: "delivery", body: { type: "DeliveryCallback", instanceId: instance.id, phone: sent.phone, zaapId: sent.zaapId, messageId, [world.switches.momentKey]: world.timers.now(), ...failure } };
}

/** `MessageStatusCallback`, once or for each member. Z-API docs: webhooks/on-whatsapp-message-status-changes. */
export function messageStatus(world: ZapiWorld, instance: ZapiInstance, message: { readonly messageId: string; readonly phone: string }, status: "SENT" | "RECEIVED" | "READ"): readonly Callback[] {
  const isGroup = addressKind(message.phone) === "group";
  const body = {
    type: "MessageStatusCallback",
    instanceId: instance.id,
    status,
    ids: [message.messageId],
    [world.switches.momentKey]: world.timers.now(),
    phoneDevice: 0,
    phone: isGroup ? message.phone : spell(personAt(instance, chatKey(instance, message.phone)), world.switches.personForm),
    isGroup,
  };
  const members = instance.groups.get(message.phone)?.participants ?? [];
  if (world.switches.statusRepeats === "once" || status === "SENT" || members.length === 0) return [{ kind: "message-status", body }];
  return members.map((member) => ({ kind: "message-status", body: { ...body, participant: lidOf(member) } }));
}

/** `ConnectedCallback` and `DisconnectedCallback`. Z-API docs: webhooks/on-webhook-connected, webhooks/on-whatsapp-disconnected. */
export function connection(world: ZapiWorld, instance: ZapiInstance, connected: boolean): Callback {
  const moment = world.switches.connectionMoment === "seconds" ? Math.floor(world.timers.now() / 1000) : world.timers.now();
  return connected
    ? { kind: "connected", body: { type: "ConnectedCallback", connected: true, momment: moment, instanceId: instance.id, phone: instance.self.phone } }
    : { kind: "disconnected", body: { type: "DisconnectedCallback", momment: moment, error: "Device has been disconnected", disconnected: true, instanceId: instance.id } };
}
