import { isMessagingError, MessagingError, reveal } from "@event-messaging/core/driver";
import { brokenMemory } from "./break.js";

/** Says which key has asked too often. */
export const leaksTheKeyInAMessage = brokenMemory("leaks the key in a message", "secrets: no error shows a credential, whatever went wrong", ({ good, config }) => ({
  send: (command, call) => good.send(command, call).catch((error: unknown) => {
    if (!isMessagingError(error) || error.code !== "RATE_LIMITED") throw error;
    const { code, outcome, persistence, context } = error;
    throw new MessagingError(`${error.message} Key: ${reveal(config.apiKey)}.`, { code, outcome, persistence, context });
  }),
}));
