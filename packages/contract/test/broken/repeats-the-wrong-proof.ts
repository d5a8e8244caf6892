import { brokenMemory } from "./break.js";

/** Says which signature was wrong. */
export const repeatsTheWrongProof = brokenMemory("repeats the wrong proof", "webhook authenticity: a refusal gives a fixed word and repeats nothing of the delivery", ({ good: { webhook } }) => ({
  webhook: { ...webhook, authenticate(request) {
    const result = webhook.authenticate(request);
    return result.ok ? result : { ok: false, reason: `wrong signature: ${request.headers.get("x-memory-signature") ?? "none"}` };
  } },
}));
