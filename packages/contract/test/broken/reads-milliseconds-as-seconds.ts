import { instant } from "@event-messaging/core/driver";
import { brokenReading } from "./break.js";

/** An answer of today is dated 1970 in its arithmetic, and lands in 2015. */
export const readsMillisecondsAsSeconds = brokenReading("reads milliseconds as seconds", "webhook parsing: an answer's time is the moment of the answer", (parsed) =>
  parsed.kind === "facts" ? { kind: "facts", facts: parsed.facts.map((fact) => (fact.type === "rsvp" ? { ...fact, at: instant("2015-01-21T14:00:00Z") } : fact)) } : parsed);
