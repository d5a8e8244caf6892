import type { Fact } from "@event-messaging/core/driver";
import { brokenReading } from "./break.js";

/** What cannot be read is a no, just to be safe. */
export const readsAnUndecryptableAnswerAsNo = brokenReading("reads an undecryptable answer as no", "webhook parsing: an answer that cannot be decrypted is never read as an answer", (parsed) => {
  if (parsed.kind !== "facts") return parsed;
  return { kind: "facts", facts: parsed.facts.flatMap((fact): readonly Fact[] => (fact.type === "rsvp.unreadable" ? [fact, { ...fact, type: "rsvp" as const, response: "NOT_GOING" as const }] : [fact])) };
});
