import { once } from "node:events";
import { createServer } from "node:http";
import { createMessaging, type Messaging, type Telemetry } from "@event-messaging/core";
import { startWaha, type WahaSimulator } from "@event-messaging/simulator";
import { waha } from "@event-messaging/waha";

/** What must never be seen in a span, a metric or a log line. */
export const CREDENTIALS = { apiKey: "waha-api-key-4b1f7c", hmacKey: "webhook-hmac-key-93ad02", urlSecret: "webhook-url-secret-77e1c4" } as const;

export interface Backend {
  readonly messaging: Messaging;
  /** The vendor: a WAHA on loopback with the session `line-1`. */
  readonly vendor: WahaSimulator;
  stop(): Promise<void>;
}

/** One tenant on a simulated WAHA, with a server for its webhooks, on ports that the system chooses. */
export async function startBackend(telemetry: Telemetry): Promise<Backend> {
  const vendor = await startWaha({ clockFactor: 0, apiKey: CREDENTIALS.apiKey, sessions: [] });
  const messaging = createMessaging({
    providers: [waha],
    accounts: { "clinic-waha": { provider: "waha", config: { baseUrl: vendor.url, session: "line-1", apiKey: CREDENTIALS.apiKey, hmacKey: CREDENTIALS.hmacKey, webhookSecrets: [CREDENTIALS.urlSecret] } } },
    tenants: { clinic: "clinic-waha" },
    telemetry,
  });
  const server = createServer(messaging.nodeHandler("/webhooks")).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const url = `http://127.0.0.1:${port}/webhooks/clinic-waha/${CREDENTIALS.urlSecret}`;
  vendor.putSession({ name: "line-1", phone: "351210000001", config: { webhooks: [{ url, events: ["message.any", "event.response", "session.status"], hmac: { key: CREDENTIALS.hmacKey } }] } });
  return {
    messaging,
    vendor,
    async stop() {
      await messaging.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await vendor.stop();
    },
  };
}
