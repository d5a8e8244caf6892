import { brokenMemory } from "./break.js";

/** Names the last update instead of the card. */
export const editsTheNewestMessage = brokenMemory("edits the newest message", "update: a second update changes the first card, not the first update", ({ good }) => ({
  update: ({ target, ...command }, call) => good.update({ ...command, target: { ...target, messages: target.messages.slice(-1) } }, call),
}));
