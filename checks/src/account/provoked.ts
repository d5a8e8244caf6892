import { createMessaging, type AccountReport } from "@event-messaging/core";
import { startWaha, startZapi, wahaDefaults, zapiDefaults, type WahaSessionSetup, type WahaSwitches, type ZapiInstanceSetup } from "@event-messaging/simulator";
import { waha } from "@event-messaging/waha";
import { zapi } from "@event-messaging/zapi";

/** One account, as it stands at a simulated vendor and here. What is left out is as it should be. */
export interface Stage {
  readonly waha?: {
    readonly config?: object;
    readonly session?: Partial<WahaSessionSetup>;
    readonly hook?: object;
    readonly settings?: object;
    readonly switches?: Partial<WahaSwitches>;
    /** Default: a key for this session only. */
    readonly key?: "session" | "admin" | "none" | "wrong";
    readonly unreachable?: boolean;
  };
  readonly zapi?: { readonly config?: object; readonly instance?: Partial<ZapiInstanceSetup>; readonly webhooks?: Readonly<Record<string, string>> };
}

/** A stage that must show one finding. */
export interface Provoked extends Stage {
  readonly code: string;
  readonly severity: "fault" | "risk" | "note";
}

const HMAC = "north window 17";
const SECRET = "b3f1c0de5a17";
const HOOK = {
  url: "https://hooks.example.test/webhooks/a", events: ["event.response", "event.response.failed", "message.any", "message.ack", "session.status"],
  hmac: { key: HMAC }, retries: { policy: "exponential", delaySeconds: 2, attempts: 15 },
};
const URL_IN_ORDER = `https://hooks.example.test/webhooks/a/${SECRET}`;
const URLS = { received: URL_IN_ORDER, delivery: URL_IN_ORDER, "message-status": URL_IN_ORDER, connected: URL_IN_ORDER, disconnected: URL_IN_ORDER };
const without = (...events: readonly string[]) => ({ waha: { hook: { events: HOOK.events.filter((event) => !events.includes(event)) } } });
const unset = (kind: string) => ({ zapi: { webhooks: { [kind]: "" } } });

/** Accounts with nothing to complain of but what nobody can mend. */
export const IN_ORDER: readonly Stage[] = [{ waha: {} }, { zapi: {} }];

/** Every finding that an account can show, provoked. */
export const PROVOKED: readonly Provoked[] = [
  { code: "webhook-missing", severity: "fault", waha: { hook: { events: ["message"] } } },
  { code: "failed-answers-unheard", severity: "risk", ...without("event.response.failed") },
  { code: "no-own-echo", severity: "risk", ...without("message.any") },
  { code: "status-unheard", severity: "risk", ...without("session.status") },
  { code: "delivery-unheard", severity: "note", ...without("message.ack") },
  { code: "webhook-unsigned", severity: "fault", waha: { hook: { hmac: undefined } } },
  { code: "webhook-key-differs", severity: "fault", waha: { hook: { hmac: { key: "south window 18" } } } },
  { code: "signature-unchecked", severity: "risk", waha: { config: { hmacKey: undefined, webhookSecrets: [SECRET] } } },
  { code: "patience-short", severity: "risk", waha: { hook: { retries: { policy: "constant", delaySeconds: 2, attempts: 15 } } } },
  { code: "patience-short", severity: "risk", waha: { hook: { retries: undefined } } },
  { code: "webhook-plain-http", severity: "risk", waha: { hook: { url: "http://hooks.example.test/webhooks/a" } } },
  { code: "webhooks-unproved", severity: "fault", waha: { config: { hmacKey: undefined } } },
  { code: "no-signature", severity: "risk", waha: { config: { hmacKey: undefined, webhookSecrets: [SECRET] }, hook: { hmac: undefined } } },
  { code: "key-over-privileged", severity: "risk", waha: { key: "admin" } },
  { code: "server-open", severity: "fault", waha: { key: "none" } },
  { code: "version-old", severity: "note", waha: { switches: { version: "2026.4.3" } } },
  { code: "groups-ignored", severity: "risk", waha: { settings: { ignore: { groups: true } } } },
  { code: "no-history", severity: "risk", waha: { settings: { gows: { storage: { messages: false } } } } },
  { code: "no-invitations", severity: "fault", waha: { switches: { engine: "WEBJS" } } },
  { code: "no-answers", severity: "fault", waha: { switches: { engine: "NOWEB" } } },
  { code: "account-not-ready", severity: "fault", waha: { session: { status: "SCAN_QR_CODE" } } },
  { code: "account-not-ready", severity: "fault", waha: { key: "wrong" } },
  { code: "account-unknown", severity: "fault", waha: { unreachable: true } },
  { code: "not-inspected", severity: "risk", waha: { key: "wrong" } },
  { code: "webhook-missing", severity: "fault", ...unset("received") },
  { code: "failures-unheard", severity: "risk", ...unset("delivery") },
  { code: "delivery-unheard", severity: "note", ...unset("message-status") },
  { code: "status-unheard", severity: "risk", ...unset("disconnected") },
  { code: "webhook-secret-differs", severity: "fault", zapi: { webhooks: { received: "https://hooks.example.test/webhooks/a" } } },
  { code: "webhook-plain-http", severity: "risk", zapi: { webhooks: { received: `http://hooks.example.test/webhooks/a/${SECRET}` } } },
  { code: "no-own-echo", severity: "risk", zapi: { instance: { notifySentByMe: false } } },
  { code: "webhooks-unproved", severity: "fault", zapi: { config: { webhookSecrets: undefined } } },
  { code: "token-header-only", severity: "risk", zapi: { config: { webhookSecrets: undefined, webhookToken: "required" } } },
  { code: "time-reading-unknown", severity: "risk", zapi: { config: { dateTime: undefined } } },
  { code: "queues-while-disconnected", severity: "risk", zapi: { config: { queueWhileDisconnected: undefined } } },
  { code: "queue-unreadable", severity: "note", zapi: {} },
  { code: "no-retries", severity: "note", zapi: {} },
  { code: "phone-offline", severity: "risk", zapi: { instance: { smartphoneConnected: false } } },
  { code: "account-not-ready", severity: "fault", zapi: { instance: { connection: "unpaired" } } },
  { code: "not-inspected", severity: "risk", zapi: { config: { token: "AAAAAAAAAAAAAAAA" } } },
  { code: "client-token-missing", severity: "risk", zapi: { config: { clientToken: undefined } } },
];

/** Sets the stage up, checks the account, and ends everything. */
export async function reportOn(stage: Stage): Promise<AccountReport> {
  return stage.waha !== undefined ? onWaha(stage.waha) : onZapi(stage.zapi ?? {});
}

async function onWaha({ config = {}, session = {}, hook = {}, settings = {}, switches = {}, key = "session", unreachable = false }: NonNullable<Stage["waha"]>): Promise<AccountReport> {
  const simulator = await startWaha({
    clockFactor: 0, switches, ...(key === "none" && { apiKey: null }),
    sessions: [{ name: "clinic", phone: "351910000777", ...session, config: JSON.parse(JSON.stringify({ webhooks: [{ ...HOOK, ...hook }], ...settings })) }],
  });
  const apiKey = { admin: wahaDefaults.apiKey, wrong: "no-such-key-0001", none: undefined, session: key === "session" ? simulator.putKey({ session: "clinic", isAdmin: false, isActive: true }).key : undefined }[key];
  if (unreachable) await simulator.stop();
  try {
    return await check("waha", { baseUrl: simulator.url, session: "clinic", apiKey, hmacKey: HMAC, ...config });
  } finally {
    await simulator.stop();
  }
}

async function onZapi({ config = {}, instance = {}, webhooks = {} }: NonNullable<Stage["zapi"]>): Promise<AccountReport> {
  const simulator = await startZapi({
    clockFactor: 0, switches: { clientTokenCheck: "clientToken" in config ? "inactive" : "active" },
    instances: [{ id: "CLUB1", token: zapiDefaults.token, notifySentByMe: true, webhooks: { ...URLS, ...webhooks }, ...instance }],
  });
  try {
    return await check("zapi", {
      baseUrl: simulator.url, instance: "CLUB1", token: zapiDefaults.token, clientToken: zapiDefaults.clientToken, webhookSecrets: [SECRET], dateTime: "wallclock-default-br", queueWhileDisconnected: "disable", ...config,
    });
  } finally {
    await simulator.stop();
  }
}

/** The library's own check, through the API that applications have. */
export async function check(provider: string, config: object): Promise<AccountReport> {
  const messaging = createMessaging({ providers: [waha, zapi], accounts: { account: { provider, config: JSON.parse(JSON.stringify(config)) } }, tenants: {} });
  try {
    return await messaging.account("account").check();
  } finally {
    await messaging.close();
  }
}
