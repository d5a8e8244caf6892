import type { Policy } from "../plan/plan-types.js";

/** The words of {@link RecipientCheck}, the default first. */
export const RECIPIENT_CHECKS = ["off", "warn", "refuse", "correct"] as const;
/**
 * Is the vendor asked about a recipient before an invitation goes out? Vendors accept a number that WhatsApp does not know in
 * that spelling (a Brazilian mobile with or without its ninth digit), and a group where only admins may write, with a message
 * id; nobody ever sees it.
 * - `off` (default): not asked.
 * - `warn`: what is found is a warning of the plan, under path `to`.
 * - `refuse`: what is known to be wrong is refused before the send: `NOT_FOUND` (not on WhatsApp), `INVALID_ARGUMENT` (known
 *   under another number), `PERMISSION_DENIED` (a group where the account may not write).
 * - `correct`: as `refuse`, but a number that the vendor knows under another spelling is invited under that one. Never by
 *   rewriting digits here: only by the vendor's own answer, and only where the last seven digits are the same.
 *
 * What cannot be found out (no such look-up, no answer, a LID that the vendor does not map) is a warning in all of them. One
 * or more requests for each new invitation; a call that the book can answer makes none.
 */
export type RecipientCheck = (typeof RECIPIENT_CHECKS)[number];

/** What one call may ask for itself. */
export interface CallOptions {
  /** Replaces the policy of the messaging object for this call. */
  readonly policy?: Policy | undefined;
  /** Of `send` and `plan`: is the vendor asked about the recipient first? Replaces the setting of the messaging object. */
  readonly recipientCheck?: RecipientCheck | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Over all attempts. Default 60 000. */
  readonly deadlineMs?: number | undefined;
}
