import { type Receipt } from "@event-messaging/core/driver";
import { brokenMemory } from "./break.js";

/** Keeps the answer of the last call where the next one finds it. */
export const mixesCalls = brokenMemory("mixes calls", "sending: calls at the same time do not mix", ({ good }) => {
  let answer: Promise<Receipt> | undefined;
  return {
    async send(command, call) {
      const own = good.send(command, call);
      answer = own;
      await Promise.resolve();
      own.catch(() => undefined);
      return answer;
    },
  };
});
