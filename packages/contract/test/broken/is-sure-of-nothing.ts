import { brokenMemory } from "./break.js";

/** Finds nothing and calls it proof. */
export const isSureOfNothing = brokenMemory("is sure of nothing", "looking up and setting up: what was sent is found, or the search does not claim to be conclusive", ({ good }) => ({
  findSent: async (query, call) => ({ ...await good.findSent(query, call), matches: [], conclusive: true }),
}));
