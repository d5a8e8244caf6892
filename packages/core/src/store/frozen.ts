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
  if (Array.isArray(value)) return Object.freeze(value.map(copied));
  if (typeof value === "object" && isPlain(value)) {
    return Object.freeze(Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined).map(([name, part]) => [name, copied(part)])));
  }
  throw storeFailed("store", "the value holds something that is not JSON, such as a function, a Date or NaN", "correct the value");
}

/** Whatever its realm: an object literal, or one without prototype. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
