import type { BookRecord } from "../store/book.js";
import { messageId } from "../model/ids.js";
import type { House } from "./house.js";

/** An answer may come before the book knows what it answers. Now it does: those that waited are due again. Never rejects. */
export async function wakeAnswers({ inbox, kick }: Pick<House, "inbox" | "kick">, { handle }: BookRecord): Promise<void> {
  const ids = new Set(handle.messages.flatMap(({ id, vendorIds }) => [id, ...Object.values(vendorIds)]));
  for (const text of ids) {
    const id = messageId(text);
    try {
      if (id && (await inbox.wake(handle.account, id)) > 0) kick();
    } catch {
      // The entry stays aside; the next message of the invitation wakes it again.
    }
  }
}
