import { brokenMemory } from "./break.js";

/** Declares quotes and leaves them out. */
export const dropsTheQuote = brokenMemory("drops the quote", "sending: an invitation may quote a message", ({ good }) => ({
  send: ({ replyTo: _replyTo, ...command }, call) => good.send(command, call),
}));
