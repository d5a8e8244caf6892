import { brokenMemory } from "./break.js";

/** Declares chosen ids and lets the vendor choose. */
export const ignoresTheChosenId = brokenMemory("ignores the chosen id", "polls and texts: a text that is repeated with its chosen id is written once, under that id", ({ good }) => ({
  sendText: ({ messageId: _chosen, ...command }, call) => good.sendText(command, call),
}));
