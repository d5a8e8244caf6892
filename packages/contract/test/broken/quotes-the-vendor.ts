import { isMessagingError, MessagingError } from "@event-messaging/core/driver";
import { brokenMemory } from "./break.js";

/** Puts the vendor's answer into its error. */
export const quotesTheVendor = brokenMemory("quotes the vendor", "faults: an error says which operation of which provider and account failed, and never in the vendor's words", ({ good, lastAnswer }) => ({
  send: (command, call) => good.send(command, call).catch((error: unknown) => {
    if (!isMessagingError(error) || error.context.status !== 422) throw error;
    const { code, outcome, persistence, context } = error;
    throw new MessagingError(`${error.message} The vendor said: ${lastAnswer()?.body ?? ""}`, { code, outcome, persistence, context });
  }),
}));
