import type { AccountId, TenantId } from "../model/ids.js";
import type { Recipient } from "../model/recipient.js";
import type { BookKey, BookRecord } from "./book.js";
import { askedChats, messageIds, newestFirst, openSendKey } from "./book-rules.js";
import { identityKey } from "./guest-identity.js";

/** The records of a book in memory, with the indexes that its queries need. Knows no rules: it holds what it is given. */
export class RecordTable {
  readonly #records = new Map<string, BookRecord>();
  readonly #byInvitation = new Map<string, Set<string>>();
  readonly #byMessage = new Map<string, Set<string>>();
  readonly #byQuestion = new Map<string, Set<string>>();
  readonly #openSends = new Map<string, string>();
  /** Whatever is not accepted: what workers and echoes look through. */
  readonly #unsettled = new Map<string, BookRecord>();

  get(key: BookKey): BookRecord | undefined {
    return this.#records.get(primary(key));
  }

  /** Inserts or replaces. */
  put(record: BookRecord): BookRecord {
    const id = primary(record);
    const old = this.#records.get(id);
    if (old) this.#unlink(id, old);
    this.#records.set(id, record);
    add(this.#byInvitation, joined(record.tenant, record.key), id);
    for (const message of messageIds(record)) add(this.#byMessage, joined(record.handle.account, message), id);
    for (const chat of askedChats(record)) add(this.#byQuestion, joined(record.handle.account, identityKey(chat)), id);
    const open = openSendKey(record);
    if (open !== undefined) this.#openSends.set(open, id);
    if (record.state === "accepted") this.#unsettled.delete(id);
    else this.#unsettled.set(id, record);
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
    return id === undefined ? undefined : this.#records.get(id);
  }

  unsettled(): readonly BookRecord[] {
    return [...this.#unsettled.values()];
  }

  #unlink(id: string, old: BookRecord): void {
    for (const message of messageIds(old)) this.#byMessage.get(joined(old.handle.account, message))?.delete(id);
    for (const chat of askedChats(old)) this.#byQuestion.get(joined(old.handle.account, identityKey(chat)))?.delete(id);
    const open = openSendKey(old);
    if (open !== undefined) this.#openSends.delete(open);
  }

  #listed(ids: Iterable<string> = []): BookRecord[] {
    return [...ids].map((id) => this.#records.get(id)).filter((record) => record !== undefined);
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

function add(index: Map<string, Set<string>>, key: string, id: string): void {
  const ids = index.get(key);
  if (ids) ids.add(id);
  else index.set(key, new Set([id]));
}
