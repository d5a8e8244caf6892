import { isUtf8 } from "node:buffer";

/** Deeper than any vendor's answer, far from where recursive code fails. */
const MAX_DEPTH = 64;
const BYTE_ORDER_MARK = "\ufeff";

/**
 * Bytes from the wire as JSON, or `undefined` when they are not: empty, not UTF-8, malformed, or nested deeper than 64.
 * Keys that could reach a prototype (`__proto__`; `constructor` with a `prototype`) are left out.
 */
export function readJson(bytes: Buffer): unknown {
  if (bytes.length === 0 || !isUtf8(bytes)) return undefined;
  const decoded = bytes.toString("utf8");
  const text = decoded.startsWith(BYTE_ORDER_MARK) ? decoded.slice(1) : decoded;
  if (!isShallow(bytes)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (mayReachPrototype(text)) dropPrototypeKeys(value);
    return value;
  } catch {
    return undefined; // V8 quotes the text near the fault: the error goes no further.
  }
}

const QUOTE = 0x22, BACKSLASH = 0x5c, OPEN_LIST = 0x5b, CLOSE_LIST = 0x5d, OPEN_OBJECT = 0x7b, CLOSE_OBJECT = 0x7d;

/** One pass over the bytes, without recursion. Non-ASCII bytes of UTF-8 are never any of these characters. */
function isShallow(bytes: Buffer): boolean {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (inText) {
      if (byte === BACKSLASH) at++;
      else if (byte === QUOTE) inText = false;
    } else if (byte === QUOTE) inText = true;
    else if (byte === OPEN_LIST || byte === OPEN_OBJECT) {
      if (++depth > MAX_DEPTH) return false;
    } else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) depth--;
  }
  return true;
}

/** Cheap and generous: an escaped letter may spell any key. */
function mayReachPrototype(text: string): boolean {
  return text.includes("__proto__") || text.includes("constructor") || text.includes("\\u");
}

function dropPrototypeKeys(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  if (Object.hasOwn(value, "__proto__")) Reflect.deleteProperty(value, "__proto__");
  if ("constructor" in value && Object.hasOwn(value, "constructor")) {
    const inner = value.constructor;
    if (typeof inner === "object" && inner !== null && Object.hasOwn(inner, "prototype")) Reflect.deleteProperty(value, "constructor");
  }
  for (const item of Object.values(value)) dropPrototypeKeys(item);
}
