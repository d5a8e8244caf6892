import { type EventMessagingProvider } from "@event-messaging/core/driver";
import { brokenMemory } from "./break.js";

/** Texts leave through whichever account was opened last. */
export const sharesStateBetweenAccounts = brokenMemory(
  "shares state between accounts",
  ["two accounts side by side: each account sends as itself, also after the other was opened", "two accounts side by side: calls of both at the same time do not mix", "two accounts side by side: an account that is in trouble or closed leaves the other alone"],
  ({ good }) => {
    current = good;
    return { sendText: (command, call) => (current?.sendText ?? good.sendText)(command, call) };
  },
);

let current: EventMessagingProvider | undefined;
