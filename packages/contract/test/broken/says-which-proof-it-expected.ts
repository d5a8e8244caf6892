import { reveal } from "@event-messaging/core/driver";
import { brokenMemory } from "./break.js";

/** A refused delivery is easier to explain with the key that it should have been signed with. */
export const saysWhichProofItExpected = brokenMemory("says which proof it expected", "sinks: no credential shows in what becomes of deliveries, whether they are taken or refused", ({ good: { webhook }, config }) => ({
  webhook: { ...webhook, authenticate(request) {
    const result = webhook.authenticate(request);
    return result.ok ? result : { ok: false, reason: `${result.reason}:${config.signingKeys?.map((key) => reveal(key)).join() ?? ""}` };
  } },
}));
