import { storeFailed } from "./store-failed.js";

/**
 * A copy of plain JSON that nobody can change: what a store in memory keeps and hands out. Absent values (`undefined`) are
 * left out, as JSON leaves them out.
 *
 * @throws MessagingError `STORE_FAILED` when something in it would not survive JSON.
 */
export function frozenCopy<T>(value: T): T {
  // The copy has the fields of the original and nothing else: this is the checked boundary.
  return copied(value) as T;
}

function copied(value: unknown): unknown {
  if (value === null || typeof value === "string" || typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value))) return value;
  if (typeof value !== "object" || (!Array.isArray(value) && !isPlain(value))) {
    throw storeFailed("store", "the value holds something that is not JSON, such as a function, a Date or NaN", "correct the value");
  }
  // A record changes by parts: those that nobody can change any more need no second copy.
  if (Object.isFrozen(value) && isKept(value)) return value;
  return Object.freeze(Array.isArray(value) ? value.map(copied) : copiedFields(value));
}

/** Frozen through and through, and nothing in it that is not JSON. */
function isKept(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return typeof value === "string" || typeof value === "boolean" || value === null || (typeof value === "number" && Number.isFinite(value));
  if (!Object.isFrozen(value) || (!Array.isArray(value) && !isPlain(value))) return false;
  for (const name in value) if (!isKept(Reflect.get(value, name))) return false;
  return true;
}

function copiedFields(value: object): Readonly<Record<string, unknown>> {
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(value)) {
    const part: unknown = Reflect.get(value, name);
    // Not by assignment: a field named __proto__ would set the prototype.
    if (name === "__proto__") Object.defineProperty(copy, name, { value: copied(part), enumerable: true });
    else if (part !== undefined) copy[name] = copied(part);
  }
  return copy;
}

/** Whatever its realm: an object literal, or one without prototype. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
