import { isObject } from "./secret-paths.js";

const WRONG: readonly unknown[] = [null, 12345, "", "no id, no time", [], {}, true, -1e30, [[[]]], { toString: "x" }];

/** A delivery with one place after another broken: left out, and replaced by values of wrong types. At most 1500 variants. */
export function* damaged(json: unknown): Generator<{ readonly json: unknown; readonly where: string }> {
  for (const value of [undefined, ...WRONG]) yield { json: value, where: "the whole" };
  let made = 0;
  for (const path of pathsOf(json)) {
    yield { json: replaced(json, path, undefined), where: path.join(".") };
    for (const value of WRONG) {
      made += 1;
      if (made > 1500) return;
      yield { json: replaced(json, path, value), where: path.join(".") };
    }
  }
}

function pathsOf(value: unknown, at: readonly string[] = []): readonly (readonly string[])[] {
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => [[...at, name], ...pathsOf(inner, [...at, name])]);
}

/** `undefined` takes the member away. */
export function replaced(json: unknown, [name, ...rest]: readonly string[], value: unknown): unknown {
  if (name === undefined) return value;
  if (Array.isArray(json)) return json.map((item, index) => (String(index) === name ? replaced(item, rest, value) : item));
  if (!isObject(json)) return json;
  const { [name]: inner, ...others } = json;
  return rest.length === 0 && value === undefined ? others : { ...others, [name]: replaced(inner, rest, value) };
}
