import type { AskedAbout, RecoveryQuestion } from "./recovery-question.js";

/**
 * What is done about an answer that nobody can read.
 *
 * - `human` (the default): the event `rsvp.unreadable`, and the guest stands in `answers()` as pending.
 * - `nothing`: the guest stands in `answers()` as pending, and no handler is called.
 * - `ask-by-text`: a numbered text; `poll`: a poll; `resend`: the card once more, which is a second card in the chat, and a
 *   later update or cancellation changes the first one only.
 */
export type UnreadablePolicy = (typeof UNREADABLE_POLICIES)[number];
/** The words of {@link UnreadablePolicy}, the default first. */
export const UNREADABLE_POLICIES = ["human", "nothing", "ask-by-text", "poll", "resend"] as const;

/** See {@link UnreadablePolicy}. A policy that the account does not support counts as `human`. */
export interface UnreadableOptions {
  readonly policy: UnreadablePolicy;
  /** Milliseconds to wait for the readable answer that may follow under the same id, before anything is sent. Default 60 000. */
  readonly afterMs?: number | undefined;
  /** The words, for example in the guest's language. Default: English. Not called for `resend`. */
  readonly question?: ((about: AskedAbout) => RecoveryQuestion) | undefined;
}
