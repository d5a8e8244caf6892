import { MessagingError, ruleFor, type ErrorCode, type ErrorContext, type HttpResponse, type Outcome, type RefusalRule } from "@event-messaging/core/driver";
import { errorDetail, errorText, value } from "./wire.js";

interface Verdict {
  readonly code: ErrorCode;
  readonly outcome: Outcome;
  readonly persistence: "permanent" | "transient";
  /** Our word for the vendor's reason. */
  readonly word: string;
  /** What is wrong and what to do. */
  readonly say: string;
}

/** What an operation is called in errors. */
export interface Where {
  readonly account: NonNullable<ErrorContext["account"]>;
  readonly operation: string;
  readonly urlTemplate: string;
  /** Of an operation that only reads: nothing can have been sent. */
  readonly reads?: boolean;
  /** What the operator knows beyond the vendor's pages: the option `refusals`. */
  readonly refusals?: readonly RefusalRule[] | undefined;
}

const CREDENTIALS: Verdict = { code: "UNAUTHENTICATED", outcome: "not-sent", persistence: "permanent", word: "client-token", say: "the account security token is missing or wrong; set clientToken to the one that the panel shows" };
const ADDRESS: Verdict = { code: "PERMISSION_DENIED", outcome: "not-sent", persistence: "permanent", word: "address-blocked", say: "this machine's address is not on the account's allow-list; add it in the panel" };
const UNPAID: Verdict = { code: "ACCOUNT_NOT_READY", outcome: "not-sent", persistence: "permanent", word: "subscription-required", say: "the instance's subscription or trial has ended; renew it in the panel" };
const DISCONNECTED: Verdict = { code: "ACCOUNT_NOT_READY", outcome: "not-sent", persistence: "transient", word: "not-connected", say: "the instance is not connected to WhatsApp; link it again in the panel" };
const NO_SESSION: Verdict = { ...DISCONNECTED, word: "session-lost", say: "the instance has lost its session; restore it in the panel" };
const PHONE: Verdict = { code: "REFUSED", outcome: "not-sent", persistence: "permanent", word: "invalid-phone", say: "the recipient is not a valid number; correct it" };
const NO_SUCH_PATH: Verdict = { code: "NOT_FOUND", outcome: "not-sent", persistence: "permanent", word: "no-such-operation", say: "the address has no such operation; check baseUrl" };

/**
 * Refusals that prove that nothing was done, by status and text: documented by the vendor (security/client-token,
 * security/ip-block, instance/status, contacts/report-contact) or seen in several published integrations. The order matters.
 */
const PROVEN: readonly (readonly [statuses: readonly number[], text: RegExp, verdict: Verdict])[] = [
  [[200, 400, 401, 403], /^(?:client-token .*|null) not allowed$/, CREDENTIALS],
  [[400], /^your client-token is not configured$/, CREDENTIALS],
  [[200, 400, 401, 403], /^\S+ not allowed$/, ADDRESS],
  [[400], /must subscribe to this instance again/, UNPAID],
  [[400], /^you are not connected$/, DISCONNECTED],
  [[400], /^you need to restore the session$/, NO_SESSION],
  [[400], /^invalid phone$/, PHONE],
  [[200, 404, 405], /^not_found$/, NO_SUCH_PATH],
];

const SETTINGS: ReadonlySet<string> = new Set(["applyWebhooks", "withdraw"]);

/** Statuses that the vendor documents on every page as refusals of the request's form. */
const BY_STATUS: ReadonlyMap<number, Verdict> = new Map([
  [405, { code: "PROTOCOL", outcome: "not-sent", persistence: "permanent", word: "method-not-allowed", say: "the vendor does not take this method any more; update this package" }],
  [415, { code: "PROTOCOL", outcome: "not-sent", persistence: "permanent", word: "content-type", say: "the vendor does not take this content type; check what stands between this program and the vendor" }],
]);

/** What the operator knows of an answer that nobody documents. `{"value": false}` has no text, so it gets one. */
function ruled(rules: Where["refusals"], status: number, json: unknown): Verdict | undefined {
  const rule = ruleFor(rules, status, [errorText(json), errorDetail(json), value(json) === false ? "value: false" : undefined]);
  return rule && { code: rule.code, outcome: "not-sent", persistence: rule.transient === true ? "transient" : "permanent", word: "known-refusal", say: "the vendor refused in words that the option refusals knows" };
}

/** Everything else proves nothing: the event may be in the vendor's queue. */
function unproven(status: number, json: unknown): Verdict {
  const unknown = (code: ErrorCode, word: string, say: string, persistence: Verdict["persistence"] = "permanent"): Verdict => ({ code, outcome: "unknown", persistence, word, say });
  const words = normalised(errorText(json));
  if (/smartphone is not responding/.test(words)) return unknown("UNAVAILABLE", "smartphone-not-responding", "the phone behind the instance does not respond", "transient");
  if (status >= 200 && status < 300) {
    if (words !== "") return unknown("REFUSED", "error-in-success", "the vendor answered success and an error at once");
    if (value(json) === false) return unknown("REFUSED", "value-false", "the vendor answered that it refused, in a form that it does not document here");
    return unknown("PROTOCOL", "no-message-id", "the vendor answered success without a message id");
  }
  if (status < 400) return unknown("PROTOCOL", "redirect", "the vendor redirected the request, which is never followed; check baseUrl");
  if (status === 401) return unknown("UNAUTHENTICATED", "unauthorized", "the vendor refused the credentials; check instance, token and clientToken");
  if (status === 403) return unknown("PERMISSION_DENIED", "forbidden", "access was refused; check instance, token, clientToken and the panel's address list");
  if (status === 404) return unknown("NOT_FOUND", "not-found", "the vendor knows no such instance or chat; check instance, token and recipient");
  if (status === 408) return unknown("TIMEOUT", "request-timeout", "the vendor gave up waiting", "transient");
  if (status === 429) return unknown("RATE_LIMITED", "rate-limited", "the vendor asks for fewer requests; wait", "transient");
  if (status >= 500) return unknown("UNAVAILABLE", "server-error", "the vendor failed", "transient");
  return unknown("REFUSED", "refused", "the vendor refused the request without a reason that is known; check the input");
}

/**
 * The error for an answer that is no success. Only what the vendor documents or integrations recorded is `not-sent`;
 * `docs/decisions/outcomes.md` tabulates it. Holds none of the vendor's text, which can repeat a credential.
 */
export function refusal(response: HttpResponse, { account, operation, urlTemplate, reads, refusals }: Where, now: number): MessagingError {
  const { status, json } = response;
  const words = normalised(errorText(json));
  const proven = PROVEN.find(([statuses, text]) => statuses.includes(status) && text.test(words))?.[2];
  const verdict = isRealNotFound(proven, json) ? proven : (BY_STATUS.get(status) ?? ruled(refusals, status, json) ?? unproven(status, json));
  const outcome = reads === true ? "not-sent" : verdict.outcome;
  const look = outcome === "not-sent" ? "" : SETTINGS.has(operation) ? "; look at the panel" : "; look whether the message arrived";
  return new MessagingError(`zapi ${operation} on account "${account}": ${verdict.say}${look}.`, {
    code: verdict.code,
    outcome,
    persistence: verdict.persistence,
    retryAfterMs: retryAfter(response, now),
    context: { provider: "zapi", account, operation, status, vendorCode: verdict.word, phase: "complete", urlTemplate },
  });
}

/** `NOT_FOUND` alone could be about a chat or an event; with the router's sentence it is about the path. */
function isRealNotFound(proven: Verdict | undefined, json: unknown): proven is Verdict {
  if (proven !== NO_SUCH_PATH) return proven !== undefined;
  return normalised(errorDetail(json)) === "unable to find matching target resource method";
}

function normalised(words: string | undefined): string {
  return (words ?? "").trim().toLowerCase().replace(/(?<![.!\s])[.!\s]+$/, "").slice(0, 512);
}

/** `Retry-After` in milliseconds, as seconds or as a date. */
function retryAfter({ headers }: HttpResponse, now: number): number | undefined {
  const wish = headers.get("retry-after");
  if (wish === undefined) return undefined;
  const ms = /^[0-9]{1,6}$/.test(wish) ? Number(wish) * 1000 : Date.parse(wish) - now;
  return Number.isFinite(ms) && ms >= 0 ? ms : undefined;
}

/**
 * The failure of a message after it was accepted, out of `DeliveryCallback`. `not-sent` where the text says that it cannot
 * have arrived, or where one of `rules` does, at status 200; a time-out proves nothing. Z-API docs: webhooks/on-message-send.
 */
export function deliveryFailure(error: string | undefined, errorCode: string | undefined, rules?: Where["refusals"]): { readonly vendorCode: string; readonly outcome: Outcome } {
  const words = normalised(error);
  if (words === "phone number does not exist") return { vendorCode: "phone-does-not-exist", outcome: "not-sent" };
  if (words === "this type of message can only be sent in groups") return { vendorCode: "group-only", outcome: "not-sent" };
  const word = words === "timeout on send message" ? "send-timeout" : errorCode === "SHADOW_BAN" ? "shadow-ban" : undefined;
  if (ruleFor(rules, 200, [error, errorCode])) return { vendorCode: word ?? "known-refusal", outcome: "not-sent" };
  return { vendorCode: word ?? "other", outcome: "unknown" };
}
