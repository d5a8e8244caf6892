import { createHmac } from "node:crypto";
import { reveal } from "@event-messaging/core/driver";
import { brokenMemory } from "./break.js";

/** Signs what the bytes decode to. */
export const comparesDecodedText = brokenMemory("compares decoded text", "webhook authenticity: a signature covers bytes, not text: what decodes to the same text is not the same", ({ good: { webhook }, config }) => ({
  webhook: { ...webhook, authenticate(request) {
    const text = new TextDecoder().decode(request.body);
    const isSigned = (config.signingKeys ?? []).some((key) => createHmac("sha256", reveal(key)).update(text).digest("hex") === request.headers.get("x-memory-signature"));
    return isSigned ? { ok: true, by: "signature" } : { ok: false, reason: "wrong-signature" };
  } },
}));
