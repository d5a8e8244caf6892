import { isMessagingError, MessagingError } from "../error/messaging-error.js";
import { indexKey } from "../store/index-key.js";
import type { Begun, BookChange, BookKey, BookRecord, InvitationBook } from "../store/book.js";
import type { InvitationHandle } from "../model/handle.js";
import type { CallLayer, LogicalCall, Perform, Sent } from "./call-layer.js";

export interface IdempotencyOptions {
  readonly book: InvitationBook;
  /** Called when the book has learnt message ids: answers that waited for them are looked at again. Never rejects. */
  readonly onLearnt: (record: BookRecord) => Promise<unknown>;
}

/**
 * The book's record is written before the request, and changed by what the request proved. So the same call again gives the
 * same answer without a request, another call under the same key is refused, and a crash leaves a record to look into.
 */
export function idempotency({ book, onLearnt }: IdempotencyOptions): CallLayer {
  const running = new Map<string, Running>();
  return {
    slot: "idempotency",
    wrap: (next) => (logical) => {
      const { tenant, key, recipient, revision } = logical.record;
      const id = indexKey(tenant, key, recipient, String(revision));
      const standing = running.get(id);
      // The same call twice at once in one process is one call: the second waits for the first.
      if (standing?.sent && standing.fingerprint === logical.record.fingerprint) return joined(standing.sent, logical);
      const sent = attempt(book, onLearnt, next, logical);
      if (standing !== undefined) return sent;
      const entry: Running = { fingerprint: logical.record.fingerprint, sent };
      running.set(id, entry);
      const forget = () => {
        running.delete(id);
        entry.sent = undefined;
      };
      sent.then(forget, forget);
      return sent;
    },
  };
}

interface Running {
  readonly fingerprint: string;
  /** Taken away at the end: tables that the map has outgrown may hold the entry for long (see `Roster`). */
  sent: Promise<Sent> | undefined;
}

/** The first call's result, for as long as the second wants to wait for it. What the first proves is not the second's to say. */
function joined(sent: Promise<Sent>, { call: { signal }, record, plan }: LogicalCall): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const leave = () => reject(new MessagingError(`${record.operation}: the same call is under way, and this one no longer waits for it. Whether anything was sent, the first will say.`, {
      code: "CANCELED", outcome: "unknown", persistence: "transient", context: { provider: plan.provider, account: plan.account, operation: record.operation },
    }));
    if (signal.aborted) return leave();
    signal.addEventListener("abort", leave, { once: true });
    void sent.then(resolve, reject).finally(() => signal.removeEventListener("abort", leave));
  });
}

async function attempt(book: InvitationBook, onLearnt: IdempotencyOptions["onLearnt"], next: Perform, logical: LogicalCall): Promise<Sent> {
  const begun = await book.begin(logical.record);
  if (begun.kind !== "begun") return answerFrom(begun, logical.record.operation);
  let { record } = begun;
  const relocate = async (handle: InvitationHandle): Promise<boolean> => {
    const moved = await book.change(keyOf(record), record.version, { handle }).catch(() => undefined);
    if (moved) record = moved;
    return moved !== undefined;
  };
  let sent: Sent;
  try {
    // As the book holds it: frozen or fresh, so what grows out of it needs no second copy.
    sent = await next({ ...logical, record, relocate });
  } catch (error) {
    const known = isMessagingError(error) ? error : foreign(error, logical);
    // An unknown outcome keeps the lease: what looks into it shall wait until the request can have ended.
    const settled = await settle(book, record, { state: known.outcome, code: known.code, ...(known.outcome === "unknown" && record.leasedUntil && { leasedUntil: record.leasedUntil }) });
    if (settled?.state !== "accepted") throw known;
    await onLearnt(settled);
    return { handle: settled.handle, stage: settled.stage ?? "handed-over", plan: logical.plan };
  }
  const settled = await settle(book, record, { state: "accepted", handle: sent.handle, stage: sent.stage });
  if (settled) await onLearnt(settled);
  return sent;
}

/** What a record that stands there says to a call that comes again. */
export function answerFrom(begun: Exclude<Begun, { kind: "begun" }>, operation: string): Sent {
  const { record } = begun;
  const context = { provider: record.handle.provider, account: record.handle.account, operation };
  if (begun.kind === "same" && record.state === "accepted") return { handle: record.handle, stage: record.stage ?? "queued" };
  if (begun.kind === "same" && record.state === "unknown") {
    throw new MessagingError(
      `${operation}: an earlier attempt through ${record.handle.provider} ended without a trustworthy answer, so the message may be out. It is not sent again; reconcile it or let a person look.`,
      { code: record.code ?? "UNKNOWN", outcome: "unknown", persistence: "exhausted", context },
    );
  }
  if (begun.kind === "same") {
    throw new MessagingError(`${operation}: the same call is under way elsewhere. Wait for it; the book will say how it ended, and reconcile() when its process has ended.`, { code: "CONFLICT", outcome: "unknown", persistence: "transient", context });
  }
  if (begun.kind === "busy") {
    throw new MessagingError(
      `${operation}: the same text is on its way to the same recipient under key "${record.key}", and its outcome is open. Nothing was sent; wait for that one, or change the text.`,
      { code: "CONFLICT", outcome: "not-sent", persistence: "transient", context },
    );
  }
  throw new MessagingError(
    `${operation}: key "${record.key}" revision ${record.revision} was already used for another call to this recipient (${record.operation}, ${record.state}). Nothing was sent; use update() or a higher revision.`,
    { code: "CONFLICT", outcome: "not-sent", persistence: "permanent", context },
  );
}

/** Writes what was proved. A store that fails here leaves the record `attempting`; when its lease ends it counts as unknown. */
async function settle(book: InvitationBook, record: BookRecord, change: BookChange): Promise<BookRecord | undefined> {
  for (let tries = 0, current: BookRecord | undefined = record; current && tries < 3; tries += 1) {
    try {
      const changed = await book.change(keyOf(current), current.version, proved(current, change));
      if (changed) return changed;
      const standing = (await book.records(record.tenant, record.key, record.recipient)).find(({ revision }) => revision === record.revision);
      // What stands there may be a later attempt of somebody else's: this one has nothing to say about it.
      current = standing?.begunAt === record.begunAt && standing.fingerprint === record.fingerprint && standing.handle.account === record.handle.account ? standing : undefined;
    } catch {
      // Tried again; the request's own result is what the caller needs to hear.
    }
  }
  return undefined;
}

/** An echo may have come before the request ended: what it showed is in the record, and then the outcome is known. */
function proved(current: BookRecord, change: BookChange): BookChange {
  return change.state === "unknown" && isShown(current) ? { state: "accepted", stage: "handed-over" } : change;
}

/** Does an open send hold the id of its own message? A record of a new send begins with none. */
export function isShown({ operation, handle }: Pick<BookRecord, "operation" | "handle">): boolean {
  return operation === "send" && handle.messages.length > 0;
}

function keyOf({ tenant, key, recipient, revision }: BookKey): BookKey {
  return { tenant, key, recipient, revision };
}

function foreign(error: unknown, { record, plan }: LogicalCall): MessagingError {
  return new MessagingError(
    `${record.operation} through ${plan.provider} failed inside the library or an adapter (${error instanceof Error ? error.name : typeof error}). Whether anything was sent is unknown; report it as a defect.`,
    { code: "UNKNOWN", outcome: "unknown", persistence: "permanent", context: { provider: plan.provider, account: plan.account, operation: record.operation } },
  );
}
