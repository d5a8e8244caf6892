import { refusalRulesSchema, type RefusalRule, type Secret } from "@event-messaging/core/driver";

/** What an operator knows of a server and an adapter cannot find out. Every one has a default that loses nothing. */
interface Readings {
  /**
   * What an answer `UNKNOWN` means. WAHA writes it for code 0 (the answer was taken back), for a missing code and for every
   * code it does not know, so it proves nothing: `unrecognized` by default. `cleared` trusts that only code 0 occurs.
   */
  readonly unknownResponse?: "unrecognized" | "cleared";
  /**
   * What `poll.vote.failed` without any choice (`selectedOptions` null or missing, as GOWS sends it) means: a vote that cannot
   * be decrypted, or one that was taken back, which GOWS may report in the same shape; nothing tells them apart. `unreadable`
   * by default. `cleared` trusts that it was taken back: then a vote that cannot be decrypted takes the guest's earlier choice
   * back, too. A failed vote with an empty list (NOWEB) never is one that was taken back, and stays unreadable.
   * Source: recordings of WAHA 2025.11.3; WAHA docs, how-to/polls.
   */
  readonly failedVote?: "unreadable" | "cleared";
  /**
   * Are ids that the caller chose for polls and texts relied on? Then a question of unknown outcome is asked again under its id,
   * and the server must make one message of both; what it does make of them is not documented. `use` by default, where the
   * server has such ids. `never`: capability `message.chosen-id` is absent, and a question in doubt is not repeated.
   * Source: WAHA docs, changelog 2026.4.3.
   */
  readonly chosenIds?: "use" | "never";
  /** The engine of a server that does not say: neither by its version call nor in the session. What the server says itself always goes before. */
  readonly engine?: "GOWS" | "NOWEB" | "WEBJS" | "WPP";
  /**
   * The version (`2026.7.1`) of a server that does not say, as where a proxy or the key's scope hides `GET /api/server/version`:
   * without it what differs between versions is unknown, so ids are not chosen and `message.ack.group` is not asked for. What
   * the server says itself always goes before.
   */
  readonly version?: string;
  /**
   * Answers that the operator knows to prove that nothing was sent, where WAHA documents nothing of the kind. Asked only where
   * this package would say `unknown`; the words are looked for in `message`, `error` and `exception.message`. A wrong rule
   * sends an invitation twice. Not for "this id exists already": there the first request was the one that sent.
   */
  readonly refusals?: readonly RefusalRule[];
}

/** How one WAHA session is reached, and how its webhooks prove where they come from. What an account record holds. */
export interface WahaConfig extends Readings {
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
  /** Secret path segments of the webhook URL, one or two while they are being changed, the new one first. Given, one is demanded, and `planWebhooks` appends the first. */
  readonly webhookSecrets?: readonly string[];
}

/** The configuration after the schema has been checked: credentials wrapped. */
export interface OpenConfig extends Readings {
  readonly baseUrl: string;
  readonly session: string;
  readonly untrustedBaseUrl?: boolean;
  readonly apiKey?: Secret;
  readonly hmacKey?: Secret | readonly Secret[];
  readonly webhookSecrets?: readonly Secret[];
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
    failedVote: { enum: ["unreadable", "cleared"] },
    chosenIds: { enum: ["use", "never"] },
    engine: { enum: ["GOWS", "NOWEB", "WEBJS", "WPP"] },
    version: { type: "string", pattern: "^\\d{4}(?:\\.\\d{1,2}){1,2}$", description: "must be a version such as 2026.7.1" },
    refusals: refusalRulesSchema,
  },
} as const;
