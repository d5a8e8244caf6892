import { isMessagingError, MessagingError } from "@event-messaging/core/driver";
import { brokenMemory } from "./break.js";

/** A 500 means that nothing was done, it thinks. */
export const trustsAServerError = brokenMemory("trusts a server error", ["faults: a failure inside the vendor's server is unknown", "full stack: under a failure of the server an invitation is sent once at most, and the same call again sends only what was not sent"], ({ good }) => ({
  send: (command, call) => good.send(command, call).catch((error: unknown) => {
    if (!isMessagingError(error) || error.context.status !== 500) throw error;
    throw new MessagingError(error.message, { code: error.code, outcome: "not-sent", persistence: error.persistence, context: error.context });
  }),
}));
