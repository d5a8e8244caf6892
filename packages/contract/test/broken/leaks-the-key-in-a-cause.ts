import { reveal } from "@event-messaging/core/driver";
import { brokenMemory } from "./break.js";

/** Keeps the HTTP client's error, key and all. */
export const leaksTheKeyInACause = brokenMemory("leaks the key in a cause", ["secrets: no error has a cause", "sinks: under every fault, no credential shows when an invitation is sent"], ({ good, config }) => ({
  send: (command, call) => good.send(command, call).catch((error: unknown) => {
    if (error instanceof Error) error.cause = new Error(`401 for key ${reveal(config.apiKey)}`);
    throw error;
  }),
}));
