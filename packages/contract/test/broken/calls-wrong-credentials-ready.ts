import { brokenMemory } from "./break.js";

/** Takes any answer for a sign of life. */
export const callsWrongCredentialsReady = brokenMemory("calls wrong credentials ready", "probe and capabilities: wrong credentials are a status, not an error", ({ good }) => ({
  async probe(call) {
    const probe = await good.probe(call);
    return probe.reason.includes("API key") ? { ...probe, status: "ready", reason: "" } : probe;
  },
}));
