import type { Secret } from "@event-messaging/core/driver";

/** How one WAHA session is reached, and how its webhooks prove where they come from. What an account record holds. */
export interface WahaConfig {
  /** Of the WAHA server, `http://localhost:3000` by default there; a path in front of `/api` is kept. */
  readonly baseUrl: string;
  /** The session's name: 1 to 54 letters, digits, `_` or `-` (WAHA's own rule since 2025.8.1). */
  readonly session: string;
  /** Did somebody other than the operator choose `baseUrl`? Then only public addresses are connected to. Default false. */
  readonly untrustedBaseUrl?: boolean;
  /** Sent as `X-Api-Key`, in plain also when the server stores a hash. Leave out only for `WAHA_NO_API_KEY=True`. */
  readonly apiKey?: string;
  /** Key of the webhook signature (`hmac.key`); two while it is being changed, the new one first. Given, it is demanded. */
  readonly hmacKey?: string | readonly string[];
  /** Secret path segments of the webhook URL, one or two while they are being changed. Given, one is demanded. */
  readonly webhookSecrets?: readonly string[];
  /**
   * What an answer `UNKNOWN` means. WAHA writes it for code 0 (the answer was taken back), for a missing code and for every
   * code it does not know, so it proves nothing: `unrecognized` by default. `cleared` trusts that only code 0 occurs.
   */
  readonly unknownResponse?: "unrecognized" | "cleared";
}

/** The configuration after the schema has been checked: credentials wrapped. */
export interface OpenConfig {
  readonly baseUrl: string;
  readonly session: string;
  readonly untrustedBaseUrl?: boolean;
  readonly apiKey?: Secret;
  readonly hmacKey?: Secret | readonly Secret[];
  readonly webhookSecrets?: readonly Secret[];
  readonly unknownResponse?: "unrecognized" | "cleared";
}

/** JSON Schema 2020-12 of {@link WahaConfig}; credentials are told by their format. */
export const configSchema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "WAHA account",
  type: "object",
  additionalProperties: false,
  required: ["baseUrl", "session"],
  properties: {
    baseUrl: { type: "string", format: "http-url" },
    untrustedBaseUrl: { type: "boolean" },
    session: { type: "string", format: "path-segment", maxLength: 54 },
    apiKey: { type: "string", format: "secret" },
    hmacKey: {
      type: ["string", "array"], format: "passphrase",
      items: { type: "string", format: "passphrase" }, minItems: 1, maxItems: 2,
    },
    webhookSecrets: { type: "array", items: { type: "string", format: "secret-path-segment" }, minItems: 1, maxItems: 2 },
    unknownResponse: { enum: ["unrecognized", "cleared"] },
  },
} as const;
