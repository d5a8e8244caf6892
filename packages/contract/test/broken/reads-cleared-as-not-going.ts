import { brokenReading } from "./break.js";

/** An answer that is taken back is a no, it thinks. */
export const readsClearedAsNotGoing = brokenReading("reads CLEARED as NOT_GOING", "webhook parsing: an answer that is taken back is CLEARED or kept as it came, never another answer", (parsed) => {
  if (parsed.kind !== "facts") return parsed;
  return { kind: "facts", facts: parsed.facts.map((fact) => (fact.type === "rsvp" && fact.response === "CLEARED" ? { ...fact, response: "NOT_GOING" } : fact)) };
});
