import { createServer } from "node:http";
import { createMessaging, type CommonOptions, type Messaging } from "@event-messaging/core";
import { startWaha, startZapi, zapiDefaults, type WahaSimulator, type WahaSwitches, type ZapiSimulator, type ZapiSwitches } from "@event-messaging/simulator";
import { waha } from "@event-messaging/waha";
import { zapi } from "@event-messaging/zapi";

const API_KEY = "key-of-the-stage-0001";
const HMAC_KEY = "north window 17";
const URL_SECRET = "b3f1c0de5a17";

export const GROUP = "120363400000000555@g.us";
/** The same group as Z-API spells it. */
export const ZAPI_GROUP = "120363400000000555-group";

/** Both vendors, simulated, with one messaging object in front of them and their webhooks coming in over a real socket. */
export interface TwoVendors {
  readonly waha: WahaSimulator;
  readonly zapi: ZapiSimulator;
  readonly messaging: Messaging;
  /** Change a value to move a tenant. */
  readonly tenants: Record<string, string>;
  readonly accounts: Record<string, { readonly provider: string; readonly config: Readonly<Record<string, unknown>> }>;
  readonly webhookUrl: string;
  /** Everything that the vendors and the messaging object have in hand is done. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

export interface TwoVendorsOptions {
  readonly waha?: Partial<WahaSwitches>;
  readonly zapi?: Partial<ZapiSwitches>;
  readonly messaging?: Partial<CommonOptions>;
}

/** Tenants `clinic` and `choir` on WAHA (sessions of the same names), `club` on Z-API; account `choir-zapi` stands ready. */
export async function startTwoVendors(options: TwoVendorsOptions = {}): Promise<TwoVendors> {
  const wahaServer = await startWaha({ clockFactor: 0, apiKey: API_KEY, sessions: [], ...(options.waha && { switches: options.waha }) });
  const zapiServer = await startZapi({ clockFactor: 0, instances: [], ...(options.zapi && { switches: options.zapi }) });
  const session = (name: string) => ({ provider: "waha", config: { baseUrl: wahaServer.url, session: name, apiKey: API_KEY, hmacKey: HMAC_KEY } });
  const instance = (name: string) => ({ provider: "zapi", config: { baseUrl: zapiServer.url, instance: name, token: zapiDefaults.token, clientToken: zapiDefaults.clientToken, webhookSecrets: [URL_SECRET] } });
  const accounts: TwoVendors["accounts"] = { "clinic-waha": session("clinic"), "choir-waha": session("choir"), "club-zapi": instance("CLUB1"), "choir-zapi": instance("CHOIR1") };
  const tenants: Record<string, string> = { clinic: "clinic-waha", choir: "choir-waha", club: "club-zapi" };
  const messaging = createMessaging({ providers: [waha, zapi], accounts, tenants, ...options.messaging });

  const server = createServer(messaging.nodeHandler("/webhooks"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const webhookUrl = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}/webhooks`;
  for (const name of ["clinic", "choir"]) {
    wahaServer.putSession({
      name, phone: name === "clinic" ? "351910000777" : "351910000888",
      config: { webhooks: [{ url: `${webhookUrl}/${name}-waha`, events: ["event.response", "event.response.failed", "message.any", "message.ack", "session.status"], hmac: { key: HMAC_KEY } }] },
    });
  }
  for (const [id, account] of [["CLUB1", "club-zapi"], ["CHOIR1", "choir-zapi"]] as const) {
    const url = `${webhookUrl}/${account}/${URL_SECRET}`;
    zapiServer.putInstance({
      id, token: zapiDefaults.token, notifySentByMe: true,
      groups: [{ phone: ZAPI_GROUP, name: "Everybody", participants: [{ phone: "5511987650001", lid: "70123456789012" }, { phone: "351960000123" }] }],
      webhooks: { received: url, delivery: url, "message-status": url, connected: url, disconnected: url },
    });
  }
  return {
    waha: wahaServer, zapi: zapiServer, messaging, tenants, accounts, webhookUrl,
    async settled() {
      await Promise.all([wahaServer.flush(), zapiServer.flush()]);
      await messaging.idle();
    },
    async stop() {
      await messaging.close();
      await Promise.all([wahaServer.stop(), zapiServer.stop()]);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
