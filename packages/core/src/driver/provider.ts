import type { OperationName } from "../capability/gates.js";
import type { CapabilityCode } from "../capability/codes.js";
import type { MessagingErrorInit } from "../error/messaging-error.js";
import type { CapabilityTable } from "../capability/table.js";
import type { InvitationDetails } from "../model/details.js";
import type { Guest } from "../model/guest.js";
import type { SentMessage } from "../model/handle.js";
import type { AccountId } from "../model/ids.js";
import type { AccountStatus } from "../model/inbound.js";
import type { Issue } from "../model/json.js";
import type { Recipient } from "../model/recipient.js";
import type { Instant } from "../model/time.js";
import type { HttpClient } from "./http.js";
import type { Call, Method } from "./operations.js";
import type { WebhookCodec } from "./webhook-codec.js";

/** What holds for one account now. */
export interface Probe {
  readonly status: AccountStatus;
  /** A sentence for a person; `""` when ready. */
  readonly reason: string;
  /** The account's own ids: own answers and echoes are recognised by them. */
  readonly self: Guest;
  /** With `not-ready`: the code that a call would fail with. Default `ACCOUNT_NOT_READY`, which may pass by itself. */
  readonly refusal?: Pick<MessagingErrorInit, "code" | "persistence">;
  /** Of the server, where the vendor has one. */
  readonly engine?: string;
  readonly version?: string;
  /** What the account can do at present. Core intersects it with the definition's table: it may take away, never add. */
  readonly capabilities: CapabilityTable;
  /** Worth showing in a plan, such as "queues while disconnected". */
  readonly warnings?: readonly Issue[];
}

/**
 * Something about an account that a guarantee rests on. `fault`: a guarantee does not hold as the account stands. `risk`: it
 * does not hold in a case that occurs. `note`: worth knowing. Fixed words of the adapter, never the vendor's text, no secret.
 */
export interface AccountFinding {
  /** Lower case and `-`; the same finding has the same code for ever. */
  readonly code: string;
  readonly severity: "fault" | "risk" | "note";
  /** What is so, and what follows from it. */
  readonly message: string;
  /** What to do; `""` where nothing can be done. */
  readonly remedy: string;
}

/**
 * One open account of one vendor: encodes, makes one exchange, decodes. Called concurrently. It never retries, queues,
 * caches sends, logs or starts timers. It throws only `MessagingError`s with a true outcome; a foreign error counts as
 * `unknown`. Arguments are checked against the model and the capabilities before they arrive; they are not to be kept or changed.
 */
export interface EventMessagingProvider extends Partial<{ readonly [O in OperationName]: Method<O> }> {
  readonly webhook: WebhookCodec;
  /** Reads only; any number of times. Resolves with `status` rather than throwing for an account that is not ready. */
  probe(call: Call): Promise<Probe>;
  /**
   * The own echo against what was sent: what the account taught thereby, or nothing. Pure. `role` says which message was
   * echoed. Core keeps the result per account and hands it to the next `open` as `runtime.learned`.
   */
  learn?(sent: InvitationDetails, shown: InvitationDetails, role?: SentMessage["role"]): Readonly<Record<string, string>> | undefined;
  /**
   * What the account's own settings at the vendor, and its configuration here, lack for what is promised: webhooks, their
   * signature and repeats, the own echo, the key's reach. Reads only, and nothing that shows other accounts' secrets. Whether
   * the account is ready is `probe`'s to say.
   */
  inspect?(call: Call): Promise<readonly AccountFinding[]>;
  /** Idempotent, never rejects; no call is in flight. */
  close(): Promise<void>;
}

/** What core hands to an account when it is opened. */
export interface ProviderRuntime {
  readonly account: AccountId;
  /** Shared: not closed by the provider. */
  readonly http: HttpClient;
  readonly now: () => Instant;
  readonly learned: Readonly<Record<string, string>>;
}

/**
 * A kind of vendor, as a value. `capabilities` is the upper bound of what any account of it may do. The phantom member
 * carries the codes for callers who want them checked at compile time.
 */
export interface ProviderDefinition<out Name extends string = string, out C extends CapabilityCode = CapabilityCode> {
  readonly specVersion: 1;
  readonly name: Name;
  readonly capabilities: CapabilityTable;
  /** JSON Schema 2020-12, closed. Strings with `format: "secret"` arrive wrapped. */
  readonly configSchema: object;
  readonly extensionsSchema?: object;
  /** A vendor's spelling of a chat, or `undefined` when it is none. */
  recipientFromVendor(text: string): Recipient | undefined;
  /** Checks `config` against the schema (`CONFIG_INVALID`, all problems at once), then opens. No I/O, repeatable. */
  open(config: unknown, runtime: ProviderRuntime): EventMessagingProvider;
  /** Never present. */
  readonly __codes?: C;
}

