import { isMessagingError } from "@event-messaging/core/driver";
import { brokenMemory } from "./break.js";

/** Lets a parser's error through. */
export const throwsAForeignError = brokenMemory("throws a foreign error", "faults: whatever goes wrong, a call rejects with a MessagingError", ({ good }) => ({
  send: (command, call) => good.send(command, call).catch((error: unknown) => {
    throw isMessagingError(error) && error.context.status === 500 ? new SyntaxError("Unexpected token") : error;
  }),
}));
