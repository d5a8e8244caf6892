import { ERROR_CODES, MessagingError, type AccountId, type ErrorCode, type OperationName, type Outcome } from "../driver/index.js";
import { numberAt, objectAt, textAt } from "./wire.js";

/** Where something failed. */
export interface Where {
  readonly account: AccountId;
  readonly operation: OperationName;
  /** Reads nothing but: then nothing can have been sent. */
  readonly reads: boolean;
}

/**
 * What an answer other than an acceptance proves. This vendor's refusals say `done: "nothing"` when it did nothing, and that
 * is proof; any other answer, a success without a message id among them, proves nothing.
 */
export function failureOf(where: Where, status: number, json: unknown): MessagingError {
  const refusal = objectAt(json, "error");
  const code = codeOf(textAt(refusal, "reason"));
  const nothing = refusal.done === "nothing";
  if (status >= 400 && code !== undefined) {
    const retryAfterMs = numberAt(refusal, "retry_after_ms");
    return failure(where, { code, outcome: nothing ? "not-sent" : "unknown", status, transient: refusal.again === "later", ...(retryAfterMs !== undefined && { retryAfterMs }) });
  }
  if (status >= 500) return failure(where, { code: "UNAVAILABLE", outcome: "unknown", status, transient: true });
  return failure(where, { code: status < 400 ? "PROTOCOL" : "UNKNOWN", outcome: "unknown", status, transient: false });
}

/** The exchange broke off, or the caller ended it. Before the request nothing happened; afterwards nobody knows. */
export function brokenOff(where: Where, signal: AbortSignal, begun: boolean): MessagingError {
  const code = !signal.aborted ? "UNAVAILABLE" : objectAt(signal, "reason").name === "TimeoutError" ? "TIMEOUT" : "CANCELED";
  return failure(where, { code, outcome: begun ? "unknown" : "not-sent", transient: code !== "CANCELED" });
}

interface Facts {
  readonly code: ErrorCode;
  readonly outcome: Outcome;
  readonly transient: boolean;
  readonly status?: number;
  readonly retryAfterMs?: number;
}

function failure({ account, operation, reads }: Where, { code, outcome, transient, status, retryAfterMs }: Facts): MessagingError {
  const proved = reads ? "not-sent" : outcome;
  const remedy = proved === "not-sent" ? REMEDIES[code] ?? "Nothing was sent." : "It may have been sent: look before sending again.";
  return new MessagingError(`${operation} on provider "memory", account "${account}": ${WORDS[code] ?? "the vendor refused"}. ${remedy}`, {
    code,
    outcome: proved,
    persistence: transient ? "transient" : "permanent",
    retryAfterMs,
    context: { provider: "memory", account, operation, ...(status === undefined ? {} : { status, phase: "complete", vendorCode: code.toLowerCase() }) },
  });
}

function codeOf(reason: string | undefined): ErrorCode | undefined {
  return ERROR_CODES.find((code) => code.toLowerCase() === reason);
}

const WORDS: Partial<Readonly<Record<ErrorCode, string>>> = {
  UNAUTHENTICATED: "the vendor does not know the API key",
  ACCOUNT_NOT_READY: "the line is not connected",
  NOT_FOUND: "the vendor knows no such message",
  CONFLICT: "the vendor's settings are no longer what they were",
  RATE_LIMITED: "too many requests",
  UNSUPPORTED: "the line cannot do that",
  PROTOCOL: "the vendor's answer holds no message id",
  UNAVAILABLE: "the vendor did not answer",
  TIMEOUT: "the deadline passed",
  CANCELED: "the caller ended the call",
};

const REMEDIES: Partial<Readonly<Record<ErrorCode, string>>> = {
  UNAUTHENTICATED: "Nothing was sent: correct `apiKey`.",
  ACCOUNT_NOT_READY: "Nothing was sent: connect the line and send again.",
  RATE_LIMITED: "Nothing was sent: send again later.",
  CONFLICT: "Nothing was changed: plan anew.",
};
