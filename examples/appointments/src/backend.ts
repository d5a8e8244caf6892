import { once } from "node:events";
import { createServer } from "node:http";
import { messagingModule, providerModule, TOKENS } from "@event-messaging/container";
import { staticDirectory, type Messaging, type ProviderDefinition } from "@event-messaging/core";
import { waha } from "@event-messaging/waha";
import { zapi } from "@event-messaging/zapi";
import { Container } from "inversify";
import { Appointments } from "./appointments.js";

export interface BackendOptions {
  /** The configured accounts, by the backend's own names. Read at every call: it may change while the backend runs. */
  readonly accounts: Record<string, { readonly provider: string; readonly config: unknown }>;
  /** Which account serves which tenant: the one record to change. Read at every call, too. */
  readonly tenants: Record<string, string>;
  /** The vendors that this backend can talk to. Another one is another entry here, and nothing else. */
  readonly vendors?: readonly ProviderDefinition[];
  /** 0, the default, lets the system choose. */
  readonly port?: number;
  readonly host?: string;
}

export interface Backend {
  readonly messaging: Messaging;
  readonly appointments: Appointments;
  /** Where this process listens, such as `http://127.0.0.1:8080`. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Below it, each account has a webhook URL of its own: `/webhooks/{account}`, and a secret after it if it has one. */
export const WEBHOOKS = "/webhooks";

/**
 * The whole backend: a container with its vendors, the handlers that keep the appointments, and a server for the vendors'
 * webhooks. No line of it says which vendor serves whom; the two records do.
 */
export async function startBackend({ accounts, tenants, vendors = [waha, zapi], port = 0, host = "127.0.0.1" }: BackendOptions): Promise<Backend> {
  const container = new Container();
  await container.load(...vendors.map(providerModule), messagingModule());
  container.bind(TOKENS.directory).toConstantValue(staticDirectory({ accounts, tenants }));
  const messaging = container.get(TOKENS.messaging);

  const appointments = new Appointments();
  messaging.on("rsvp", ({ key, guest, response, extraGuests = 0, provider }) => appointments.record({ appointment: key, guest, response, extraGuests, provider }));
  messaging.on("rsvp.unreadable", ({ key, guest, provider }) => appointments.askAgain({ appointment: key, guest, provider }));
  messaging.on("invitation.observed", ({ sighting, canceled }) => {
    if (sighting.createdBy === "other" && !canceled) appointments.noticeMemberEvent(sighting);
  });

  const server = createServer(messaging.nodeHandler(WEBHOOKS));
  server.listen(port, host);
  await once(server, "listening");
  const address = server.address();
  const chosen = typeof address === "object" && address !== null ? address.port : port;

  return {
    messaging,
    appointments,
    url: `http://${host}:${chosen}`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await messaging.close();
    },
  };
}
