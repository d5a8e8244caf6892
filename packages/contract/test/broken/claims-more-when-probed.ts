import { brokenMemory } from "./break.js";

/** An account claims what its kind does not have. */
export const claimsMoreWhenProbed = brokenMemory("claims more when probed", "probe and capabilities: a probe claims nothing beyond the definition", ({ good }) => ({
  async probe(call) {
    const probe = await good.probe(call);
    return { ...probe, capabilities: { ...probe.capabilities, "x-memory.rainbow": { support: "native", why: "Seen once.", source: "memory" } } };
  },
}));
