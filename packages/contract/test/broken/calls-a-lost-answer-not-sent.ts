import { isMessagingError, MessagingError } from "@event-messaging/core/driver";
import { brokenMemory } from "./break.js";

/** The connection was reset, so nothing was sent, it thinks. */
export const callsALostAnswerNotSent = brokenMemory("calls a lost answer not-sent", ["faults: an answer that was lost after the vendor acted is unknown", "faults: through createMessaging a lost answer is not sent again by the same call", "full stack: under a lost answer an invitation is sent once at most, and the same call again sends only what was not sent"], ({ good }) => ({
  send: (command, call) => good.send(command, call).catch((error: unknown) => {
    if (!isMessagingError(error) || error.context.status !== undefined || call.signal.aborted) throw error;
    throw new MessagingError(error.message, { code: error.code, outcome: "not-sent", persistence: error.persistence, context: error.context });
  }),
}));
