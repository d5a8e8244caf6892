import { isSupported, supportOf } from "../capability/table.js";
import type { FindSentResult } from "../driver/operations.js";
import { isShown } from "../layers/idempotency.js";
import { audienceOf } from "../model/recipient.js";
import { fromEpochMs, toEpochMs } from "../model/time.js";
import type { BookChange, BookRecord } from "../store/book.js";
import { endedEarly, startCall, withinCall } from "./deadline.js";
import { onAccount } from "./execute.js";
import type { House } from "./house.js";
import type { ReconcileOptions, ReconcileReport } from "./reconcile-report.js";
import { repeatQuestion } from "./repeat-question.js";
import { settle } from "./settle.js";

const LOOK_LEASE_MS = 120_000;
/** Longer ago than any two clocks differ: who is not found since then was not sent. */
const WIDE_MS = 3_600_000;
/** How far the vendor's clock may be behind ours. */
const NARROW_MS = 120_000;
/** A vendor may act on a request some time after it was broken off. The record's lease has ended besides. */
const SETTLED_MS = 120_000;

/**
 * Looks into every send whose outcome is unknown, and into attempts that a crash left behind. Reads only, with one
 * exception: a question in place of an unreadable answer is repeated once under its chosen id (`repeatQuestion`). Ends in `accepted` (exactly one message of ours is there), in `not-sent` (the vendor says that finding nothing is
 * proof), or leaves the record as it is. May be called at any time, from several processes: each record is one taker's.
 */
export async function reconcile(house: House, { limit = 1_000, signal }: ReconcileOptions = {}): Promise<ReconcileReport> {
  const expired = await taken(house, "attempting", limit);
  for (const record of expired) await settle(house, record, isShown(record) ? { state: "accepted", stage: "handed-over" } : { state: "unknown", code: "UNKNOWN" });
  const recovered = expired.filter(isShown).length;

  const unknown = await taken(house, "unknown", limit);
  const found: BookRecord[] = [];
  for (const record of unknown) {
    const { record: current, proof } = signal?.aborted === true ? { record } : await examined(house, record, signal).catch((): Examined => ({ record }));
    // Without a proof the record is only freed, for the next look and for `unresolved`.
    found.push((await settle(house, current, proof ?? { leasedUntil: fromEpochMs(house.now().getTime()) })) ?? current);
  }
  return {
    examined: recovered + found.length,
    accepted: recovered + found.filter(({ state }) => state === "accepted").length,
    notSent: found.filter(({ state }) => state === "not-sent").length,
    unresolved: found.filter(({ state }) => state === "unknown"),
  };
}

async function taken({ book, now }: House, state: "attempting" | "unknown", limit: number): Promise<readonly BookRecord[]> {
  const ms = now().getTime();
  return book.take(state, fromEpochMs(ms), fromEpochMs(ms + LOOK_LEASE_MS), limit);
}

interface Examined {
  /** As it stands now. */
  readonly record: BookRecord;
  readonly proof?: BookChange | undefined;
}

async function examined(house: House, record: BookRecord, signal: AbortSignal | undefined): Promise<Examined> {
  return record.operation === "recover" ? repeatQuestion(house, record, signal) : { record, proof: await examine(house, record, signal) };
}

async function examine(house: House, record: BookRecord, signal: AbortSignal | undefined): Promise<BookChange | undefined> {
  // Only a new card can be recognised: an edit, a cancellation and an answer look like what stood there before.
  if (record.operation !== "send") return undefined;
  if (isShown(record)) return { state: "accepted", stage: "handed-over" };
  const { handle, recipient, begunAt } = record;
  const begun = toEpochMs(begunAt);
  const wide = await look(house, record, begun - WIDE_MS, signal);
  if (wide === undefined) return undefined;
  const owners = await Promise.all(wide.matches.map(({ messageId }) => house.book.byMessage(handle.account, messageId)));
  // Each of them is another send's own card, or there is none.
  const isNowhere = owners.every((owner) => owner?.operation === "send");
  if (isNowhere) return wide.conclusive && begun + SETTLED_MS <= house.now().getTime() ? { state: "not-sent", code: "UNKNOWN" } : undefined;

  // A vendor may look by less than title and start, so another open send of any text makes the finding ambiguous.
  const open = (await house.book.open(handle.account, recipient)).filter(({ operation }) => operation === "send");
  const narrow = open.length === 1 ? await look(house, record, begun - NARROW_MS, signal) : undefined;
  const strangers: FindSentResult["matches"][number][] = [];
  for (const match of narrow?.matches ?? []) if ((await house.book.byMessage(handle.account, match.messageId)) === undefined) strangers.push(match);
  const [only, second] = strangers;
  if (only === undefined || second !== undefined) return undefined;
  return { state: "accepted", stage: "queued", handle: { ...handle, messages: [{ id: only.messageId, form: handle.form, role: "invitation", vendorIds: only.vendorIds }] } };
}

/** What the account finds of the send; `undefined`: it cannot look. */
async function look(house: House, { handle, recipient }: BookRecord, sinceMs: number, signal: AbortSignal | undefined): Promise<FindSentResult | undefined> {
  const { call, done } = startCall({ signal });
  try {
    return await withinCall(call, 0, () => endedEarly("findSent", call), onAccount(house, handle.account, async (invoke, lease) => {
      if (lease.definition.name !== handle.provider) return undefined;
      const { status, capabilities } = await lease.probe(call);
      if (!isSupported(supportOf(capabilities, "message.find", audienceOf(recipient)))) return undefined;
      const found = await invoke("findSent", { to: handle.sentTo ?? recipient, details: handle.details, since: fromEpochMs(sinceMs) }, call);
      // What waits in a queue shows while the account is not ready; what does not show may still be on its way.
      return { ...found, conclusive: found.conclusive && status === "ready" };
    }));
  } finally {
    done();
  }
}
