import { brokenMemory } from "./break.js";

/** Shows the first page of the groups only. */
export const hidesGroups = brokenMemory("hides groups", "looking up and setting up: the account's groups are listed, those under test among them, each once and by its canonical id", ({ good }) => ({
  listGroups: async (query, call) => (await good.listGroups?.(query, call) ?? []).slice(0, 1),
}));
