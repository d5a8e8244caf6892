import { brokenReading } from "./break.js";

/** Every delivery is a new fact. */
export const takesTheDeliveryIdForTheSource = brokenReading("takes the delivery's id for the source", ["identity: one answer that is delivered twice is one fact", "duplicates: the same answer under a new delivery is told once"], (parsed, { id }) =>
  parsed.kind === "facts" && typeof id === "string" ? { kind: "facts", facts: parsed.facts.map((fact) => ({ ...fact, source: id })) } : parsed);
