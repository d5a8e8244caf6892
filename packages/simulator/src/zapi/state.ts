/** Somebody with WhatsApp: digits without `+` as Z-API writes numbers, and the LID as `<digits>@lid`. */
export interface ZapiPerson {
  readonly phone: string;
  readonly lid?: string;
  readonly name?: string;
}

/** A group as the connected account sees it. `phone` is Z-API's group id (`<digits>-group`, or `<creator>-<timestamp>` for groups made before November 2021). Z-API docs: group/introduction. */
export interface ZapiGroup {
  readonly phone: string;
  readonly name: string;
  readonly participants: readonly (ZapiPerson & { readonly isAdmin?: boolean })[];
  /** Only admins may write; a message of somebody else is dropped without a word. Z-API docs: group/metadata-group. */
  readonly adminOnlyMessage?: boolean;
  /** Whether the connected account is an admin. Default false. */
  readonly accountIsAdmin?: boolean;
}

/** The six callbacks that can be set up. Z-API docs: webhooks/introduction. */
export type CallbackKind = "delivery" | "received" | "message-status" | "connected" | "disconnected" | "chat-presence";

/** How the instance and WhatsApp stand: `lost` needs its session restored, `unpaired` a new QR code. Z-API docs: instance/status. */
export type Connection = "connected" | "lost" | "unpaired";

/** What a phone shows of an event. `startsAt` in epoch seconds. */
export interface EventCard {
  readonly name: string;
  readonly description?: string;
  readonly startsAt: number;
  readonly location?: string;
  readonly call?: "voice" | "video";
  readonly joinLink?: string;
  readonly canceled: boolean;
}

export type Content =
  | { readonly kind: "event"; readonly card: EventCard }
  | { readonly kind: "poll"; readonly question: string; readonly options: readonly string[]; readonly maxOptions: number }
  | { readonly kind: "text"; readonly text: string; readonly quotes?: string };

/** A message that reached its chat. `author` is absent for the account's own messages. */
export interface StoredMessage {
  readonly id: string;
  readonly chat: string;
  readonly author?: ZapiPerson;
  content: Content;
  lastEditId?: string;
  revoked: boolean;
  /** Latest answer by person (phone), `account` for the connected account itself. `time` in epoch ms, the answering device's clock. */
  readonly answers: Map<string, { readonly response: string; readonly time: number }>;
}

/** A message that was accepted and waits for its turn. Z-API docs: queue/introduction. */
export interface QueuedMessage {
  /** Place in the order of acceptance, over the life of the instance. */
  readonly n: number;
  readonly zaapId: string;
  readonly messageId: string;
  readonly phone: string;
  readonly operation: string;
  readonly createdAt: number;
  readonly preview: string;
  readonly delayMessage: number;
  readonly handOver: () => Promise<void>;
}

/** One Z-API instance with all it knows. */
export interface ZapiInstance {
  readonly id: string;
  readonly token: string;
  readonly name: string;
  readonly self: ZapiPerson & { readonly lid: string };
  connection: Connection;
  smartphoneConnected: boolean;
  suspended: boolean;
  disableEnqueueWhenDisconnected: boolean;
  notifySentByMe: boolean;
  readonly createdAt: number;
  readonly webhooks: Map<CallbackKind, string>;
  readonly groups: Map<string, ZapiGroup>;
  readonly contacts: ZapiPerson[];
  /** Numbers without WhatsApp; every other number exists. */
  readonly notOnWhatsApp: Set<string>;
  readonly queue: QueuedMessage[];
  draining: boolean;
  /** How many messages were ever accepted. */
  accepted: number;
  readonly messages: Map<string, StoredMessage>;
}

/** How an instance is described when it is made or altered. */
export interface ZapiInstanceSetup {
  /** 32 upper-case hex characters in the documentation's samples; any word will do. */
  readonly id: string;
  readonly token: string;
  readonly name?: string;
  /** The connected number, digits. */
  readonly phone?: string;
  readonly lid?: string;
  readonly connection?: Connection;
  readonly smartphoneConnected?: boolean;
  readonly suspended?: boolean;
  readonly disableEnqueueWhenDisconnected?: boolean;
  readonly notifySentByMe?: boolean;
  /** URL of each callback; a single string sets all six. */
  readonly webhooks?: string | Readonly<Partial<Record<CallbackKind, string>>>;
  readonly groups?: readonly ZapiGroup[];
  readonly contacts?: readonly ZapiPerson[];
  readonly notOnWhatsApp?: readonly string[];
}

/** All six kinds of callback. */
export const CALLBACK_KINDS: readonly CallbackKind[] = ["delivery", "received", "message-status", "connected", "disconnected", "chat-presence"];

/** An instance from its description; connected, without webhooks and with one group when nothing else is said. */
export function createInstance(setup: ZapiInstanceSetup, now: number): ZapiInstance {
  const phone = setup.phone ?? "551133334444";
  const instance: ZapiInstance = {
    id: setup.id,
    token: setup.token,
    name: setup.name ?? "Acme",
    self: { phone, lid: setup.lid ?? lidOf({ phone }), name: setup.name ?? "Acme" },
    connection: setup.connection ?? "connected",
    smartphoneConnected: true,
    suspended: false,
    disableEnqueueWhenDisconnected: false,
    notifySentByMe: false,
    createdAt: now,
    webhooks: new Map(),
    groups: new Map(),
    contacts: [],
    notOnWhatsApp: new Set(),
    queue: [],
    draining: false,
    accepted: 0,
    messages: new Map(),
  };
  alterInstance(instance, { groups: [{ phone: "120363041234567890-group", name: "Shift B", participants: [] }], ...setup });
  return instance;
}

/** Applies what a description says about an existing instance; what it does not say stays. `id`, `token`, `phone` and `lid` are fixed from the start. Connection changes are not made here, because they have consequences. */
export function alterInstance(instance: ZapiInstance, setup: Partial<ZapiInstanceSetup>): void {
  instance.smartphoneConnected = setup.smartphoneConnected ?? instance.smartphoneConnected;
  instance.suspended = setup.suspended ?? instance.suspended;
  instance.disableEnqueueWhenDisconnected = setup.disableEnqueueWhenDisconnected ?? instance.disableEnqueueWhenDisconnected;
  instance.notifySentByMe = setup.notifySentByMe ?? instance.notifySentByMe;
  for (const kind of CALLBACK_KINDS) {
    const url = typeof setup.webhooks === "string" ? setup.webhooks : setup.webhooks?.[kind];
    if (url !== undefined) instance.webhooks.set(kind, url);
  }
  for (const group of setup.groups ?? []) instance.groups.set(group.phone, group);
  instance.contacts.push(...(setup.contacts ?? []));
  for (const number of setup.notOnWhatsApp ?? []) instance.notOnWhatsApp.add(number);
}

/** A person's LID; one is made up from the number, always the same, for whom none was given. */
export function lidOf(person: ZapiPerson): string {
  if (person.lid !== undefined) return person.lid.endsWith("@lid") ? person.lid : `${person.lid}@lid`;
  if (person.phone.endsWith("@lid")) return person.phone;
  let sum = 7;
  for (const digit of person.phone) sum = (sum * 31 + digit.charCodeAt(0)) % 9_999_999_967;
  return `7012${String(sum).padStart(10, "0")}@lid`;
}
