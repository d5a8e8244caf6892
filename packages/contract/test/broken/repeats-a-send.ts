import { isMessagingError } from "@event-messaging/core/driver";
import { brokenMemory } from "./break.js";

/** Tries again by itself when the server failed. */
export const repeatsASend = brokenMemory("repeats a send", ["faults: no fault makes a provider ask twice", "full stack: under a failure of the server an invitation is sent once at most, and the same call again sends only what was not sent"], ({ good }) => ({
  send: (command, call) => good.send(command, call).catch(async (error: unknown) => {
    if (isMessagingError(error) && error.context.status === 500) await good.send(command, call);
    throw error;
  }),
}));
