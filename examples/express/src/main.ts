import { createTestMessaging } from "@event-messaging/core/testing";
import { createApp } from "./app.js";

// An account in memory. In your application: createMessaging({ providers, accounts, tenants }).
const { messaging } = createTestMessaging();
messaging.on("rsvp", ({ key, guest, response }) => console.log(`${key}: ${guest.phone ?? guest.lid ?? "somebody"} answered ${response}`));

const server = createApp(messaging, (request, response) => void response.json({ bot: request.body })).listen(Number(process.env["PORT"] ?? 8080), () => {
  console.log("Answers are received below /webhooks/clinic-memory; end with Ctrl-C");
});
process.once("SIGINT", () => server.close(() => void messaging.close()));
