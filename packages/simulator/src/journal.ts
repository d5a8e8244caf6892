/** What a phone in the chat would show. Times are ISO 8601 in UTC as the phone understands them, whatever the request said. */
export interface Shown {
  readonly title?: string;
  readonly description?: string;
  readonly startsAt?: string;
  readonly endsAt?: string;
  readonly location?: string;
  readonly call?: "voice" | "video";
  readonly joinLink?: string;
  readonly extraGuestsAllowed?: boolean;
  readonly canceled?: boolean;
  readonly text?: string;
  readonly question?: string;
  readonly options?: readonly string[];
  /** Of a poll: more than one option may be chosen. Absent: one. */
  readonly severalAnswers?: boolean;
  /** Bare id of the quoted message. */
  readonly replyTo?: string;
}

export type Act =
  | "request.received"
  | "request.refused"
  | "event.created"
  | "event.edited"
  | "event.canceled"
  /** A guest answered an event. */
  | "event.answered"
  /** The account itself answered an event. */
  | "event.responded"
  | "poll.created"
  | "poll.voted"
  | "text.sent"
  | "text.received"
  | "message.revoked"
  | "message.queued"
  | "message.delivered"
  | "message.failed"
  | "status.changed"
  | "webhook.delivered"
  | "webhook.failed";

/** One thing that the vendor did. Never holds a credential. */
export interface JournalEntry {
  /** 1 for the first entry, one more for each. */
  readonly n: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly vendor: "zapi" | "waha";
  /** Instance id or session name. */
  readonly account: string;
  readonly act: Act;
  /** In the vendor's spelling. */
  readonly chat?: string;
  /** Bare WhatsApp id. */
  readonly messageId?: string;
  /** Bare id of the message that was answered, edited or revoked. */
  readonly target?: string;
  /** Who did it, in the vendor's spelling; absent when the account did. */
  readonly by?: string;
  readonly response?: string;
  readonly extraGuests?: number;
  /** The answer reached the account but could not be decrypted. */
  readonly unreadable?: boolean;
  readonly shown?: Shown;
  readonly detail?: string;
  /** An HTTP status. */
  readonly status?: number;
  /** Which operation, or which webhook event. */
  readonly operation?: string;
}

export interface JournalFilter {
  /** Only entries with a greater `n`. */
  readonly since?: number;
  readonly act?: Act;
  readonly account?: string;
  readonly chat?: string;
  readonly messageId?: string;
}

/** Append-only record of what the vendor did, in order. Evidence is checked against it. */
export class Journal {
  readonly #entries: JournalEntry[] = [];
  readonly #listeners = new Set<(entry: JournalEntry) => void>();

  constructor(
    readonly vendor: "zapi" | "waha",
    private readonly now: () => number = Date.now,
  ) {}

  add(entry: Omit<JournalEntry, "n" | "at" | "vendor">): JournalEntry {
    const full: JournalEntry = Object.freeze({ n: this.#entries.length + 1, at: new Date(this.now()).toISOString(), vendor: this.vendor, ...entry });
    this.#entries.push(full);
    for (const listener of this.#listeners) listener(full);
    return full;
  }

  entries(filter: JournalFilter = {}): readonly JournalEntry[] {
    return this.#entries.filter(
      (entry) =>
        entry.n > (filter.since ?? 0) &&
        (filter.act === undefined || entry.act === filter.act) &&
        (filter.account === undefined || entry.account === filter.account) &&
        (filter.chat === undefined || entry.chat === filter.chat) &&
        (filter.messageId === undefined || entry.messageId === filter.messageId),
    );
  }

  count(act: Act, account?: string): number {
    return this.entries({ act, ...(account === undefined ? {} : { account }) }).length;
  }

  /** Calls back for each later entry; returns the function that ends it. */
  listen(listener: (entry: JournalEntry) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
