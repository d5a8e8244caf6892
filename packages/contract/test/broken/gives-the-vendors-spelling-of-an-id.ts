import { type MessageId } from "@event-messaging/core/driver";
import { brokenMemory } from "./break.js";

/** A composite id goes out as a message id. */
export const givesTheVendorsSpellingOfAnId = brokenMemory("gives the vendor's spelling of an id", "identity: every sending operation gives the bare id of what it made", ({ good }) => ({
  async sendText(command, call) {
    const receipt = await good.sendText(command, call);
    return { ...receipt, messageId: `true_${command.to}_${receipt.messageId}` as MessageId };
  },
}));
