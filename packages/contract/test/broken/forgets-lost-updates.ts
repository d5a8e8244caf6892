import { isMessagingError, MessagingError } from "@event-messaging/core/driver";
import { brokenMemory } from "./break.js";

/** Knows that a lost send is unknown, and not that a lost update is. */
export const forgetsLostUpdates = brokenMemory("forgets lost updates", ["faults: an update whose answer was lost is unknown", "full stack: an edit is made once at most under the same faults, and the same edit again asks only for what was not made"], ({ good }) => ({
  update: (command, call) => good.update(command, call).catch((error: unknown) => {
    if (!isMessagingError(error)) throw error;
    throw new MessagingError(error.message, { code: error.code, outcome: "not-sent", persistence: error.persistence, context: error.context });
  }),
}));
