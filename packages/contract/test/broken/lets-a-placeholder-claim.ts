import { brokenReading } from "./break.js";

/** "Waiting for this message" takes the message's place. */
export const letsAPlaceholderClaim = brokenReading("lets a placeholder claim", "identity: what may still follow claims nothing", (parsed) => {
  if (parsed.kind !== "facts") return parsed;
  return { kind: "facts", facts: parsed.facts.map((fact) => {
    const { placeholder: _placeholder, ...rest } = fact;
    return rest;
  }) };
});
