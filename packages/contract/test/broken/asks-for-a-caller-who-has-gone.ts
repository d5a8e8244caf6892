import { brokenMemory } from "./break.js";

/** Begins a call whose signal had ended before. */
export const asksForACallerWhoHasGone = brokenMemory("asks for a caller who has gone", "cancellation and deadlines: a call that ended before it began asks nothing, and is not-sent", ({ good }) => ({
  send: (command, call) => good.send(command, call.signal.aborted ? { ...call, signal: new AbortController().signal } : call),
}));
