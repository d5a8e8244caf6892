import { brokenMemory } from "./break.js";

/** Goes on pinging after it was closed. */
export const keepsATimer = brokenMemory("keeps a timer", "lifecycle: no timer is left behind", () => {
  setInterval(() => {}, 60_000).unref();
  return {};
});
