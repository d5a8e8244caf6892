import { MessagingError } from "@event-messaging/core/driver";
import { brokenMemory } from "./break.js";

/** Keeps what it sent in its own memory, and finds there only what this opening of the account sent. */
export const editsOnlyWhatItRemembers = brokenMemory("edits only what it remembers", "swap: a card that was sent before the account changed is edited after it", ({ good }) => {
  const sent = new Set<string>();
  return {
    async send(command, call) {
      const receipt = await good.send(command, call);
      if (receipt.messageId !== undefined) sent.add(receipt.messageId);
      return receipt;
    },
    async update(command, call) {
      if (!command.target.messages.some(({ id }) => sent.has(id))) throw new MessagingError("update through memory: the card is not known.", { code: "NOT_FOUND", outcome: "not-sent", persistence: "permanent" });
      return good.update(command, call);
    },
  };
});
