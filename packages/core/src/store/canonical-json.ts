/**
 * One text for one value: the fields of every object in code-unit order, whatever order they were written in. What two
 * stores, or two runs of a fold, compare with `===`. Fields that are `undefined` are not there, as in JSON.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value !== "object" || value === null || "toJSON" in value) return JSON.stringify(value) ?? "null";
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const fields: string[] = [];
  for (const [name, part] of Object.entries(value).sort(byName)) {
    if (part !== undefined && typeof part !== "function" && typeof part !== "symbol") fields.push(`${JSON.stringify(name)}:${canonicalJson(part)}`);
  }
  return `{${fields.join(",")}}`;
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
