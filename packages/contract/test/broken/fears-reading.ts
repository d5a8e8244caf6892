import { isMessagingError, MessagingError } from "@event-messaging/core/driver";
import { brokenMemory } from "./break.js";

/** A search that broke off may have sent something, it says. */
export const fearsReading = brokenMemory("fears reading", "looking up and setting up: a search that fails has sent nothing", ({ good }) => ({
  findSent: (query, call) => good.findSent(query, call).catch((error: unknown) => {
    if (!isMessagingError(error) || call.signal.aborted) throw error;
    throw new MessagingError(error.message, { code: error.code, outcome: "unknown", persistence: error.persistence, context: error.context });
  }),
}));
