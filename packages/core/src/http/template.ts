import type { HttpRequest } from "../driver/http.js";
import type { Issue } from "../model/json.js";
import { isSecret, reveal, type Secret } from "../model/secret.js";
import { pureMemo } from "./pure-memo.js";

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

/** Segments in which there is nothing that a URL parser could read in another way. */
const PLAIN = /^(?:\/[A-Za-z0-9_-]+)+$/;

/**
 * Base, template, parameters and query as one target. Every problem is added to `issues`, by path and without its value; the
 * answer is `undefined` when there is one. What comes out has exactly the segments of base and template: this is checked on
 * the parsed URL, because `encodeURIComponent("..")` is `".."`, which the URL parser would resolve.
 */
export function resolveTarget(request: HttpRequest, issues: Issue[]): Target | undefined {
  const before = issues.length;
  const base = typeof request.baseUrl === "string" ? readBase(request.baseUrl) : "is not a URL";
  if (typeof base === "string") issues.push({ path: "baseUrl", message: base });
  const path = fillTemplate(request.template, request.params ?? {}, issues);
  const query = request.query === undefined ? "" : encodeQuery(request.query, issues);
  if (typeof base === "string" || issues.length > before) return undefined;

  const pathname = base.path + path;
  if (PLAIN.test(path)) return { origin: base.origin, path: pathname + query };
  const parsed = parseUrl(base.origin + pathname + query);
  if (parsed?.origin === base.origin && parsed.pathname === pathname) return { origin: base.origin, path: pathname + query };
  issues.push({ path: "params", message: "would change the shape of the path; each must stay one segment" });
  return undefined;
}

/** May errors and telemetry show it? Only then does it go into an error's context. */
export function isTemplate(template: string): boolean {
  return partsOf(template).length > 0;
}

/** A segment of a template: text as it stands, or the name of a parameter. */
interface Part {
  readonly text: string;
  readonly name?: string | undefined;
}

/** None, when it is no template. */
const partsOf = pureMemo((template): readonly Part[] => {
  const segments = template.split("/").slice(1);
  if (!template.startsWith("/") || !segments.every((part) => PLACEHOLDER.test(part) || isLiteral(part))) return [];
  return segments.map((text) => ({ text, name: PLACEHOLDER.exec(text)?.[1] }));
});

/** The base in its normal form, or in words what is wrong with it. */
const readBase = pureMemo((baseUrl): string | { readonly origin: string; readonly path: string } => {
  const url = /[\s\\]/.test(baseUrl) ? undefined : parseUrl(baseUrl);
  if (url === undefined) return "is not a URL";
  if (url.protocol !== "http:" && url.protocol !== "https:") return "must begin with http:// or https://";
  if (url.username !== "" || url.password !== "") return "must not hold a user name or password; use a header";
  if (url.search !== "" || url.hash !== "" || /[?#]/.test(baseUrl)) return "must not have a query or fragment";
  return { origin: url.origin, path: url.pathname.replace(/\/$/, "") };
});

function fillTemplate(template: string, params: Readonly<Record<string, string | Secret>>, issues: Issue[]): string {
  const parts = typeof template === "string" ? partsOf(template) : [];
  if (parts.length === 0) {
    issues.push({ path: "template", message: "must be a path whose segments are plain text or {name}" });
    return "";
  }
  let path = "";
  for (const { text, name } of parts) path += `/${name === undefined ? text : encodeSegment(name, Object.hasOwn(params, name) ? params[name] : undefined, issues)}`;
  for (const name of Object.keys(params)) {
    if (!parts.some((part) => part.name === name)) issues.push({ path: "params", message: "has a name that the template does not use" });
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
