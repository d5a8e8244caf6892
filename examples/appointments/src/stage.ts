import { startWaha, startZapi } from "@event-messaging/simulator";
import { GROUPS } from "./cast.js";
import { startRelay, type Meddle } from "./relay.js";
import { vendorClient, type VendorClient } from "./vendor-client.js";

/** Where a planted defect sits: on the way to a vendor, or on the way back. */
export type Place = "waha-calls" | "waha-webhooks" | "zapi-calls" | "zapi-webhooks";

export interface StageOptions {
  /** How fast the vendors' clocks run: 1 is as slow as the vendors themselves. */
  readonly clockFactor: number;
  readonly defect?: { readonly place: Place; readonly meddle: Meddle };
}

/** Two simulated vendors as HTTP servers on loopback, and the records of the accounts that a backend has there. */
export interface Stage {
  readonly waha: VendorClient;
  readonly zapi: VendorClient;
  /** The account records, as the backend would keep them. */
  readonly accounts: Record<string, { readonly provider: string; readonly config: unknown }>;
  /** Tells the vendors where the backend takes webhooks: what an operator does once in each vendor's panel. */
  connect(webhooks: string): Promise<void>;
  /** Resolves when both vendors have nothing under way. */
  flush(): Promise<void>;
  stop(): Promise<void>;
}

const API_KEY = "waha-api-key";
const CLIENT_TOKEN = "F0a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5S";
const HMAC_KEYS = { clinic: "clinic-hmac-key", choir: "choir-hmac-key" } as const;
const INSTANCES = {
  club: { id: "3C1AB0000000000000000000000000C1", token: "C1AB5C0FFEE1D2B3A4958677", urlSecret: "club-url-secret", phone: "551133330001" },
  choir: { id: "3C10112000000000000000000000C0C0", token: "C0125C0FFEE1D2B3A4958677", urlSecret: "choir-url-secret", phone: "551133330002" },
  clinic: { id: "3C11112000000000000000000000CC11", token: "CC115C0FFEE1D2B3A4958677", urlSecret: "clinic-url-secret", phone: "551133330003" },
} as const;

/** The vendor's own name of each Z-API account: what its journal says. */
export const INSTANCE_OF = { "club-zapi": INSTANCES.club.id, "choir-zapi": INSTANCES.choir.id, "clinic-zapi": INSTANCES.clinic.id } as const;

const zapiGroup = (jid: string, name: string) => ({ phone: jid.replace("@g.us", "-group"), name, participants: [] });
const zapiRecord = (baseUrl: string, { id, token, urlSecret }: { readonly id: string; readonly token: string; readonly urlSecret: string }) => ({
  provider: "zapi",
  config: { baseUrl, instance: id, token, clientToken: CLIENT_TOKEN, webhookSecrets: [urlSecret], dateTime: "wallclock-default-br" },
});

export async function startStage({ clockFactor, defect }: StageOptions): Promise<Stage> {
  const wahaServer = await startWaha({ clockFactor, apiKey: API_KEY, sessions: [], switches: { senderAlt: "absent" } });
  const zapiServer = await startZapi({ clockFactor, clientToken: CLIENT_TOKEN, instances: [] });
  const waha = vendorClient(wahaServer.url);
  const zapi = vendorClient(zapiServer.url);

  const relays: { stop(): Promise<void> }[] = [];
  const through = async (place: Place, target: string): Promise<string> => {
    if (defect?.place !== place) return target;
    const relay = await startRelay(target, defect.meddle);
    relays.push(relay);
    return relay.url;
  };
  const wahaUrl = await through("waha-calls", wahaServer.url);
  const zapiUrl = await through("zapi-calls", zapiServer.url);

  return {
    waha,
    zapi,
    accounts: {
      "clinic-waha": { provider: "waha", config: { baseUrl: wahaUrl, session: "clinic", apiKey: API_KEY, hmacKey: HMAC_KEYS.clinic } },
      "choir-waha": { provider: "waha", config: { baseUrl: wahaUrl, session: "choir", apiKey: API_KEY, hmacKey: HMAC_KEYS.choir } },
      "club-zapi": zapiRecord(zapiUrl, INSTANCES.club),
      "choir-zapi": zapiRecord(zapiUrl, INSTANCES.choir),
      "clinic-zapi": zapiRecord(zapiUrl, INSTANCES.clinic),
    },
    async connect(webhooks) {
      const { origin, pathname } = new URL(webhooks);
      const wahaTarget = `${await through("waha-webhooks", origin)}${pathname}`;
      const zapiTarget = `${await through("zapi-webhooks", origin)}${pathname}`;
      for (const [session, key] of Object.entries(HMAC_KEYS)) {
        const events = ["message.any", "event.response", "event.response.failed", "session.status"];
        await waha.putAccount(session, { phone: session === "clinic" ? "351210000001" : "351210000002", config: { webhooks: [{ url: `${wahaTarget}/${session}-waha`, events, hmac: { key } }] } });
      }
      for (const [tenant, { id, token, urlSecret, phone }] of Object.entries(INSTANCES)) {
        const groups = [zapiGroup(GROUPS.club, "Club"), zapiGroup(GROUPS.choir, "Choir")];
        await zapi.putAccount(id, { token, phone, groups, notifySentByMe: true, webhooks: `${zapiTarget}/${tenant}-zapi/${urlSecret}` });
      }
    },
    flush: async () => {
      await Promise.all([waha.flush(), zapi.flush()]);
    },
    async stop() {
      await Promise.all([wahaServer.stop(), zapiServer.stop()]);
      await Promise.all(relays.map((relay) => relay.stop()));
    },
  };
}
