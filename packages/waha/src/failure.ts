import { MessagingError, ruleFor, type AccountId, type ErrorCode, type HttpResponse, type Outcome, type Persistence, type RefusalRule } from "@event-messaging/core/driver";
import { at, numeric, text } from "./wire.js";

/** What one answer of the server proves. `vendorCode` is ours; `what` and `remedy` are fixed words, never the vendor's. */
export interface Refusal {
  readonly code: ErrorCode;
  readonly outcome: Outcome;
  readonly persistence: Persistence;
  readonly vendorCode: string;
  readonly what: string;
  readonly remedy: string;
}

const refusal = (outcome: Outcome, code: ErrorCode, persistence: Persistence, vendorCode: string, what: string, remedy: string): Refusal =>
  ({ code, outcome, persistence, vendorCode, what, remedy });
const proven = (code: ErrorCode, vendorCode: string, what: string, remedy: string, persistence: Persistence = "permanent") =>
  refusal("not-sent", code, persistence, vendorCode, what, remedy);
const open = (code: ErrorCode, vendorCode: string, what: string, remedy: string, persistence: Persistence = "permanent") =>
  refusal("unknown", code, persistence, vendorCode, what, remedy);

const SESSION_UNKNOWN = proven("NOT_FOUND", "session-unknown", "the server has no such session", "create the session, or correct session");
const SESSION_STOPPED = proven("ACCOUNT_NOT_READY", "session-stopped", "the session is stopped", "start the session");
const LOOK = "look for the message before sending again";

/**
 * Judges an answer by its shape first, because WAHA's four kinds of error bodies share statuses. Only what WAHA documents,
 * its published source or a recording shows to stop before the engine is `not-sent`. Source: WAHA 2025.11.3 recordings,
 * WAHA docs (sessions, security), devlikeapro/waha issues 1329, 1904, 2117, 2170.
 */
export function judge({ status, json }: Pick<HttpResponse, "status" | "json">): Refusal {
  if (status >= 200 && status < 300) return open("PROTOCOL", "no-message-id", "the server accepted the call and named no message", LOOK);
  if (status >= 300 && status < 400) return open("PROTOCOL", "redirect", "the server redirects", "correct baseUrl; redirects are never followed");
  const framework = text(at(json, "message")) !== undefined || Array.isArray(at(json, "message"));
  if (framework && at(json, "exception") === undefined) return byFramework(status, json) ?? byStatus(status);
  if (status === 422 && text(at(json, "error")) !== undefined) return bySession(json);
  if (status === 500 && at(json, "exception") !== undefined) return byException(at(json, "exception"));
  return byStatus(status);
}

/** Family A: `{message, error?, statusCode}`. */
function byFramework(status: number, json: unknown): Refusal | undefined {
  const message = text(at(json, "message")) ?? "";
  switch (status) {
    case 400: return proven("REFUSED", "bad-request", "the server refused the request as invalid", "compare the server's version with the supported ones and report this");
    case 401: return proven("UNAUTHENTICATED", "unauthorized", "the server does not accept the API key", "correct apiKey: the plain key, also when the server stores a hash");
    case 403: return proven("PERMISSION_DENIED", "forbidden", "the API key may not do this", "give the key the scope for this session (send, setting)");
    case 404: return byMissing(message);
    case 422: return byEdition(message);
    case 501: return proven("REFUSED", "engine-lacks-it", "the session's engine cannot do this", "run the session on the GOWS engine");
    default: return undefined;
  }
}

function byMissing(message: string): Refusal | undefined {
  if (/^Cannot (?:GET|POST|PUT|DELETE) /.test(message)) return proven("NOT_FOUND", "no-such-route", "the server has no such route", "correct baseUrl, or upgrade the server (events exist since May 2025)");
  if (message === "Session not found") return SESSION_UNKNOWN;
  if (message.startsWith("We didn't find a session with name")) return SESSION_STOPPED;
  return undefined;
}

function byEdition(message: string): Refusal | undefined {
  if (message.startsWith("WAHA Core support only 'default' session")) return proven("PERMISSION_DENIED", "single-session-edition", "this edition of the server runs only the session \"default\"", "upgrade to 2026.6.1 or later");
  if (message.startsWith("The feature is available only in Plus version")) return proven("PERMISSION_DENIED", "edition", "this edition of the server lacks the feature", "upgrade to 2026.6.1 or later");
  return undefined;
}

/** Family B: `{error, session?, status?, expected?}`, without `message` and `statusCode`. Comes after 5 to 15 seconds. */
function bySession(json: unknown): Refusal {
  const state = text(at(json, "status"));
  if (state === undefined) {
    return text(at(json, "session")) === undefined
      ? proven("REFUSED", "session-name-missing", "the server missed the session's name", "report this")
      : SESSION_UNKNOWN;
  }
  const notReady = (vendorCode: string, what: string, remedy: string, persistence: Persistence = "permanent") =>
    proven("ACCOUNT_NOT_READY", vendorCode, what, remedy, persistence);
  switch (state) {
    case "STARTING": return notReady("session-starting", "the session is starting", "try again in a few seconds", "transient");
    case "STOPPED": return SESSION_STOPPED;
    case "SCAN_QR_CODE": return notReady("session-unpaired", "the session is not linked to a phone", "scan the QR code");
    case "PASSKEY_REQUIRED":
    case "PASSKEY_CONFIRMATION_REQUIRED": return notReady("session-passkey", "the session waits for a passkey", "confirm the passkey in a browser");
    case "FAILED": return notReady("session-failed", "the session has failed", "restart it; link the phone again if that does not help");
    default: return notReady("session-not-working", "the session is in a state that this version does not know", "see the server's dashboard");
  }
}

/** Family C: 500 with `exception`. Proven are WhatsApp's own refusals and faults before the engine was asked. */
function byException(exception: unknown): Refusal {
  const message = text(at(exception, "message")) ?? "";
  const [, number] = /server returned error (\d{3,4})\b/.exec(message) ?? [];
  switch (number) {
    case undefined: return byFault(exception, message);
    case "463": return proven("REFUSED", "whatsapp-463", "WhatsApp does not let this account open new chats at present", "wait, or let the guest write first; see the phone's account notices");
    case "475": return proven("REFUSED", "whatsapp-475", "the account's quota of new chats is used up", "wait for the next cycle");
    case "400": return open("REFUSED", "whatsapp-400", "WhatsApp refused the message", `restart the session on servers before 2026.5; ${LOOK}`);
    case "403": return open("REFUSED", "whatsapp-403", "WhatsApp refused the message", `check that the account may write to this chat; ${LOOK}`);
    default: return open("REFUSED", "whatsapp-other", "WhatsApp refused the message", LOOK);
  }
}

/** A fault of the server or its engine, not of WhatsApp. */
function byFault(exception: unknown, message: string): Refusal {
  if (text(at(exception, "type")) === "entity.too.large") return proven("REFUSED", "too-large", "the server refused the request as too large", "shorten the texts");
  if (/serialization failure/i.test(message)) return proven("REFUSED", "not-serialisable", "the server could not pass the request to its engine", "report this");
  if (message.startsWith("Message id be in format")) return proven("REFUSED", "message-id-refused", "the server does not accept the id of the quoted message", "quote by the bare id");
  if (message === "item-not-found") return open("NOT_FOUND", "item-not-found", "WhatsApp knows no such group or contact", "correct the id");
  const code = numeric(at(exception, "code"));
  if (code === 4) return open("TIMEOUT", "engine-deadline", "the engine did not answer in time", LOOK, "transient");
  if (code === 14) return open("UNAVAILABLE", "engine-unavailable", "the engine cannot be reached", `${LOOK}; restart the session if it lasts`, "transient");
  return text(at(exception, "name")) === "TypeError"
    ? open("UNKNOWN", "server-fault", "the server failed; its engine may not be connected", `check the session; ${LOOK}`)
    : open("UNKNOWN", "server-error", "the server failed", LOOK);
}

/** Answers without a known shape: a proxy in front, another program, a later version. */
function byStatus(status: number): Refusal {
  switch (status) {
    case 400: return open("REFUSED", "http-400", "something refused the request in a shape that is not WAHA's", LOOK);
    case 401: return open("UNAUTHENTICATED", "http-401", "something in front of the server asks for credentials", "correct baseUrl or the proxy");
    case 403: return open("PERMISSION_DENIED", "http-403", "something in front of the server refuses", "correct baseUrl or the proxy");
    case 404: return open("NOT_FOUND", "http-404", "there is nothing at this address, or the thing is gone", "correct baseUrl");
    case 408:
    case 504: return open("TIMEOUT", `http-${status}`, "a proxy gave up waiting for the server", LOOK, "transient");
    case 422: return open("REFUSED", "http-422", "the server refused the request for a reason that this version does not know", LOOK);
    case 429: return open("RATE_LIMITED", "http-429", "something limits the rate of requests", LOOK, "transient");
    case 502:
    case 503: return open("UNAVAILABLE", `http-${status}`, "the server cannot be reached through its proxy", LOOK, "transient");
    default: return open("UNKNOWN", status >= 500 ? "http-5xx" : "http-other", "the server gave an answer that this version does not know", LOOK);
  }
}

/** As {@link judge}; where that leaves the outcome open, the operator's own rules are asked. */
function judgeWith(rules: readonly RefusalRule[] | undefined, response: Pick<HttpResponse, "status" | "json">): Refusal {
  const found = judge(response);
  const rule = found.outcome === "unknown" ? ruleFor(rules, response.status, wordsOf(response.json)) : undefined;
  if (rule === undefined) return found;
  return proven(rule.code, "known-refusal", "the server refused in words that one of the account's refusals knows", "mend what that rule is about; nothing was sent", rule.transient === true ? "transient" : "permanent");
}

/** Wherever a server writes its reasons; a framework's `message` may be a list. */
function wordsOf(json: unknown): readonly (string | undefined)[] {
  const message = at(json, "message");
  return [...(Array.isArray(message) ? message : [message]), at(json, "error"), at(json, "exception", "message")].map(text);
}

/** Where an answer came from. `reads`: the operation changes nothing, so a failure is always `not-sent`. */
export interface Asked {
  readonly account: AccountId;
  readonly operation: string;
  readonly template: string;
  readonly reads: boolean;
  readonly refusals?: readonly RefusalRule[] | undefined;
}

/** A fresh error for an answer; nothing of the answer but its status goes into it. */
export function failureOf(response: HttpResponse, asked: Asked): MessagingError {
  const found = judgeWith(asked.refusals, response);
  return new MessagingError(`${asked.operation} through waha: ${found.what} (status ${response.status}). To do: ${found.remedy}.`, {
    code: found.code,
    outcome: asked.reads ? "not-sent" : found.outcome,
    persistence: found.persistence,
    retryAfterMs: retryAfterMs(response),
    context: {
      provider: "waha", account: asked.account, operation: asked.operation, phase: "complete",
      status: response.status, vendorCode: found.vendorCode, urlTemplate: asked.template,
    },
  });
}

/** `Retry-After` in seconds, at most 15 minutes; the form with a date is left to the caller's own back-off. */
function retryAfterMs({ status, headers }: HttpResponse): number | undefined {
  const seconds = numeric(headers.get("retry-after"));
  return (status === 429 || status === 503) && seconds !== undefined && seconds >= 0 ? Math.min(seconds, 900) * 1000 : undefined;
}
