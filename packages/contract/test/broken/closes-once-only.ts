import { brokenMemory } from "./break.js";

/** Closing twice is an error. */
export const closesOnceOnly = brokenMemory("closes once only", "lifecycle: an account closes, any number of times and at once, and never with an error", () => {
  let closed = false;
  return {
    async close() {
      if (closed) throw new Error("already closed");
      closed = true;
    },
  };
});
