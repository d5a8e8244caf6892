import { ControlError } from "./control-error.js";
import { isObject, type JsonObject } from "./json.js";

/** An object out of a control request. Throws `ControlError`, as the others here do. */
export const objectIn = (value: unknown, what: string): JsonObject => {
  if (!isObject(value)) throw new ControlError(`${what}: an object is needed`);
  return value;
};

/** A string that must be there and not be empty. */
export const stringIn = (from: JsonObject, key: string): string => {
  const value = from[key];
  if (typeof value !== "string" || value === "") throw new ControlError(`${key}: a string is needed`);
  return value;
};

interface Kinds {
  readonly string: string;
  readonly number: number;
  readonly boolean: boolean;
}

const isKind = <T extends keyof Kinds>(value: unknown, kind: T): value is Kinds[T] => typeof value === kind;

/** `{[key]: value}` when the key is there, and of that kind; `{}` when it is not. */
export const optional = <K extends string, T extends keyof Kinds>(from: JsonObject, key: K, kind: T): { readonly [P in K]?: Kinds[T] } => {
  const value = from[key];
  const found: { [P in K]?: Kinds[T] } = {};
  if (value === undefined || value === null) return found;
  if (!isKind(value, kind)) throw new ControlError(`${key}: a ${kind} is needed`);
  found[key] = value;
  return found;
};
