import { isMessagingError, MessagingError } from "@event-messaging/core/driver";
import { brokenMemory } from "./break.js";

/** Knows the refusal and calls the outcome unknown all the same. */
export const doubtsAProvenRefusal = brokenMemory("doubts a proven refusal", ["faults: a refusal that the vendor documents is not-sent", "faults: through createMessaging a refused invitation may be sent again under its key"], ({ good }) => ({
  send: (command, call) => good.send(command, call).catch((error: unknown) => {
    if (!isMessagingError(error) || error.code !== "REFUSED") throw error;
    throw new MessagingError(error.message, { code: error.code, outcome: "unknown", persistence: error.persistence, context: error.context });
  }),
}));
