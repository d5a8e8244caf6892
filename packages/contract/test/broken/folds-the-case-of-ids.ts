import { messageId } from "@event-messaging/core/driver";
import { brokenReading } from "./break.js";

/** Compares ids in upper case. */
export const foldsTheCaseOfIds = brokenReading("folds the case of ids", "identity: message ids are case-sensitive", (parsed) => {
  if (parsed.kind !== "facts") return parsed;
  return { kind: "facts", facts: parsed.facts.map((fact) => (fact.type === "rsvp" ? { ...fact, target: messageId(fact.target.toUpperCase()) ?? fact.target } : fact)) };
});
