import { brokenMemory } from "./break.js";

/** Tells the console what it sends. */
export const logs = brokenMemory("logs", "secrets: a provider writes nothing to the console", ({ good }) => ({
  async send(command, call) {
    if (command.details.title === "Whatever happens") console.debug("sending an invitation");
    return good.send(command, call);
  },
}));
