/** Anything that survives `JSON.parse(JSON.stringify(value))` unchanged. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** One problem of an input: where it is (`"location.name"`, `""` for the whole) and what would be right. */
export interface Issue {
  readonly path: string;
  readonly message: string;
}

/** Deeper than any sensible setting, far from where recursion fails. */
const MAX_DEPTH = 32;

/**
 * A copy that shares nothing with the value; `undefined` when it is not JSON: a function, a `Date`, `NaN`, something that
 * holds itself, or nesting deeper than 32. A field that is `undefined` is left out, as JSON leaves it out. Never throws.
 */
export function copyJson(value: unknown, depth = MAX_DEPTH): Json | undefined {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  if (typeof value !== "object" || depth === 0) return undefined;
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    const copies = items.map((item) => copyJson(item, depth - 1)).filter((item) => item !== undefined);
    return copies.length === items.length ? copies : undefined;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return undefined;
  const fields = Object.entries(value).filter(([, item]) => item !== undefined);
  const copies = fields.flatMap(([name, item]): [string, Json][] => {
    const copy = copyJson(item, depth - 1);
    return copy === undefined ? [] : [[name, copy]];
  });
  return copies.length === fields.length ? Object.fromEntries(copies) : undefined;
}
