import type { BookChange, BookRecord } from "../store/book.js";
import type { House } from "./house.js";
import { joinQuestion } from "./recovery.js";
import { wakeAnswers } from "./wake-answers.js";

/** Writes down what was found out about a call afterwards, and lets the answers in that waited for it. `undefined`: somebody was faster. */
export async function settle(house: House, { tenant, key, recipient, revision, version }: BookRecord, what: BookChange): Promise<BookRecord | undefined> {
  const changed = await house.book.change({ tenant, key, recipient, revision }, version, what);
  if (changed?.state === "accepted" && changed.operation === "recover") await joinQuestion(house, changed);
  if (changed?.state === "accepted") await wakeAnswers(house, changed);
  return changed;
}
