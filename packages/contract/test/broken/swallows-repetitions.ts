import { type Receipt } from "@event-messaging/core/driver";
import { brokenMemory } from "./break.js";

/** Takes the same words for the same call. */
export const swallowsRepetitions = brokenMemory("swallows repetitions", "sending: the same words twice are two invitations: only core decides what is a repetition", ({ good }) => {
  const sent = new Map<string, Receipt>();
  return {
    async send(command, call) {
      const known = sent.get(JSON.stringify(command));
      if (known !== undefined) return known;
      const receipt = await good.send(command, call);
      sent.set(JSON.stringify(command), receipt);
      return receipt;
    },
  };
});
