import type { HttpRequest } from "../driver/http.js";
import type { Issue } from "../model/json.js";
import { isSecret, reveal, type Secret } from "../model/secret.js";

/** Where a request goes. Holds credentials: it stays inside this folder and never enters an error. */
export interface Target {
  readonly origin: string;
  /** Path and query, encoded. */
  readonly path: string;
}

const LITERAL = /^[A-Za-z0-9._~:@!$&'()*+,;=-]+$/;
const PLACEHOLDER = /^\{([A-Za-z][A-Za-z0-9]*)\}$/;
const LONE_SURROGATE = /\p{Surrogate}/u;
const DOTS = /^\.{1,2}$/;
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;

/**
 * Base, template, parameters and query as one target. Every problem is added to `issues`, by path and without its value; the
 * answer is `undefined` when there is one. What comes out has exactly the segments of base and template: this is checked on
 * the parsed URL, because `encodeURIComponent("..")` is `".."`, which the URL parser would resolve.
 */
export function resolveTarget(request: HttpRequest, issues: Issue[]): Target | undefined {
  const before = issues.length;
  const base = readBase(request.baseUrl, issues);
  const path = fillTemplate(request.template, request.params ?? {}, issues);
  const query = encodeQuery(request.query ?? {}, issues);
  if (base === undefined || issues.length > before) return undefined;

  const pathname = base.path + path;
  const parsed = parseUrl(base.origin + pathname + query);
  if (parsed?.origin === base.origin && parsed.pathname === pathname) return { origin: base.origin, path: pathname + query };
  issues.push({ path: "params", message: "would change the shape of the path; each must stay one segment" });
  return undefined;
}

/** May errors and telemetry show it? Only then does it go into an error's context. */
export function isTemplate(template: string): boolean {
  return template.startsWith("/") && template.slice(1).split("/").every((part) => PLACEHOLDER.test(part) || isLiteral(part));
}

function readBase(baseUrl: string, issues: Issue[]): { origin: string; path: string } | undefined {
  const url = typeof baseUrl === "string" && !/[\s\\]/.test(baseUrl) ? parseUrl(baseUrl) : undefined;
  const problem = url === undefined ? "is not a URL"
    : url.protocol !== "http:" && url.protocol !== "https:" ? "must begin with http:// or https://"
    : url.username !== "" || url.password !== "" ? "must not hold a user name or password; use a header"
    : url.search !== "" || url.hash !== "" || /[?#]/.test(baseUrl) ? "must not have a query or fragment"
    : undefined;
  if (problem === undefined && url !== undefined) return { origin: url.origin, path: url.pathname.replace(/\/$/, "") };
  issues.push({ path: "baseUrl", message: problem ?? "is not a URL" });
  return undefined;
}

function fillTemplate(template: string, params: Readonly<Record<string, string | Secret>>, issues: Issue[]): string {
  if (typeof template !== "string" || !isTemplate(template)) {
    issues.push({ path: "template", message: "must be a path whose segments are plain text or {name}" });
    return "";
  }
  const used = new Set<string>();
  const path = template.split("/").map((part) => {
    const name = PLACEHOLDER.exec(part)?.[1];
    if (name === undefined) return part;
    used.add(name);
    return encodeSegment(name, Object.hasOwn(params, name) ? params[name] : undefined, issues);
  }).join("/");
  for (const name of Object.keys(params)) {
    if (!used.has(name)) issues.push({ path: "params", message: "has a name that the template does not use" });
  }
  return path;
}

function encodeSegment(name: string, value: string | Secret | undefined, issues: Issue[]): string {
  const path = `params.${name}`;
  const text = textOf(value);
  if (text === undefined || text === "") issues.push({ path, message: "is missing or empty" });
  else if (DOTS.test(text)) issues.push({ path, message: "must not be a dot segment" });
  else if (CONTROL.test(text)) issues.push({ path, message: "must not hold control characters" });
  else if (LONE_SURROGATE.test(text)) issues.push({ path, message: "is not well-formed text" });
  else return encodeURIComponent(text);
  return "";
}

function encodeQuery(query: Readonly<Record<string, string | Secret>>, issues: Issue[]): string {
  const parts: string[] = [];
  for (const [name, value] of Object.entries(query)) {
    const text = textOf(value);
    if (text === undefined || LONE_SURROGATE.test(text) || !LITERAL.test(name)) issues.push({ path: "query", message: "needs plain names and well-formed text" });
    else parts.push(`${encodeURIComponent(name)}=${encodeURIComponent(text)}`);
  }
  return parts.length === 0 ? "" : `?${parts.join("&")}`;
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" || isSecret(value) ? reveal(value) : undefined;
}

function isLiteral(part: string): boolean {
  return LITERAL.test(part) && !DOTS.test(part);
}

function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined; // Node keeps the text in this error: it goes no further.
  }
}
