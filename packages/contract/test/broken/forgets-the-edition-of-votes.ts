import { brokenReading } from "./break.js";

/** All votes of a poll are one fact. */
export const forgetsTheEditionOfVotes = brokenReading("forgets the edition of votes", "identity: the votes of two guests in one poll are two facts, and so are two votes of one guest", (parsed) => {
  if (parsed.kind !== "facts") return parsed;
  return { kind: "facts", facts: parsed.facts.map((fact) => {
    if (fact.type !== "poll.voted") return fact;
    const { edition: _edition, ...rest } = fact;
    return rest;
  }) };
});
