import type { AccountId, TenantId } from "../model/ids.js";
import type { Recipient } from "../model/recipient.js";
import type { BookKey, BookRecord } from "./book.js";
import { askedChats, messageIds, newestFirst, openSendKey } from "./book-rules.js";
import { identityKey } from "./guest-identity.js";
import { indexKey } from "./index-key.js";
import { PairIndex } from "./pair-index.js";

/** The place of a record, which the indexes point to: one for each key, for ever. */
interface Row {
  record: BookRecord;
  /** Of its open send, for as long as it is one. */
  open: string | undefined;
}

/** The records of a book in memory, with the indexes that its queries need. Knows no rules: it holds what it is given. */
export class RecordTable {
  readonly #rows = new Map<string, Row>();
  readonly #byInvitation = new PairIndex<Row>();
  readonly #byMessage = new PairIndex<Row>();
  readonly #byQuestion = new PairIndex<Row>();
  readonly #openSends = new Map<string, Row>();
  /** Whatever is not accepted: what workers and echoes look through. */
  readonly #unsettled = new Set<Row>();

  /** By its primary key. */
  get(id: string): BookRecord | undefined {
    return this.#rows.get(id)?.record;
  }

  /** Inserts or replaces. The keys are those of {@link keysOf}. */
  put(record: BookRecord, { id, open }: RecordKeys): BookRecord {
    const standing = this.#rows.get(id);
    if (standing) this.#unlink(standing);
    const row = standing ?? this.#place(id, record);
    row.record = record;
    row.open = open;
    if (open !== undefined) this.#openSends.set(open, row);
    for (const message of messageIds(record)) this.#byMessage.add(record.handle.account, message, row);
    for (const chat of askedPeople(record)) this.#byQuestion.add(record.handle.account, chat, row);
    if (record.state === "accepted") this.#unsettled.delete(row);
    else this.#unsettled.add(row);
    return record;
  }

  of(tenant: TenantId, key: string): readonly BookRecord[] {
    return listed(this.#byInvitation.get(tenant, key));
  }

  byMessage(account: AccountId, message: string): BookRecord | undefined {
    return listed(this.#byMessage.get(account, message))[0];
  }

  /** Records that ask for a text in the chat. */
  questions(account: AccountId, chat: Recipient): readonly BookRecord[] {
    return listed(this.#byQuestion.get(account, identityKey(chat)));
  }

  /** The open send that says the same to the same recipient through the same account. */
  openSend(open: string | undefined): BookRecord | undefined {
    return open === undefined ? undefined : this.#openSends.get(open)?.record;
  }

  unsettled(): readonly BookRecord[] {
    return Array.from(this.#unsettled, ({ record }) => record);
  }

  #place(id: string, record: BookRecord): Row {
    const row: Row = { record, open: undefined };
    this.#rows.set(id, row);
    this.#byInvitation.add(record.tenant, record.key, row);
    return row;
  }

  #unlink(row: Row): void {
    const { record, open } = row;
    if (open !== undefined) this.#openSends.delete(open);
    for (const message of messageIds(record)) this.#byMessage.remove(record.handle.account, message, row);
    for (const chat of askedPeople(record)) this.#byQuestion.remove(record.handle.account, chat, row);
  }
}

/** The keys of which a table holds one record each. */
export interface RecordKeys {
  readonly id: string;
  readonly open: string | undefined;
}

export function keysOf(record: Omit<BookRecord, "version">): RecordKeys {
  return { id: primary(record), open: openSendKey(record) };
}

export function primary({ tenant, key, recipient, revision }: BookKey): string {
  return indexKey(tenant, key, recipient, String(revision));
}

/** The chats of {@link askedChats}, two spellings of one number counted once. */
function askedPeople(record: BookRecord): Iterable<string> {
  const chats = askedChats(record);
  return chats.length === 0 ? chats : new Set(chats.map(identityKey));
}

function listed(rows: readonly Row[]): BookRecord[] {
  return rows.map(({ record }) => record).sort(newestFirst);
}
