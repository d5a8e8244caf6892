import { type Recipient } from "@event-messaging/core/driver";
import { brokenMemory } from "./break.js";

/** The receipt names the chat as the vendor does. */
export const givesTheVendorsSpellingOfAChat = brokenMemory("gives the vendor's spelling of a chat", "identity: a receipt names another chat only in the canonical spelling", ({ good }) => ({
  send: async (command, call) => ({ ...await good.send(command, call), recipient: `person:${command.to.slice(1)}` as Recipient }),
}));
