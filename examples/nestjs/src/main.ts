import { createTestMessaging } from "@event-messaging/core/testing";
import { createApp } from "./app.js";

// An account in memory. In your application: createMessaging({ providers, accounts, tenants }).
const { messaging } = createTestMessaging();
messaging.on("rsvp", ({ key, guest, response }) => console.log(`${key}: ${guest.phone ?? guest.lid ?? "somebody"} answered ${response}`));

const app = await createApp(messaging, async (delivery) => ({ bot: delivery }));
await app.listen(Number(process.env["PORT"] ?? 8080));
console.log("Answers are received below /webhooks/clinic-memory; end with Ctrl-C");
process.once("SIGINT", () => void app.close());
