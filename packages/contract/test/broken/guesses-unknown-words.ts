import { brokenReading } from "./break.js";

/** A word that it does not know is a yes. */
export const guessesUnknownWords = brokenReading("guesses unknown words", "webhook parsing: an answer in a word that has no meaning here is kept as it came, up to 64 characters", (parsed) => {
  if (parsed.kind !== "facts") return parsed;
  return { kind: "facts", facts: parsed.facts.map((fact) => {
    if (fact.type !== "rsvp.unrecognized") return fact;
    const { raw: _raw, ...rest } = fact;
    return fact.raw.startsWith("LATER_") ? { ...rest, type: "rsvp", response: "GOING" } : fact;
  }) };
});
