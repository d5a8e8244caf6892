import type { BookRecord } from "../store/book.js";
import { messageIds } from "../store/book-rules.js";
import { messageId } from "../model/ids.js";
import type { House } from "./house.js";

/** An answer may come before the book knows what it answers. Now it does: those that waited are due again. Never rejects. */
export async function wakeAnswers({ inbox, kick }: Pick<House, "inbox" | "kick">, { handle }: BookRecord): Promise<void> {
  for (const text of messageIds({ handle })) {
    const id = messageId(text);
    try {
      if (id && (await inbox.wake(handle.account, id)) > 0) kick();
    } catch {
      // The entry stays aside; the next message of the invitation wakes it again.
    }
  }
}
