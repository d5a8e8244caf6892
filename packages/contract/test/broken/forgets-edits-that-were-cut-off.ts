import { isMessagingError, MessagingError } from "@event-messaging/core/driver";
import { brokenMemory } from "./break.js";

/** A caller who has gone has edited nothing, it thinks. */
export const forgetsEditsThatWereCutOff = brokenMemory("forgets edits that were cut off", "full stack: an edit is made once at most under the same faults, and the same edit again asks only for what was not made", ({ good }) => ({
  update: (command, call) => good.update(command, call).catch((error: unknown) => {
    if (!isMessagingError(error) || !call.signal.aborted) throw error;
    throw new MessagingError(error.message, { code: error.code, outcome: "not-sent", persistence: error.persistence, context: error.context });
  }),
}));
