import type { HttpRequest } from "../driver/http.js";
import { invalidArgument } from "../error/index.js";
import type { Issue } from "../model/json.js";
import { ACCEPT_ENCODING, readHeaders } from "./headers.js";
import { isTemplate, resolveTarget, type Target } from "./template.js";

/** A checked request, ready to be written. Holds credentials: it stays inside this folder. */
export interface Prepared {
  readonly method: HttpRequest["method"];
  readonly template: string;
  readonly target: Target;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string | undefined;
  readonly reads: boolean;
  readonly deadlineMs: number;
  readonly maxResponseBytes: number;
  readonly untrusted: boolean;
}

const METHODS = ["GET", "POST", "PUT", "DELETE"];
const DEADLINE_MS = 30_000;
const MAX_RESPONSE_BYTES = 1_048_576;
/** Longer timers fire at once in Node. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** Checks everything that can be checked before any I/O; throws `INVALID_ARGUMENT` with every problem, quoting no value. */
export function prepare(request: HttpRequest): Prepared {
  const issues: Issue[] = [];
  const { deadlineMs = DEADLINE_MS, maxResponseBytes = MAX_RESPONSE_BYTES } = request.limits ?? {};
  if (!METHODS.includes(request.method)) issues.push({ path: "method", message: `must be one of ${METHODS.join(", ")}` });
  if (!(deadlineMs > 0 && deadlineMs <= LONGEST_TIMER_MS)) issues.push({ path: "limits.deadlineMs", message: "must be a number of milliseconds above 0 and below 2^31" });
  if (!(Number.isSafeInteger(maxResponseBytes) && maxResponseBytes > 0)) issues.push({ path: "limits.maxResponseBytes", message: "must be a whole number above 0" });
  const target = resolveTarget(request, issues);
  const headers = readHeaders(Object.entries(request.headers ?? {}), issues);
  const body = encodeBody(request, issues);
  if (target === undefined || issues.length > 0) {
    const shown = typeof request.template === "string" && isTemplate(request.template) ? { urlTemplate: request.template } : {};
    throw invalidArgument("The HTTP request is not valid", issues, { phase: "before-write", ...shown });
  }
  if (!headers.has("accept")) headers.set("accept", "application/json");
  headers.set("accept-encoding", ACCEPT_ENCODING);
  if (body !== undefined) headers.set("content-type", "application/json");
  return { method: request.method, template: request.template, reads: request.reads ?? request.method === "GET", target, headers, body, deadlineMs, maxResponseBytes, untrusted: request.untrustedBaseUrl === true };
}

function encodeBody({ method, json }: HttpRequest, issues: Issue[]): string | undefined {
  if (json === undefined) return undefined;
  if (method === "GET") issues.push({ path: "json", message: "is not allowed with GET" });
  const text = stringify(json);
  if (text === undefined) issues.push({ path: "json", message: "cannot be written as JSON" });
  return text;
}

function stringify(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}
