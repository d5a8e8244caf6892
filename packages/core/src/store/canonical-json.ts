/**
 * One text for one value: the fields of every object in code-unit order, whatever order they were written in. What two
 * stores, or two runs of a fold, compare with `===`.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (isPlain(part) ? Object.fromEntries(Object.entries(part).sort(byName)) : part)) ?? "null";
}

function isPlain(part: unknown): part is object {
  return typeof part === "object" && part !== null && !Array.isArray(part);
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
