import { storeFailed } from "./store-failed.js";

/**
 * A copy of plain JSON that nobody can change: what a store in memory keeps and hands out.
 *
 * @throws MessagingError `STORE_FAILED` when the value is not plain data.
 */
export function frozenCopy<T>(value: T): T {
  return freeze(copy(value));
}

function copy<T>(value: T): T {
  try {
    return structuredClone(value);
  } catch {
    throw storeFailed("store", "the value holds something that is not plain JSON, such as a function", "correct the value");
  }
}

function freeze<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) freeze(part);
  return Object.freeze(value);
}
