import { randomUUID } from "node:crypto";
import { accountId, isPhone, messageId, secret, type Call, type EventMessagingProvider, type HttpClient, type InvitationDetails, type Phone, type ProviderDefinition, type Recipient, type Target } from "@event-messaging/core/driver";
import { fromEpochMs, isRecipient } from "@event-messaging/core/driver";
import { waha } from "@event-messaging/waha";
import { zapi } from "@event-messaging/zapi";

export type Vendor = "zapi" | "waha";

/** One operation of one adapter, as the faults meet it. */
export interface Subject {
  readonly vendor: Vendor;
  readonly operation: string;
  /** Does it make a message? What only reads can have sent nothing, whatever happens. */
  readonly writes: boolean;
  /** Requests of one call that meets no fault. */
  readonly requests: number;
  /** Requests at most: an older server is asked once more. */
  readonly most?: number;
  /** A good answer of the vendor. */
  readonly good: { readonly status: string; readonly json: Readonly<Record<string, unknown>> };
  call(provider: EventMessagingProvider, call: Call, size: number): Promise<unknown>;
}

/** The credentials that every run carries: found in any output of ours, they are a leak. */
export const CREDENTIALS = {
  zapiInstance: "INST3B41D0C2A97E4F5688AA10C2",
  zapiToken: "T0KENc4n4ryZ7qXw9LmPf2Rk8Vb",
  zapiClientToken: "Cl13ntT0kenC4naryHd6Gs1Jy3Ne",
  wahaApiKey: "Ap1KeyC4nary/5tUb+8QcWx0Ov4M",
  wahaHmacKey: "Hm4cKeyC4naryEz2Ia6Dr9Ku7Pn",
  urlSecret: "UrlS3cretC4nary-Yb1Fg5Tl0Sj",
} as const;

const phone = phoneOf("+5511987650001");
const group = recipient("120363041234567890@g.us");
const MESSAGE = "3EB0C41F7A9D2E6B558011";

function recipient(text: string): Recipient {
  if (!isRecipient(text)) throw new TypeError(`${text} is no recipient`);
  return text;
}

function phoneOf(text: string): Phone {
  if (!isPhone(text)) throw new TypeError(`${text} is no phone`);
  return text;
}

const detailsOf = (size: number): InvitationDetails => ({
  title: "Fault rehearsal", startsAt: fromEpochMs(1_796_000_000_000), ...(size > 0 && { description: "x".repeat(size) }),
});
const id = messageId(MESSAGE);
const target: Target = { recipient: group, createdBy: "self", messages: id === undefined ? [] : [{ id, form: "native", role: "invitation", vendorIds: {} }] };
const held = <T>(value: T | undefined): T => {
  if (value === undefined) throw new TypeError("the adapter lacks an operation that the check asks for");
  return value;
};

const zapiGood = { status: "200 OK", json: { zaapId: "019E2B7C4D5A7F10B2C3D4E5F6A70819", messageId: MESSAGE, id: MESSAGE } };
const wahaGood = { status: "201 Created", json: { id: `true_5511987650001@c.us_${MESSAGE}`, _data: null } };

/** Every operation of both adapters that the faults are tried on. WAHA has neither edit nor cancel. */
export const SUBJECTS: readonly Subject[] = [
  { vendor: "zapi", operation: "send", writes: true, requests: 1, good: zapiGood, call: (provider, call, size) => held(provider.send)({ to: group, details: detailsOf(size) }, call) },
  { vendor: "waha", operation: "send", writes: true, requests: 1, good: wahaGood, call: (provider, call, size) => held(provider.send)({ to: phone, details: detailsOf(size) }, call) },
  { vendor: "zapi", operation: "cancel", writes: true, requests: 1, good: zapiGood, call: (provider, call, size) => held(provider.cancel)({ target, details: detailsOf(size) }, call) },
  { vendor: "zapi", operation: "update", writes: true, requests: 1, good: zapiGood, call: (provider, call, size) => held(provider.update)({ target, details: detailsOf(size) }, call) },
  { vendor: "waha", operation: "sendPoll", writes: true, requests: 1, good: wahaGood, call: (provider, call) => held(provider.sendPoll)({ to: phone, question: "Will you come?", options: ["Yes", "No"] }, call) },
  { vendor: "zapi", operation: "resolveContact", writes: false, requests: 1, good: { status: "200 OK", json: { exists: true, phone: "5511987650001", lid: "70123456789012@lid" } }, call: (provider, call) => held(provider.resolveContact)(phone, call) },
  { vendor: "waha", operation: "resolveContact", writes: false, requests: 1, good: { status: "200 OK", json: { numberExists: false, chatId: null } }, call: (provider, call) => held(provider.resolveContact)(phone, call) },
  { vendor: "zapi", operation: "probe", writes: false, requests: 3, good: { status: "200 OK", json: { connected: true, smartphoneConnected: true, error: "You are already connected." } }, call: async (provider, call) => ready(await provider.probe(call)) },
  { vendor: "waha", operation: "probe", writes: false, requests: 2, most: 3, good: { status: "200 OK", json: { name: "salon", status: "WORKING", me: null, engine: { engine: "GOWS" } } }, call: async (provider, call) => ready(await provider.probe(call)) },
];

/** A probe tells instead of throwing: everything but `ready` counts as its failure. */
export class NotReady {
  constructor(readonly probe: object) {}
}

function ready(probe: { readonly status: string }): object {
  if (probe.status !== "ready") throw new NotReady(probe);
  return probe;
}

/** Opens an account of the vendor at a base URL, as core does it. */
export function openAccount(vendor: Vendor, baseUrl: string, http: HttpClient, more: Readonly<Record<string, unknown>> = {}): EventMessagingProvider {
  const definition: ProviderDefinition = vendor === "zapi" ? zapi : waha;
  const config = vendor === "zapi"
    ? { instance: CREDENTIALS.zapiInstance, token: secret(CREDENTIALS.zapiToken), clientToken: secret(CREDENTIALS.zapiClientToken), webhookSecrets: [CREDENTIALS.urlSecret], dateTime: "wallclock-default-br" }
    : { session: "salon", apiKey: secret(CREDENTIALS.wahaApiKey), hmacKey: CREDENTIALS.wahaHmacKey, webhookSecrets: [CREDENTIALS.urlSecret] };
  return definition.open({ ...config, baseUrl, ...more }, { account: accountId(`${vendor}-1`), http, now: () => fromEpochMs(Date.now()), learned: {} });
}

export const callWith = (signal: AbortSignal): Call => ({ signal, callId: randomUUID(), attempt: 1 });
