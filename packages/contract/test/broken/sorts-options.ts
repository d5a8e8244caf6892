import { brokenMemory } from "./break.js";

/** Puts the options of a poll into alphabetical order. */
export const sortsOptions = brokenMemory("sorts options", "polls and texts: a poll asks its question with its options, to the letter and in order", ({ good }) => ({
  sendPoll: ({ options, ...command }, call) => good.sendPoll({ ...command, options: [...options].sort() }, call),
}));
