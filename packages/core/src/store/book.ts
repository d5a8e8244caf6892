import type { ErrorCode } from "../error/codes.js";
import type { Form, InvitationHandle, SentMessage } from "../model/handle.js";
import type { AccountId, TenantId } from "../model/ids.js";
import type { Guest } from "../model/guest.js";
import type { Fact } from "../model/inbound.js";
import type { Json } from "../model/json.js";
import type { Recipient } from "../model/recipient.js";
import type { Instant } from "../model/time.js";
import type { Person } from "./guest-identity.js";

/** What one call about an invitation is filed under. */
export interface BookKey {
  readonly tenant: TenantId;
  readonly key: string;
  readonly recipient: Recipient;
  readonly revision: number;
}

/**
 * `attempting`: written before the request, so a crash leaves it here. `accepted`: final. `unknown`: the vendor may have
 * acted; nothing repeats it. `not-sent`: proved; it may be begun again, corrected or elsewhere.
 */
export type BookState = "attempting" | "accepted" | "unknown" | "not-sent";
/** `recover`: a question in place of an answer that nobody can read; `handle.key` and `handle.recipient` name the invitation it belongs to. */
export type BookOperation = "send" | "update" | "cancel" | "respond" | "adopt" | "recover";

/** One call about one invitation, and all that is known of it. Plain JSON. */
export interface BookRecord extends BookKey {
  /** Grows with every change; what `change` compares. */
  readonly version: number;
  readonly state: BookState;
  readonly operation: BookOperation;
  /** Of what the call says, without key, tenant and account: tells the same call from another one. */
  readonly fingerprint: string;
  /** Account, form, whole details and every message id so far. */
  readonly handle: InvitationHandle;
  readonly begunAt: Instant;
  /** Of a poll or a numbered text: what its labels mean. Written before the request, kept with the message that it makes. */
  readonly choices?: SentMessage["choices"];
  /** Of a question that went out under an id chosen before the request: its words, so that it can be repeated under that id. */
  readonly text?: string;
  /** Was it repeated, or about to be? Once is enough. */
  readonly repeated?: boolean;
  readonly stage?: "queued" | "handed-over";
  /** Of an attempt, or of a worker that looks after the record. */
  readonly leasedUntil?: Instant;
  /** With `not-sent`: waits in the outbox until then. */
  readonly due?: Instant;
  /** Why it is `unknown` or `not-sent`. */
  readonly code?: ErrorCode;
}

export type Begun =
  | { readonly kind: "begun"; readonly record: BookRecord }
  /** `same`: this very call stands there. `conflict`: another call does. `busy`: the same text is on its way to the same recipient under another key. */
  | { readonly kind: "same" | "conflict" | "busy"; readonly record: BookRecord };

/** What may change in a record. Message ids are only added, `accepted` is final. */
export type BookChange = Partial<Pick<BookRecord, "state" | "handle" | "stage" | "repeated" | "leasedUntil" | "due" | "code">>;

/** One answer to an invitation, as it was received. */
export interface Answer {
  readonly invitation: BookKey;
  readonly guest: Guest;
  readonly form: Form;
  readonly fact: Fact<"rsvp" | "rsvp.unreadable" | "rsvp.unrecognized">;
}

/**
 * The invitation book: the one place that knows what was sent, what is uncertain and who answered. Every method is one
 * transaction; it rejects with `STORE_FAILED`, and then nothing has happened. Nothing is ever found across tenants, except
 * by the id of an account, which belongs to the message and not to the tenant.
 */
export interface InvitationBook {
  /**
   * Before the request. Atomic over the key, and over (account, recipient, fingerprint) of open sends. Inserts, or takes
   * over a `not-sent` record; otherwise says what stands there.
   */
  begin(record: Omit<BookRecord, "version">): Promise<Begun>;
  /** Compare and set. `undefined`: somebody was faster; read again. */
  change(key: BookKey, version: number, change: BookChange): Promise<BookRecord | undefined>;
  /** Newest revision first; of one recipient or of all. */
  records(tenant: TenantId, key: string, recipient?: Recipient): Promise<readonly BookRecord[]>;
  /** The newest record that holds the id: WhatsApp's or one of the vendor's, of any message. */
  byMessage(account: AccountId, id: string): Promise<BookRecord | undefined>;
  /**
   * Accepted records of the account with a text that offers choices and went to this chat, newest first: what a text without
   * a quote may answer. A Brazilian number with and without its ninth digit is one chat (`identityKey`).
   */
  questions(account: AccountId, chat: Recipient): Promise<readonly BookRecord[]>;
  /** Open (`attempting`, `unknown`) records of an account to a recipient: what an echo without a known id is compared with. */
  open(account: AccountId, recipient: Recipient): Promise<readonly BookRecord[]>;
  /** Work: expired attempts, unknown outcomes, due outbox records begun or due before `before`. Leased to one taker each. */
  take(state: Exclude<BookState, "accepted">, before: Instant, leasedUntil: Instant, limit: number): Promise<readonly BookRecord[]>;
  /**
   * Adds the answer and runs the pure `fold` over all answers to (tenant, key, recipient), of every revision, in the same
   * transaction. A known answer changes nothing. `undefined`: the state is what it was.
   */
  answer<State extends Json>(answer: Answer, fold: (all: readonly Answer[]) => State): Promise<{ readonly before?: State; readonly after: State } | undefined>;
  /** Every answer to a key, in the order of receipt. */
  answers(tenant: TenantId, key: string): Promise<readonly Answer[]>;
  /** Files that ids are one person's, because one message or one look-up showed them together. Within the tenant. Repeatable. */
  meet(tenant: TenantId, person: Person): Promise<void>;
  /** Whoever any of the ids belongs to, each with every id that was met, merged by `mergePeople`. Never across tenants. */
  people(tenant: TenantId, ids: readonly string[]): Promise<readonly Person[]>;
  /** What an account taught (`EventMessagingProvider.learn`). */
  learned(account: AccountId): Promise<Readonly<Record<string, string>>>;
  remember(account: AccountId, learned: Readonly<Record<string, string>>): Promise<void>;
}
