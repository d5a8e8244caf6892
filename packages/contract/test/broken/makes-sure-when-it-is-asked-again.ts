import { brokenMemory } from "./break.js";

/** A second attempt must not fail as the first did, so it goes out twice. */
export const makesSureWhenItIsAskedAgain = brokenMemory("makes sure when it is asked again", "full stack: under too many requests an invitation is sent once at most, and the same call again sends only what was not sent", ({ good }) => ({
  send: async (command, call) => {
    if (call.attempt > 1) await good.send(command, call);
    return good.send(command, call);
  },
}));
