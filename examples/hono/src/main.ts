import { serve } from "@hono/node-server";
import { createTestMessaging } from "@event-messaging/core/testing";
import { createApp } from "./app.js";

// An account in memory. In your application: createMessaging({ providers, accounts, tenants }).
const { messaging } = createTestMessaging();
messaging.on("rsvp", ({ key, guest, response }) => console.log(`${key}: ${guest.phone ?? guest.lid ?? "somebody"} answered ${response}`));

const server = serve({ fetch: createApp({ messaging, bot: async (delivery) => ({ bot: delivery }) }).fetch, port: Number(process.env["PORT"] ?? 8080) }, () => {
  console.log("Answers are received below /webhooks/clinic-memory; end with Ctrl-C");
});
process.once("SIGINT", () => server.close(() => void messaging.close()));
