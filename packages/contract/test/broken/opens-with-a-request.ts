import { brokenMemory } from "./break.js";

/** Asks the vendor while an account is being opened. */
export const opensWithARequest = brokenMemory("opens with a request", "configuration: an account opens at once and without a request", ({ good }) => {
  void good.probe({ signal: new AbortController().signal, callId: "hello", attempt: 1 });
  return {};
});
