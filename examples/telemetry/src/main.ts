import { startBackend } from "./backend.js";
import { createTelemetry } from "./telemetry.js";

const { messaging, vendor, stop } = await startBackend(createTelemetry({ level: "debug" }));
try {
  const clinic = messaging.forTenant("clinic");
  const guest = { phone: "351960000123", name: "Ana" };
  await clinic.send({ key: "apt_1", to: `+${guest.phone}`, title: "Check-up", startsAt: "2090-12-01T15:00:00Z" });
  await vendor.answer({ account: "line-1", chat: guest.phone, guest, response: "GOING" });

  // The key is refused: the line that follows names the operation and the code, and nobody.
  vendor.faults.add({ operation: "events", fault: "unauthorized" });
  await clinic.send({ key: "apt_2", to: "+351960000124", title: "Check-up", startsAt: "2090-12-02T15:00:00Z" }).catch(() => {});
  await vendor.flush();
  await messaging.idle();
} finally {
  await stop();
}
