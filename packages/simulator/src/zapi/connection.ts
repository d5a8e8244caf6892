import { connection } from "./callbacks.js";
import { startDrain } from "./sending.js";
import type { Connection, ZapiInstance } from "./state.js";
import type { ZapiWorld } from "./world.js";

/**
 * Connects or disconnects an instance with all that follows: the callback (none when it was logged out), and on connecting the waiting queue, which
 * leaves at once. Z-API docs: instance/disconnect, queue/introduction, webhooks/on-webhook-connected, webhooks/on-whatsapp-disconnected.
 */
export function setConnection(world: ZapiWorld, instance: ZapiInstance, next: Connection): void {
  if (instance.connection === next) return;
  instance.connection = next;
  world.journal.add({ account: instance.id, act: "status.changed", detail: next });
  // Logging out is told to nobody; posting nothing forgets what was missed while the session was lost.
  void world.post(instance, next === "unpaired" ? [] : [connection(world, instance, next === "connected")]);
  if (next === "connected") world.timers.after(0, () => startDrain(world, instance));
}
