/** Where in a configuration something stands. */
export type Path = readonly string[];

const SECRET_FORMATS: readonly unknown[] = ["secret", "secret-path-segment", "passphrase"];

/** The places of the given credentials. */
export function secretPaths(config: unknown, secrets: readonly string[], at: Path = []): readonly Path[] {
  if (typeof config === "string") return secrets.includes(config) ? [at] : [];
  return isObject(config) ? Object.entries(config).flatMap(([name, value]) => secretPaths(value, secrets, [...at, name])) : [];
}

/** Does the schema say that a credential stands there? Follows what core's own wrapping follows: properties and items. */
export function isSecretAt(schema: unknown, [name, ...rest]: Path): boolean {
  if (!isObject(schema)) return false;
  if (name === undefined) return SECRET_FORMATS.includes(schema.format);
  return isSecretAt(/^\d+$/.test(name) ? schema.items : isObject(schema.properties) ? schema.properties[name] : undefined, rest);
}

/** A copy with one value replaced. */
export function withValueAt(config: unknown, [name, ...rest]: Path, value: unknown): unknown {
  if (name === undefined) return value;
  if (Array.isArray(config)) return config.map((item, index) => (String(index) === name ? withValueAt(item, rest, value) : item));
  return isObject(config) ? { ...config, [name]: withValueAt(config[name], rest, value) } : config;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
