import { isMessagingError, MessagingError } from "@event-messaging/core/driver";
import { brokenMemory } from "./break.js";

/** Does not look at why the signal ended. */
export const callsADeadlineACancellation = brokenMemory("calls a deadline a cancellation", "cancellation and deadlines: a call whose deadline passes ends at once, as TIMEOUT and unknown", ({ good }) => ({
  send: (command, call) => good.send(command, call).catch((error: unknown) => {
    if (!isMessagingError(error) || error.code !== "TIMEOUT") throw error;
    throw new MessagingError(error.message, { code: "CANCELED", outcome: error.outcome, persistence: "permanent", context: error.context });
  }),
}));
