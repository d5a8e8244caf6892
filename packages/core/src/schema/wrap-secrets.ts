import { isSecret, secret } from "../model/secret.js";
import { SECRET_FORMATS } from "./formats.js";

/**
 * A copy of a checked configuration in which every string that the schema marks as a credential is wrapped. Follows
 * `properties`, `additionalProperties` and `items`, and nothing else: see {@link hidesSecrets}.
 */
export function wrapSecrets(schema: unknown, value: unknown): unknown {
  if (!isObject(schema)) return value;
  if (typeof value === "string") return SECRET_FORMATS.has(String(schema.format)) ? secret(value) : value;
  if (Array.isArray(value)) return value.map((item) => wrapSecrets(schema.items, item));
  if (!isObject(value)) return value;
  const properties = isObject(schema.properties) ? schema.properties : {};
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, wrapSecrets(Object.hasOwn(properties, name) ? properties[name] : schema.additionalProperties, item)]));
}

/** Does a schema mark a credential where {@link wrapSecrets} does not look, such as behind `anyOf` or `$ref`? It would stay plain. */
export function hidesSecrets(schema: unknown): boolean {
  if (!isObject(schema)) return false;
  const { properties, items, additionalProperties, ...elsewhere } = schema;
  return marksSecret(Object.entries(elsewhere).flatMap(([name, value]) => (name === "format" ? [] : [value])))
    || [...(isObject(properties) ? Object.values(properties) : []), items, additionalProperties].some(hidesSecrets);
}

function marksSecret(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(marksSecret);
  return isObject(value) && (SECRET_FORMATS.has(String(value.format)) || Object.values(value).some(marksSecret));
}

/** The same configuration with credentials as plain text: what the schema is checked against, and what a hash is taken of. */
export function unwrapSecrets(value: unknown): unknown {
  if (isSecret(value)) return value.reveal();
  if (Array.isArray(value)) return value.map(unwrapSecrets);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, unwrapSecrets(item)]));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
