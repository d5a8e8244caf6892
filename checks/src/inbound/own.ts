export type JsonObject = { [name: string]: unknown };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value at a path of own members; `undefined` as soon as one is missing or no object. */
export function own(value: unknown, ...path: readonly string[]): unknown {
  let inner = value;
  for (const name of path) {
    if (!isObject(inner) || !Object.hasOwn(inner, name)) return undefined;
    inner = inner[name];
  }
  return inner;
}

/** The object at a path, to be changed. */
export function holder(value: unknown, ...path: readonly string[]): JsonObject {
  const inner = own(value, ...path);
  if (!isObject(inner)) throw new TypeError(`nothing to change at ${path.join(".")}`);
  return inner;
}
