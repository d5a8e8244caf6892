import { brokenDefinition } from "./break.js";

/** One claim has nothing that proves it. */
export const claimsWithoutSource = brokenDefinition("claims without a source", "definition: every capability entry says how far it is supported, why, and what proves it", ({ capabilities }) => ({
  capabilities: { ...capabilities, "rsvp.maybe": { support: "native", why: "It should work.", source: "" } },
}));
