import { isMessagingError } from "@event-messaging/core/driver";
import { brokenMemory } from "./break.js";

/** Goes where the answer points, and takes what it gets there. */
export const followsRedirects = brokenMemory("follows redirects", ["faults: no fault makes a provider ask twice", "faults: a redirect is unknown, never an acceptance"], ({ good }) => ({
  send: (command, call) => good.send(command, call).catch((error: unknown) => {
    if (isMessagingError(error) && error.context.status === 302) return good.send(command, call);
    throw error;
  }),
}));
