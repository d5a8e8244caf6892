import { brokenMemory } from "./break.js";

/** A probe of a disconnected account is an exception. */
export const throwsWhenNotReady = brokenMemory("throws when not ready", "probe and capabilities: an account that cannot send says so and why, and is ready again afterwards", ({ good }) => ({
  async probe(call) {
    const probe = await good.probe(call);
    if (probe.reason === "the line is not connected") throw new Error("not connected");
    return probe;
  },
}));
