import type { InvitationHandle, SentMessage } from "../model/handle.js";
import type { Recipient } from "../model/recipient.js";
import type { BookChange, BookRecord, BookState, Begun } from "./book.js";
import { indexKey } from "./index-key.js";

/** The rules of the book that every store shares: pure, so that a store runs them inside its own transaction. */

/** Nobody knows yet whether such a call acted. */
export function isOpen(state: BookState): boolean {
  return state === "attempting" || state === "unknown";
}

/** Of an open send, what may exist only once: no echo could tell two of them apart. `undefined` for other records. */
export function openSendKey(record: Pick<BookRecord, "operation" | "state" | "handle" | "recipient" | "fingerprint">): string | undefined {
  return record.operation === "send" && isOpen(record.state) ? indexKey(record.handle.account, record.recipient, record.fingerprint) : undefined;
}

/**
 * What stands in the way of beginning `record`; `undefined`: nothing. `standing` is the record under the same key, `rival`
 * the open send with the same `openSendKey`.
 */
export function hindrance(record: Omit<BookRecord, "version">, standing: BookRecord | undefined, rival: BookRecord | undefined): Exclude<Begun, { kind: "begun" }> | undefined {
  if (standing !== undefined && standing.state !== "not-sent") {
    const isSame = standing.fingerprint === record.fingerprint && standing.operation === record.operation;
    return { kind: isSame ? "same" : "conflict", record: standing };
  }
  return rival && { kind: "busy", record: rival };
}

/**
 * The record after a change. `accepted` is final: what would leave it is ignored, with the `code` and `due` that explain
 * it. A new state begins without the lease, due time and code of the old one, unless the change names them.
 */
export function changedRecord(record: BookRecord, change: BookChange): BookRecord {
  const state = record.state === "accepted" ? "accepted" : (change.state ?? record.state);
  const { leasedUntil, due, code, ...kept } = record;
  const before = state === record.state ? { ...(leasedUntil && { leasedUntil }), ...(due && { due }), ...(code && { code }) } : {};
  const { handle, code: newCode, due: newDue, state: _, ...rest } = change;
  const why = state === "accepted" ? {} : { ...(newCode && { code: newCode }), ...(newDue && { due: newDue }) };
  return { ...kept, ...before, ...rest, ...why, state, handle: handle ? withMessages(handle, record.handle.messages) : record.handle, version: record.version + 1 };
}

/** Every id under which a record's messages are found: WhatsApp's and the vendor's. */
export function messageIds({ handle }: Pick<BookRecord, "handle">): readonly string[] {
  const ids = new Set<string>();
  for (const { id, vendorIds } of handle.messages) {
    ids.add(id);
    for (const vendorId of Object.values(vendorIds)) ids.add(vendorId);
  }
  return [...ids];
}

/** The chats in which a text of the record asks for a number or a word. */
export function askedChats({ handle, recipient, state }: Omit<BookRecord, "version">): readonly Recipient[] {
  if (state !== "accepted") return [];
  const questions = handle.messages.filter(({ form, choices }) => form === "text" && choices !== undefined && choices.length > 0);
  if (questions.length === 0) return [];
  return [...new Set(questions.map((message) => message.recipient ?? recipient))];
}

/** Newest first: of two revisions the higher, of two keys the one begun later. */
export function newestFirst(a: BookRecord, b: BookRecord): number {
  return b.revision - a.revision || Date.parse(b.begunAt) - Date.parse(a.begunAt);
}

/** Message ids are only added: what the record had stays, and stays as it was. */
function withMessages(handle: InvitationHandle, had: readonly SentMessage[]): InvitationHandle {
  const added = handle.messages.filter(({ id }) => !had.some((message) => message.id === id));
  const grown = had.map((message) => {
    const again = handle.messages.find(({ id }) => id === message.id);
    return again ? { ...again, ...message, vendorIds: { ...again.vendorIds, ...message.vendorIds } } : message;
  });
  return { ...handle, messages: [...grown, ...added] };
}
