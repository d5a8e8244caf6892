import type { Issue } from "../model/json.js";
import { isSecret, reveal } from "../model/secret.js";

const NAME = /^[A-Za-z][A-Za-z0-9_-]*$/;
const VALUE = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;

/** The wire's own: a caller who sets one would break the framing of requests. */
const FRAMING = new Set([
  "accept-encoding", "connection", "content-length", "expect", "host", "http2-settings", "keep-alive", "proxy-authorization", "proxy-connection",
  "te", "trailer", "transfer-encoding", "upgrade",
]);
/** Of those, what an axios instance may hold without harm: dropped, not refused. */
const HARMLESS = new Set(["accept-encoding", "connection", "content-length", "keep-alive"]);

/** What the wire can undo. */
export const ACCEPT_ENCODING = "gzip, deflate, br";

/**
 * The headers of one request, names in lower case. Values are visible ASCII, so that no header can be added through one;
 * problems go to `issues` and never hold a value. `lenient`, for what an axios instance ends up with, drops absent values and
 * harmless framing headers, and lets the later of two spellings win.
 */
export function readHeaders(entries: Iterable<readonly [string, unknown]>, issues: Issue[], lenient = false): Map<string, string> {
  const headers = new Map<string, string>();
  for (const [name, value] of entries) {
    const key = name.toLowerCase();
    if (lenient && (value === undefined || value === null || value === false || HARMLESS.has(key))) continue;
    const text = textOf(value);
    if (!NAME.test(name)) issues.push({ path: "headers", message: "has a name that is not a header name" });
    else if (FRAMING.has(key)) issues.push({ path: `headers.${name}`, message: "is set by the HTTP client itself" });
    else if (headers.has(key) && !lenient) issues.push({ path: `headers.${name}`, message: "is given twice" });
    else if (text === undefined || !VALUE.test(text)) issues.push({ path: `headers.${name}`, message: "must be visible ASCII, without line breaks" });
    else headers.set(key, text);
  }
  return headers;
}

function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value.join(", ");
  return isSecret(value) ? reveal(value) : undefined;
}
