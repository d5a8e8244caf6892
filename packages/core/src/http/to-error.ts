import { MessagingError, type ErrorCode, type Persistence } from "../error/index.js";
import type { Outcome, Phase } from "../model/outcome.js";
import { BLOCKED } from "./public-address.js";

/** What ended an exchange without an answer. */
export type Failure =
  | "blocked" | "unguarded" | "unresolved" | "refused" | "certificate" | "connect-timeout" | "lost"
  | "deadline" | "aborted" | "closed"
  | "malformed" | "too-large"
  | "unsendable" | "setting" | "repeated" | "interceptor" | "bypassed";

/** All that an error may be made of: no URL, header, body or foreign error. */
export interface Facts {
  readonly failure: Failure;
  readonly phase: Phase;
  readonly method: string;
  readonly template: string;
  /** Default: true for GET. */
  readonly reads?: boolean;
  /** Once a final head was read. */
  readonly status?: number | undefined;
  /** With `setting`: the settings at fault, by name. */
  readonly settings?: readonly string[];
}

interface Row {
  readonly code: ErrorCode;
  readonly persistence: Persistence;
  readonly what: string;
  readonly todo: string;
}

const LATER = "try again later";
const NEVER_AGAIN = "find out whether it took effect before repeating it";

const ROWS: Readonly<Record<Failure, Row>> = {
  blocked: { code: "CONFIG_INVALID", persistence: "permanent", what: "the base URL leads to an address that is not public, and is marked as untrusted", todo: "correct the base URL; one that the operator vouches for needs no mark" },
  unguarded: { code: "CONFIG_INVALID", persistence: "permanent", what: "an untrusted base URL cannot be kept off private addresses by a dispatcher of the application's own", todo: "give no dispatcher, or leave the guard to its proxy and take the mark away" },
  unresolved: { code: "UNAVAILABLE", persistence: "transient", what: "the host name could not be resolved", todo: `check the base URL and DNS, or ${LATER}` },
  refused: { code: "UNAVAILABLE", persistence: "transient", what: "no connection could be made", todo: `check that the server is running and reachable, or ${LATER}` },
  certificate: { code: "UNAVAILABLE", persistence: "transient", what: "no secure connection could be made: the server's certificate was not accepted", todo: "correct the certificate, or give a dispatcher that trusts its authority" },
  "connect-timeout": { code: "TIMEOUT", persistence: "transient", what: "no connection was made in time", todo: `check that the server is reachable, or ${LATER}` },
  lost: { code: "UNAVAILABLE", persistence: "transient", what: "the connection was lost before the answer was complete", todo: LATER },
  deadline: { code: "TIMEOUT", persistence: "transient", what: "the deadline passed before the answer was complete", todo: `${LATER}, or allow more time` },
  aborted: { code: "CANCELED", persistence: "permanent", what: "the caller's signal was aborted", todo: "call again if it is still wanted" },
  closed: { code: "STOPPED", persistence: "permanent", what: "the HTTP client was closed", todo: "use an open client" },
  malformed: { code: "PROTOCOL", persistence: "permanent", what: "the answer is not valid HTTP", todo: "check what stands between this program and the server" },
  "too-large": { code: "PROTOCOL", persistence: "permanent", what: "the answer is larger than the limit", todo: "raise limits.maxResponseBytes if such an answer is expected" },
  unsendable: { code: "CONFIG_INVALID", persistence: "permanent", what: "the dispatcher did not accept the request", todo: "give an undici 7 dispatcher that is open, or none" },
  setting: { code: "CONFIG_INVALID", persistence: "permanent", what: "the axios instance or one of its interceptors sets what this client cannot honour", todo: "remove it; a proxy, client certificates or another resolver go into the dispatcher option" },
  repeated: { code: "CONFIG_INVALID", persistence: "permanent", what: "an interceptor or the dispatcher tried to send the request a second time, which was prevented", todo: "remove what retries or redirects; retries belong to the messaging layers" },
  interceptor: { code: "UNKNOWN", persistence: "permanent", what: "an interceptor of the axios instance failed", todo: "correct the interceptor" },
  bypassed: { code: "CONFIG_INVALID", persistence: "permanent", what: "an interceptor of the axios instance answered in place of the HTTP client", todo: "remove what caches, mocks or reroutes requests" },
};

/** A fresh error from the facts: the only place of this folder where a failed exchange becomes one. */
export function toError(facts: Facts): MessagingError {
  const { failure, phase, method, template, status, settings = [] } = facts;
  const { code, persistence, what, todo } = ROWS[failure];
  const reads = facts.reads ?? method === "GET";
  const outcome: Outcome = reads || (phase === "before-write" && failure !== "bypassed") ? "not-sent" : "unknown";
  const named = settings.length === 0 ? "" : ` (${settings.join(", ")})`;
  const consequence = reads ? "Nothing was changed" : outcome === "not-sent" ? "Nothing was sent" : "The request may have taken effect";
  return new MessagingError(`${method} ${template}: ${what}${named}. ${consequence}; ${outcome === "unknown" ? `${NEVER_AGAIN}. To correct it: ${todo}` : todo}.`, {
    code: failure === "closed" && phase !== "before-write" ? "CANCELED" : code,
    outcome, persistence,
    context: { phase, urlTemplate: template, ...(status === undefined ? {} : { status }) },
  });
}

const CERTIFICATE = /^(?:CERT_|ERR_TLS_CERT|ERR_SSL|EPROTO|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA|PATH_LENGTH|CRL_)/;

/** Sorts an error of undici or Node, by its code as a rule; nothing of it goes further. */
export function failureOf(error: unknown, phase: Phase): Failure {
  const code = codeOf(error);
  if (phase === "before-write") {
    if (code === BLOCKED) return "blocked";
    if (code === "ENOTFOUND" || code === "EAI_AGAIN") return "unresolved";
    if (code === "UND_ERR_CONNECT_TIMEOUT" || code === "ETIMEDOUT") return "connect-timeout";
    if (code === "UND_ERR_INVALID_ARG" || code === "UND_ERR_NOT_SUPPORTED" || code === "UND_ERR_CLOSED" || code === "UND_ERR_DESTROYED") return "unsendable";
    return CERTIFICATE.test(code) ? "certificate" : "refused";
  }
  if (code === "UND_ERR_HEADERS_TIMEOUT" || code === "UND_ERR_BODY_TIMEOUT") return "deadline";
  if (code === "UND_ERR_RES_EXCEEDED_MAX_SIZE") return "too-large";
  if (code === "UND_ERR_HEADERS_OVERFLOW" || isParserError(error)) return "malformed";
  return "lost";
}

/** An end too early is the parser's error too, but says that the connection was lost. undici 7 gives no code with either. */
function isParserError(error: unknown): boolean {
  return error instanceof Error && error.name === "HTTPParserError" && !/EOF/.test(error.message);
}

function codeOf(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error && typeof error.code === "string" ? error.code : "";
}
