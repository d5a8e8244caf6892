import type { AccountId } from "../model/ids.js";
import type { Issue } from "../model/json.js";
import type { Outcome, Phase } from "../model/outcome.js";
import type { CapabilityCode } from "../capability/codes.js";
import type { Plan } from "../plan/plan-types.js";
import { ERROR_CODES, type ErrorCode, type Persistence } from "./codes.js";

const MARK = Symbol.for("@event-messaging/core/MessagingError@1");

/** Where an error arose. An allow-list of harmless facts: never a URL, header, body, vendor's text or foreign error. */
export interface ErrorContext {
  readonly provider?: string;
  readonly account?: AccountId;
  readonly operation?: string;
  readonly capability?: CapabilityCode;
  readonly phase?: Phase;
  /** HTTP status, for diagnosis only: decide by `code` and `outcome`. */
  readonly status?: number;
  /** A fixed word of the adapter's for the vendor's reason, never the vendor's text. */
  readonly vendorCode?: string;
  /** `/api/{session}/events`: the path without anything filled in. */
  readonly urlTemplate?: string;
}

/** What an error is made of. */
export interface MessagingErrorInit {
  readonly code: ErrorCode;
  /** Operations that only read are always `not-sent`. */
  readonly outcome: Outcome;
  readonly persistence: Persistence;
  readonly retryAfterMs?: number | undefined;
  readonly issues?: readonly Issue[] | undefined;
  readonly plan?: Plan | undefined;
  readonly context?: ErrorContext | undefined;
}

/**
 * The only error that this library throws. Its message says the operation, the provider, what is wrong and what to do.
 * There is no `cause`: a foreign error may hold a credential. Test with {@link isMessagingError}, not `instanceof`, which
 * fails across two copies of this package.
 *
 * @example
 * try { await clinic.send(invitation); } catch (error) {
 *   if (isMessagingError(error) && error.outcome === "unknown") flagForAPerson(error);
 * }
 */
export class MessagingError extends Error {
  readonly code: ErrorCode;
  /** What was proved about the vendor: see {@link Outcome}. */
  readonly outcome: Outcome;
  readonly persistence: Persistence;
  /** The vendor's wish, in milliseconds. */
  readonly retryAfterMs?: number;
  /** Every problem of the input at once, by path. Empty for other errors. */
  readonly issues: readonly Issue[];
  /** With `UNSUPPORTED`: what could have been sent, and why not all of it. */
  readonly plan?: Plan;
  readonly context: ErrorContext;

  constructor(message: string, init: MessagingErrorInit) {
    super(message);
    this.name = "MessagingError";
    this.code = init.code;
    this.outcome = init.outcome;
    this.persistence = init.persistence;
    if (init.retryAfterMs !== undefined) this.retryAfterMs = init.retryAfterMs;
    this.issues = init.issues ?? [];
    if (init.plan !== undefined) this.plan = init.plan;
    this.context = allowed(init.context ?? {});
    Object.defineProperty(this, MARK, { value: true });
    // Until its stack is read, an error holds the frames, and with them the body that was sent: a kept error would keep it too.
    void this.stack;
  }
}

/** Nothing but the allow-list, also when plain JavaScript hands in more. */
function allowed({ provider, account, operation, capability, phase, status, vendorCode, urlTemplate }: ErrorContext): ErrorContext {
  return Object.freeze({
    ...(provider !== undefined && { provider }), ...(account !== undefined && { account }), ...(operation !== undefined && { operation }),
    ...(capability !== undefined && { capability }), ...(phase !== undefined && { phase }), ...(status !== undefined && { status }),
    ...(vendorCode !== undefined && { vendorCode }), ...(urlTemplate !== undefined && { urlTemplate }),
  });
}

/** Is it ours, also when it comes from another copy of this package, another module format or another realm? */
export function isMessagingError(value: unknown): value is MessagingError {
  return typeof value === "object" && value !== null && MARK in value && "code" in value && "outcome" in value
    && ERROR_CODES.some((code) => code === value.code) && (value.outcome === "not-sent" || value.outcome === "unknown");
}

/** The only question that retry and failover ask: nothing was sent, and another try may fare better. */
export function mayRepeat(error: MessagingError): boolean {
  return error.outcome === "not-sent" && error.persistence === "transient";
}
