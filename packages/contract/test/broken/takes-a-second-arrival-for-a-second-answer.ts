import { brokenMemory } from "./break.js";

/** The same bytes at another time are another edition, it thinks. */
export const takesASecondArrivalForASecondAnswer = brokenMemory("takes a second arrival for a second answer", ["duplicates: one delivery that comes twice at once and again later is told once", "duplicates: two different answers of one guest are two, each told once"], ({ good: { webhook } }) => {
  const arrivals = new Map<string, string>();
  return {
    webhook: { ...webhook, parse(json, request) {
      const parsed = webhook.parse(json, request);
      const body = new TextDecoder().decode(request.body);
      const first = arrivals.get(body) ?? request.receivedAt;
      arrivals.set(body, first);
      return parsed.kind === "facts" && first !== request.receivedAt ? { kind: "facts", facts: parsed.facts.map((fact) => ({ ...fact, edition: request.receivedAt })) } : parsed;
    } },
  };
});
