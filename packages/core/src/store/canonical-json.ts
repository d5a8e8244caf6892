/**
 * One text for one value: the fields of every object in code-unit order, whatever order they were written in. What two
 * stores, or two runs of a fold, compare with `===`. Fields that are `undefined` are not there, as in JSON.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value !== "object" || value === null || "toJSON" in value) return JSON.stringify(value) ?? "null";
  let text = "";
  if (Array.isArray(value)) {
    for (const part of value) text += `${text === "" ? "" : ","}${canonicalJson(part)}`;
    return `[${text}]`;
  }
  for (const name of Object.keys(value).sort()) {
    const part: unknown = Reflect.get(value, name);
    if (part === undefined || typeof part === "function" || typeof part === "symbol") continue;
    text += `${text === "" ? "" : ","}${JSON.stringify(name)}:${canonicalJson(part)}`;
  }
  return `{${text}}`;
}
