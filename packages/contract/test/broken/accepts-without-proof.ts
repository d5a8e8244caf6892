import { brokenMemory } from "./break.js";

/** No signature is not a wrong signature, it thinks. */
export const acceptsWithoutProof = brokenMemory("accepts without proof", "webhook authenticity: a delivery without its proof is refused", ({ good: { webhook } }) => ({
  webhook: { ...webhook, authenticate: (request) => (request.headers.has("x-memory-signature") ? webhook.authenticate(request) : { ok: true, by: "signature" }) },
}));
