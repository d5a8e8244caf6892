import { isMessagingError, mayRepeat } from "../error/messaging-error.js";
import { fromEpochMs } from "../model/time.js";
import type { BookChange, BookRecord } from "../store/book.js";
import { chosenId, questionRequest } from "./chosen-id.js";
import { startCall } from "./deadline.js";
import { accountById, type House } from "./house.js";
import { lookOrRefuse } from "./look.js";
import { isAskable } from "./recovery.js";

/** Longer than the repeat's own deadline. */
const LEASE_MS = 120_000;

/**
 * Repeats a question of unknown outcome under the id that was chosen for it before its first request: where the account has
 * `message.chosen-id`, the vendor makes one message of both. Once for each question, noted in the book before the request, and
 * not when the invitation has moved on. Only an acceptance proves something; a refusal says nothing about the first request.
 *
 * @returns the record as it stands now, and what is to be written down, if anything.
 */
export async function repeatQuestion(house: House, record: BookRecord, signal: AbortSignal | undefined): Promise<{ readonly record: BookRecord; readonly proof?: BookChange }> {
  const { operation, handle, recipient, text, choices, repeated } = record;
  const [chosen] = handle.messages;
  const { form } = handle;
  if (operation !== "recover" || (form !== "poll" && form !== "text") || chosen === undefined || text === undefined || choices === undefined || repeated) return { record };
  const [invitation] = await house.book.records(handle.tenant, handle.key, handle.recipient);
  if (invitation?.revision !== record.revision || !isAskable(house, invitation)) return { record };
  const { call, done } = startCall({ signal });
  let current = record;
  try {
    const account = await accountById(house, handle.account);
    if (account.provider !== handle.provider || (await chosenId(house, account, recipient, call)) === undefined) return { record };
    const { title, startsAt } = handle.details;
    const plan = await lookOrRefuse(house, account, { gate: `${form}.send`, recipient, details: { title, startsAt }, policy: {} }, "recover", call);
    const marked = await house.book.change(record, record.version, { repeated: true, leasedUntil: fromEpochMs(house.now().getTime() + LEASE_MS) });
    if (marked === undefined) return { record };
    current = marked;
    const request = questionRequest(form, recipient, { text, choices }, chosen.id);
    const sent = await house.repeat({ record: marked, request, plan: { ...plan, form }, call, pinned: true });
    return { record: current, proof: { state: "accepted", handle: sent.handle, stage: sent.stage } };
  } catch (error) {
    // A repeat that never went out, as while sending is stopped, may be made later.
    return current.repeated === true && isMessagingError(error) && mayRepeat(error) ? { record: current, proof: { repeated: false, leasedUntil: fromEpochMs(house.now().getTime()) } } : { record: current };
  } finally {
    done();
  }
}
