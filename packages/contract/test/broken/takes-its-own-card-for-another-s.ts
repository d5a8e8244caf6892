import { brokenReading } from "./break.js";

/** Does not recognise its own echo. */
export const takesItsOwnCardForAnothers = brokenReading("takes its own card for another's", "tracking: the account's own card is observed as its own, with what it says", (parsed) => {
  if (parsed.kind !== "facts") return parsed;
  return { kind: "facts", facts: parsed.facts.map((fact) => (fact.type === "invitation.observed" ? { ...fact, sighting: { ...fact.sighting, createdBy: "other" } } : fact)) };
});
