import type { AccountId, TenantId } from "../model/ids.js";
import type { Recipient } from "../model/recipient.js";
import type { BookKey, BookRecord } from "./book.js";
import { askedChats, messageIds, newestFirst, openSendKey } from "./book-rules.js";
import { identityKey } from "./guest-identity.js";

/** A record, and the key of its open send for as long as it is one. */
interface Row {
  readonly record: BookRecord;
  readonly open: string | undefined;
}

/** The records of a book in memory, with the indexes that its queries need. Knows no rules: it holds what it is given. */
export class RecordTable {
  readonly #rows = new Map<string, Row>();
  readonly #byInvitation = new Map<string, string[]>();
  readonly #byMessage = new Map<string, string[]>();
  readonly #byQuestion = new Map<string, string[]>();
  readonly #openSends = new Map<string, string>();
  /** Whatever is not accepted: what workers and echoes look through. */
  readonly #unsettled = new Set<string>();

  get(key: BookKey): BookRecord | undefined {
    return this.#rows.get(primary(key))?.record;
  }

  /** Inserts or replaces. */
  put(record: BookRecord): BookRecord {
    const id = primary(record);
    const old = this.#rows.get(id);
    if (old) this.#unlink(id, old);
    else add(this.#byInvitation, joined(record.tenant, record.key), id);
    const open = openSendKey(record);
    this.#rows.set(id, { record, open });
    for (const message of messageIds(record)) add(this.#byMessage, joined(record.handle.account, message), id);
    for (const chat of askedPeople(record)) add(this.#byQuestion, joined(record.handle.account, chat), id);
    if (open !== undefined) this.#openSends.set(open, id);
    if (record.state === "accepted") this.#unsettled.delete(id);
    else this.#unsettled.add(id);
    return record;
  }

  of(tenant: TenantId, key: string): readonly BookRecord[] {
    return this.#listed(this.#byInvitation.get(joined(tenant, key))).sort(newestFirst);
  }

  byMessage(account: AccountId, message: string): BookRecord | undefined {
    return this.#listed(this.#byMessage.get(joined(account, message))).sort(newestFirst)[0];
  }

  /** Records that ask for a text in the chat. */
  questions(account: AccountId, chat: Recipient): readonly BookRecord[] {
    return this.#listed(this.#byQuestion.get(joined(account, identityKey(chat)))).sort(newestFirst);
  }

  /** The open send that says the same to the same recipient through the same account. */
  openSend(record: Omit<BookRecord, "version">): BookRecord | undefined {
    const open = openSendKey(record);
    const id = open === undefined ? undefined : this.#openSends.get(open);
    return id === undefined ? undefined : this.#rows.get(id)?.record;
  }

  unsettled(): readonly BookRecord[] {
    return this.#listed(this.#unsettled);
  }

  #unlink(id: string, { record, open }: Row): void {
    for (const message of messageIds(record)) remove(this.#byMessage, joined(record.handle.account, message), id);
    for (const chat of askedPeople(record)) remove(this.#byQuestion, joined(record.handle.account, chat), id);
    if (open !== undefined) this.#openSends.delete(open);
  }

  #listed(ids: Iterable<string> = []): BookRecord[] {
    const records: BookRecord[] = [];
    for (const id of ids) {
      const row = this.#rows.get(id);
      if (row) records.push(row.record);
    }
    return records;
  }
}

export function primary({ tenant, key, recipient, revision }: BookKey): string {
  return joined(tenant, key, recipient, String(revision));
}

/** One index key of several ids. The length of each stands before it, so no two lists give one key. */
function joined(...ids: readonly string[]): string {
  let key = "";
  for (const id of ids) key += `${id.length}:${id}`;
  return key;
}

/** The chats of {@link askedChats}, two spellings of one number counted once. */
function askedPeople(record: BookRecord): Iterable<string> {
  return new Set(askedChats(record).map(identityKey));
}

/** The record is not under the key yet. */
function add(index: Map<string, string[]>, key: string, id: string): void {
  const ids = index.get(key);
  if (ids === undefined) index.set(key, [id]);
  else ids.push(id);
}

function remove(index: Map<string, string[]>, key: string, id: string): void {
  const ids = index.get(key)?.filter((other) => other !== id) ?? [];
  if (ids.length > 0) index.set(key, ids);
  else index.delete(key);
}
