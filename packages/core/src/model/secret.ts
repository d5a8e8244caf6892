import { inspect } from "node:util";

const MASK = "[redacted]";
const MARK = Symbol.for("@event-messaging/core/Secret@1");

/**
 * A credential. It prints as `[redacted]` in every sink; only the HTTP clients, webhook checks and webhook set-up call
 * `reveal`. The text is held in a closure: no property, enumerable or not, shows it.
 */
export interface Secret {
  reveal(): string;
  toString(): string;
  toJSON(): string;
}

/** Wraps a credential. An already wrapped one is returned as it is. */
export function secret(text: string | Secret): Secret {
  if (typeof text !== "string") return text;
  const masked = () => MASK;
  return Object.freeze({ reveal: () => text, toString: masked, toJSON: masked, [inspect.custom]: masked, [MARK]: true });
}

/** Is it a wrapped credential, of this copy of the package or another? */
export function isSecret(value: unknown): value is Secret {
  return typeof value === "object" && value !== null && MARK in value;
}

/** The text of a plain or wrapped value, for the few places that may see it. */
export function reveal(value: string | Secret): string {
  return typeof value === "string" ? value : value.reveal();
}
