import type { RsvpResponse } from "../model/guest.js";
import type { Form } from "../model/handle.js";
import type { Lid, Phone, Recipient } from "../model/recipient.js";
import type { Instant } from "../model/time.js";

/** An answer that came after the readable one and that nobody can read: `unreadable` by anyone, `unrecognized` by this version. */
export type PendingAnswer = {
  readonly kind: "unreadable" | "unrecognized";
  readonly at: Instant;
  readonly source: string;
  /** With `source`, what tells votes and edits of one message apart. */
  readonly edition?: string;
  readonly revision: number;
  /** Of an unrecognized one: the vendor's word. */
  readonly raw?: string;
};

/** The answer that counts. */
export type CurrentAnswer = {
  readonly response: RsvpResponse;
  /** People whom the guest brings; 0 unless said. They come only with `GOING`. */
  readonly extraGuests: number;
  readonly at: Instant;
  readonly source: string;
  /** With `source`, what tells votes and edits of one message apart. */
  readonly edition?: string;
  /** The revision that the guest had seen. */
  readonly revision: number;
  readonly form: Form;
  /** The start has changed since: a consent to another date. */
  readonly stale?: true;
};

/** One person's standing. Without `answer` nothing readable has come yet; with `pending` the answer may be outdated. */
export type RsvpGuest = {
  /** Smallest id of the person: see {@link Person}. */
  readonly key: string;
  /** Every id of the person, as seen, in code-unit order. */
  readonly ids: readonly string[];
  /** The phone, LID and name that were seen last. */
  readonly guest: { readonly phone?: Phone; readonly lid?: Lid; readonly name?: string };
  readonly answer?: CurrentAnswer;
  readonly pending?: PendingAnswer;
};

/** Who answered what, in the order of the guests' keys. Plain JSON: equal states are equal text. */
export type RsvpState = { readonly guests: readonly RsvpGuest[] };

/** What an invitation said, from when on. */
export interface SeenRevision {
  readonly recipient: Recipient;
  readonly revision: number;
  readonly startsAt: Instant;
  /** When this revision went out. */
  readonly since: Instant;
}
