import { isMessagingError, MessagingError, reveal } from "@event-messaging/core/driver";
import { brokenMemory } from "./break.js";

/** Puts the key into the vendor's code, so that support can find the request. Of edits only. */
export const namesItsKeyWhenAnEditIsRefused = brokenMemory("names its key when an edit is refused", "sinks: under every fault, no credential shows when an invitation is edited", ({ good, config }) => ({
  update: (command, call) => good.update(command, call).catch((error: unknown) => {
    if (!isMessagingError(error) || error.code !== "UNAUTHENTICATED") throw error;
    const { message, code, outcome, persistence, context } = error;
    throw new MessagingError(message, { code, outcome, persistence, context: { ...context, vendorCode: reveal(config.apiKey) } });
  }),
}));
