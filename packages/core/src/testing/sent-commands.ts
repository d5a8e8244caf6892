import type { SendCommand } from "../driver/operations.js";
import { decodeCard } from "../memory/decode.js";
import type { MemoryAct } from "../memory/index.js";
import { recipientFromVendor } from "../memory/recipient.js";
import { messageId } from "../model/ids.js";

/** The invitations in a journal, as the provider got them. */
export function sentCommands(journal: readonly MemoryAct[]): readonly SendCommand[] {
  return journal.flatMap(({ operation, chat, card, quotes }) => {
    const to = recipientFromVendor(chat);
    const details = decodeCard(card);
    const replyTo = messageId(quotes);
    return operation === "send" && to !== undefined && details !== undefined ? [{ to, details, ...(replyTo !== undefined && { replyTo }) }] : [];
  });
}
