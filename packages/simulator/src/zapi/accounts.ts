import { ControlError } from "../control-error.js";
import type { SimGuest } from "../guest.js";
import { isObject } from "../json.js";
import type { JsonObject } from "../json.js";
import { samePerson } from "./people.js";
import { CALLBACK_KINDS } from "./state.js";
import type { Connection, ZapiGroup, ZapiInstance, ZapiInstanceSetup, ZapiPerson } from "./state.js";

/** An instance as the controls show it: without its token, and of its webhooks only which are set (their URLs may hold a secret). */
export function accountView(instance: ZapiInstance): JsonObject {
  return {
    id: instance.id,
    phone: instance.self.phone,
    connection: instance.connection,
    connected: instance.connection === "connected",
    smartphoneConnected: instance.smartphoneConnected,
    suspended: instance.suspended,
    disableEnqueueWhenDisconnected: instance.disableEnqueueWhenDisconnected,
    notifySentByMe: instance.notifySentByMe,
    webhooks: CALLBACK_KINDS.filter((kind) => instance.webhooks.has(kind)),
    groups: [...instance.groups.values()],
    queued: instance.queue.length,
  };
}

/** A description as it comes over the controls, checked; `connected: true | false` is a short way to say `connection`. */
export function parseSetup(id: string, body: JsonObject): Partial<ZapiInstanceSetup> & { readonly id: string } {
  const problems: string[] = [];
  const setup: { -readonly [K in keyof ZapiInstanceSetup]?: ZapiInstanceSetup[K] } & { id: string } = { id };
  for (const [key, value] of Object.entries(body)) {
    if (value === undefined || key === "id") continue;
    else if ((key === "token" || key === "name" || key === "phone" || key === "lid") && typeof value === "string") setup[key] = value;
    else if (isFlag(key) && typeof value === "boolean") setup[key] = value;
    else if (key === "connected" && typeof value === "boolean") setup.connection = value ? "connected" : "lost";
    else if (key === "connection" && isConnection(value)) setup.connection = value;
    else if (key === "webhooks" && (typeof value === "string" || areWebhooks(value))) setup.webhooks = value;
    else if (key === "groups" && isListOf(value, isGroup)) setup.groups = value;
    else if (key === "contacts" && isListOf(value, isPerson)) setup.contacts = value;
    else if (key === "notOnWhatsApp" && isListOf(value, isString)) setup.notOnWhatsApp = value;
    else problems.push(key);
  }
  if (problems.length > 0) throw new ControlError(`an instance has no such settings, or not with such values: ${problems.join(", ")}`);
  return setup;
}

/** Adds people of a script to the contacts, so that their numbers and LIDs lead to the same chat. */
export function getToKnow(instance: ZapiInstance, guests: readonly SimGuest[]): void {
  for (const guest of guests) {
    if (!instance.contacts.some((person) => samePerson(person, guest))) instance.contacts.push(guest);
  }
}

type Flag = "smartphoneConnected" | "suspended" | "disableEnqueueWhenDisconnected" | "notifySentByMe";
const isFlag = (key: string): key is Flag => ["smartphoneConnected", "suspended", "disableEnqueueWhenDisconnected", "notifySentByMe"].includes(key);
const isString = (value: unknown): value is string => typeof value === "string";
const isConnection = (value: unknown): value is Connection => value === "connected" || value === "lost" || value === "unpaired";
const isListOf = <T>(value: unknown, isOne: (item: unknown) => item is T): value is readonly T[] => Array.isArray(value) && value.every(isOne);
const isPerson = (value: unknown): value is ZapiPerson => isObject(value) && isString(value["phone"]);
const isGroup = (value: unknown): value is ZapiGroup => isObject(value) && isString(value["phone"]) && isString(value["name"]) && isListOf(value["participants"], isPerson);
const areWebhooks = (value: unknown): value is Exclude<ZapiInstanceSetup["webhooks"], string | undefined> =>
  isObject(value) && Object.entries(value).every(([kind, url]) => CALLBACK_KINDS.some((known) => known === kind) && isString(url));
