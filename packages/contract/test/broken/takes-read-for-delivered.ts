import { brokenReading } from "./break.js";

/** Makes no difference between shown and read. */
export const takesReadForDelivered = brokenReading("takes read for delivered", "tracking: a card that was read is reported as read", (parsed) => {
  if (parsed.kind !== "facts") return parsed;
  return { kind: "facts", facts: parsed.facts.map((fact) => (fact.type === "invitation.read" ? { ...fact, type: "invitation.delivered", reached: "device" } : fact)) };
});
