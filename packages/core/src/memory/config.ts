import type { Secret } from "../driver/index.js";

/** One account of the vendor in memory. `vendor.configFor(line)` makes a fitting one. */
export interface MemoryConfig {
  /** Which line of the vendor; a new name is a new line with a number of its own. */
  readonly line: string;
  readonly apiKey: Secret;
  /** One, or two during a rotation. Given, every delivery must be signed with one of them. */
  readonly signingKeys?: readonly Secret[];
  /** One, or two during a rotation. Given, the path of a delivery must end with one of them. */
  readonly webhookSecrets?: readonly Secret[];
}

/** The same as a caller writes it: credentials as plain text or wrapped. */
export interface MemoryConfigInput {
  readonly line: string;
  readonly apiKey: string | Secret;
  readonly signingKeys?: readonly (string | Secret)[];
  readonly webhookSecrets?: readonly (string | Secret)[];
}

/** JSON Schema of {@link MemoryConfigInput}. */
export const configSchema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "MemoryConfig",
  type: "object",
  properties: {
    line: { type: "string", format: "path-segment" },
    apiKey: { type: "string", format: "secret" },
    signingKeys: { type: "array", minItems: 1, maxItems: 2, items: { type: "string", format: "passphrase" } },
    webhookSecrets: { type: "array", minItems: 1, maxItems: 2, items: { type: "string", format: "secret-path-segment" } },
  },
  required: ["line", "apiKey"],
  additionalProperties: false,
} as const;

/** JSON Schema of the extensions that this vendor takes. */
export const extensionsSchema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "MemoryExtensions",
  type: "object",
  properties: { "x-memory.colour": { enum: ["red", "green", "blue"] } },
  additionalProperties: false,
} as const;
