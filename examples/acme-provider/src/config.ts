import type { Secret } from "@event-messaging/core/driver";

/** How one Acme line is reached, and how its deliveries are proved. What an account record holds. */
export interface AcmeConfig {
  readonly baseUrl: string;
  /** The line's name at Acme. */
  readonly line: string;
  /** The line's own key. */
  readonly key: string;
  /** Public halves of the keys that sign the line's deliveries: base64url, 43 characters; two while one replaces the other. */
  readonly deliveryKeys: readonly string[];
}

/** The same after the schema has been checked: the credential wrapped. */
export interface OpenConfig extends Omit<AcmeConfig, "key"> {
  readonly key: Secret;
}

/** JSON Schema 2020-12 of {@link AcmeConfig}, closed. */
export const configSchema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "Acme line",
  type: "object",
  additionalProperties: false,
  required: ["baseUrl", "line", "key", "deliveryKeys"],
  properties: {
    baseUrl: { type: "string", format: "http-url" },
    line: { type: "string", format: "path-segment" },
    key: { type: "string", format: "secret" },
    deliveryKeys: { type: "array", items: { type: "string", pattern: "^[A-Za-z0-9_-]{43}$" }, minItems: 1, maxItems: 2 },
  },
} as const;
