import { brokenMemory } from "./break.js";

/** An answer is as new as its delivery, it thinks. */
export const datesAnswersByTheirArrival = brokenMemory("dates answers by their arrival", "order: the answers of a guest, delivered in every order, end in the newest, and a late older one is not told", ({ good: { webhook } }) => ({
  webhook: { ...webhook, parse(json, request) {
    const parsed = webhook.parse(json, request);
    return parsed.kind === "facts" ? { kind: "facts", facts: parsed.facts.map((fact) => (fact.type === "rsvp" ? { ...fact, at: request.receivedAt } : fact)) } : parsed;
  } },
}));
