import type { IncomingMessage, ServerResponse } from "node:http";
import type { CapabilityCode } from "../capability/codes.js";
import type { CapabilityEntry } from "../capability/table.js";
import type { HttpClient } from "../driver/http.js";
import type { GroupFound, WebhookPlan } from "../driver/operations.js";
import type { Probe, ProviderDefinition } from "../driver/provider.js";
import type { AccountDirectory, StaticAccounts } from "../accounts/directory.js";
import type { AccountPool, Providers } from "../accounts/pool.js";
import type { Sent } from "../layers/call-layer.js";
import type { Layer } from "../layers/compose.js";
import type { KillSwitch } from "../layers/kill-switch.js";
import type { Telemetry } from "../layers/telemetry.js";
import type { DetailsChanges, DetailsLimits, InvitationInput } from "../model/details.js";
import type { GivenResponse, Guest } from "../model/guest.js";
import type { InvitationHandle } from "../model/handle.js";
import type { TenantId } from "../model/ids.js";
import type { Authenticity, InboundEvent, InboundType, Sighting } from "../model/inbound.js";
import type { Audience } from "../model/recipient.js";
import type { Plan, Policy } from "../plan/plan-types.js";
import type { Answer, BookKey, BookRecord, InvitationBook } from "../store/book.js";
import type { Inbox, InboxEntry } from "../store/inbox.js";
import type { HandlerRetries } from "./backoff.js";
import type { AccountHealth, SilenceOptions } from "./liveness.js";
import type { UnreadableOptions } from "./unreadable-options.js";
import type { AppointmentAnswers, NewDate } from "./rsvps.js";
import type { CallOptions, RecipientCheck } from "./call-options.js";
import type { ReconcileOptions, ReconcileReport } from "./reconcile-report.js";
import type { AccountReport } from "./account-report.js";
import type { Verdict } from "./verdict.js";
import type { RawWebhook, WebhookResult } from "../webhook/receiver.js";

/**
 * One tenant, whatever vendor serves it at the moment. Holds no connection: make one whenever it is needed. Every call
 * resolves when the vendor accepted, and throws a `MessagingError` otherwise; the same call again gives the same answer
 * without a request. `C` holds the codes that `require` promised; a client with more promises fits where fewer are asked.
 */
export interface TenantMessaging<in C extends CapabilityCode = never> {
  readonly tenant: TenantId;
  /** What `send` would do. At most a probe is requested. */
  plan(input: InvitationInput, options?: CallOptions): Promise<Plan>;
  /** Invites, through the tenant's account of the moment. */
  send(input: InvitationInput, options?: CallOptions): Promise<Sent>;
  /** Changes an invitation, through the account that sent it. Fields left out are kept, `null` takes one away. */
  update(handle: InvitationHandle, changes: DetailsChanges, options?: CallOptions): Promise<Sent>;
  /** Cancels an invitation, through the account that sent it. An old handle will do; a second call changes nothing. */
  cancel(handle: InvitationHandle, options?: CallOptions): Promise<Sent>;
  /** Answers an event that somebody else created (see `adopt`), as the account itself. */
  respond(handle: InvitationHandle, response: GivenResponse, options?: CallOptions): Promise<Sent>;
  /** Takes an event into the book that this program did not send. No request. The same event again gives the same handle. */
  adopt(event: Sighting & { readonly key: string }): Promise<InvitationHandle>;
  /** The invitations under a key that were accepted, the newest call about each recipient; newest first. From the book. */
  find(key: string): Promise<readonly InvitationHandle[]>;
  /**
   * How an appointment stands: who answered what, head counts with extra guests, and who was invited directly and has no
   * answer that counts. From the book, no request; any number of times. A key that nobody used has nobody in it.
   *
   * @throws MessagingError `STORE_FAILED`.
   * @example
   * const { counts, unanswered } = await clinic.answers("apt_123");
   * console.log(`${counts.expected} people, waiting for ${unanswered.map(({ recipient }) => recipient).join(", ")}`);
   */
  answers(key: string): Promise<AppointmentAnswers>;
  /**
   * All that came in for an appointment, oldest first: superseded and unreadable answers too, and without `guest` the
   * account's own. `guest` is `+<E.164>`, `<id>@lid` or a guest out of an event; any of the person's ids finds all of them.
   *
   * @throws MessagingError `INVALID_ARGUMENT` when `guest` is neither, `STORE_FAILED`.
   * @example
   * for (const { fact } of await clinic.history("apt_123", "+351960000123")) console.log(fact.at, fact.type);
   */
  history(key: string, guest?: string | Guest): Promise<readonly Answer[]>;
  /** What holds for the tenant's account now. */
  supports(code: CapabilityCode, audience: Audience): Promise<CapabilityEntry>;
  /** Throws `UNSUPPORTED` now rather than at the first use. Every call still checks: the tenant may move. */
  require<const R extends CapabilityCode>(...codes: readonly R[]): Promise<TenantMessaging<C | R>>;
  require<R extends CapabilityCode>(definition: ProviderDefinition<string, R>): Promise<TenantMessaging<C | R>>;
  /** Never present. */
  readonly __promised?: (code: C) => void;
}

/** One account, for set-up and health. */
export interface AccountMessaging {
  /** The groups that the account is in, or `only` one with all that the vendor says of it. Reads only. @throws as sends do: `UNSUPPORTED`, `NOT_FOUND`. */
  groups(query?: { readonly only?: string }): Promise<readonly GroupFound[]>;
  /** Does the account, as it is set up at the vendor and here, meet what the guarantees need? Reads only; run it before going live, and after each change. */
  check(options?: Pick<CallOptions, "signal" | "deadlineMs">): Promise<AccountReport>;
  /** Asks the vendor now. Reads only. */
  probe(options?: Pick<CallOptions, "signal" | "deadlineMs">): Promise<Probe>;
  /** What would have to change at the vendor for deliveries to reach `url`. Reads only. */
  planWebhooks(wish: { readonly url: string; readonly types?: readonly InboundType[] }): Promise<WebhookPlan>;
  /** Changes it; refuses when the account changed meanwhile. Resolves with the plan that restores. */
  applyWebhooks(plan: WebhookPlan): Promise<WebhookPlan>;
}

type NotOurs = (request: IncomingMessage, response: ServerResponse, body: Uint8Array) => void;

export interface Messaging {
  /** Never fails: the tenant is looked up at the call. */
  forTenant(tenant: string): TenantMessaging;
  account(id: string): AccountMessaging;
  /**
   * Handles one kind of inbound event. At least once: a handler that throws is called again with back-off, all handlers of
   * the event together, so make them repeatable; after the last try the entry is dead, and kept. Returns the way to stop.
   */
  on<T extends InboundType>(type: T, handler: (event: InboundEvent<T>) => unknown): () => void;
  /** A `node:http` handler for `{basePath}/{account}/{tail…}`. What is not ours goes to `notOurs` with the bytes that were read; without it, ordinary chat is answered 200 and another path 404. */
  nodeHandler(basePath: string, notOurs?: NotOurs): (request: IncomingMessage, response: ServerResponse) => void;
  /** The same for web-standard servers. */
  webHandler(basePath: string, notOurs?: (request: Request) => Promise<Response>): (request: Request) => Promise<Response>;
  /** The same for anything else. Never rejects. */
  receive(basePath: string, raw: RawWebhook): Promise<WebhookResult>;
  /** Stops sending at once, for an account, a tenant or all. */
  readonly killSwitch: KillSwitch;
  /**
   * Looks into calls whose outcome is unknown, and into attempts that a crash left behind. Reads only, but for
   * a question in place of an unreadable answer: where the account takes chosen ids, it is repeated once under its own, which makes
   * one message of both. Echoes and delivery reports do the same as they come; call this now and then, from any number of processes, and after a start.
   */
  reconcile(options?: ReconcileOptions): Promise<ReconcileReport>;
  /** Calls that nothing could prove, oldest first, at most `limit` (100): for a person to look at. Nothing sends them again. */
  unresolved(limit?: number): Promise<readonly BookRecord[]>;
  /**
   * What a person saw in the chat. Resolves with the record, or with `undefined` when its outcome is not unknown (any more).
   * @throws MessagingError `INVALID_ARGUMENT` for a message id that is none, `CONFLICT` for one that is another invitation's.
   */
  resolve(key: BookKey, verdict: Verdict): Promise<BookRecord | undefined>;
  /**
   * Inbound facts whose handlers failed for good, oldest first, at most `limit` (100), with the reason. They stay until they are
   * revived. They hold what guests wrote and who they are: show them to operators only.
   */
  deadLetters(limit?: number): Promise<readonly DeadLetter[]>;
  /**
   * Makes a dead letter due again, with all its tries, after its defect was mended. An answer that newer ones have replaced
   * meanwhile calls no handler. False: there is no such dead letter (any more).
   */
  revive(id: string): Promise<boolean>;
  /**
   * How each account was last seen by this process: when something last came in, what the vendor last said of it, and whether
   * it has fallen silent (option `silence`). No request: `account(id).probe()` asks.
   */
  health(): readonly AccountHealth[];
  /** What was received and not kept, by reason: numbers only, never content. Since the start of the process. */
  counts(): Readonly<Record<string, number>>;
  /** Resolves when nothing that is due waits for its handlers any more: for tests and for an orderly stop. */
  idle(): Promise<void>;
  /** Refuses new calls, waits for running ones and for running handlers, closes the accounts. Idempotent, never rejects. */
  close(): Promise<void>;
}

/** An inbox entry whose handlers failed as often as `retries` allows. */
export type DeadLetter = InboxEntry & { readonly reason: string };

export interface CommonOptions {
  readonly providers: Providers;
  /** Default: in memory, so it ends with the process. */
  readonly book?: InvitationBook | undefined;
  readonly inbox?: Inbox | undefined;
  /** Default: `axiosHttpClient()`. One that is given is not closed by `close`. */
  readonly http?: HttpClient | undefined;
  /** A shared pool is not closed by `close`. */
  readonly pool?: AccountPool | undefined;
  readonly policy?: Policy | undefined;
  /** Is the vendor asked about each recipient before a send? Default `off`. */
  readonly recipientCheck?: RecipientCheck | undefined;
  readonly limits?: Partial<DetailsLimits> | undefined;
  /** Deliveries that prove less are refused. Default `url-secret`. */
  readonly minimumAuthenticity?: Authenticity | undefined;
  /** Default: `defaultLayers()`. What is given stands alone; an empty list is none. Idempotency, failover and kill switch are always there. */
  readonly layers?: readonly Layer[] | undefined;
  /** Default: one of its own, in `messaging.killSwitch`. */
  readonly killSwitch?: KillSwitch | undefined;
  /** `withdrawQueued`: a message that only waits in its account's queue, because the account is not connected, may be taken out and sent elsewhere. Default false. */
  readonly failover?: { readonly withdrawQueued?: boolean | undefined } | undefined;
  /** Tracer, meter and logger: objects of `@opentelemetry/api` and pino fit. */
  readonly telemetry?: Telemetry | undefined;
  /** An alarm for accounts from which nothing comes any more. Default: none. */
  readonly silence?: SilenceOptions | undefined;
  /** What is done about answers that nobody can read. Default: `rsvp.unreadable` is told, and a person takes over. */
  readonly unreadable?: UnreadableOptions | undefined;
  /**
   * What a new start does to the answers given to the earlier one: `mark` them `stale`, so that `unanswered` lists their guests
   * again, or `keep` them, as WhatsApp itself does. Default `mark`.
   */
  readonly newDate?: NewDate | undefined;
  /** How often and how slowly failed handlers are called again. */
  readonly retries?: Partial<HandlerRetries> | undefined;
  /** Larger deliveries get 413 before they are parsed. Default 1 MiB. */
  readonly maxBodyBytes?: number | undefined;
  /** How long a delivery's body may take to arrive. Default 10 000. */
  readonly bodyDeadlineMs?: number | undefined;
  readonly now?: (() => Date) | undefined;
  readonly random?: (() => number) | undefined;
}

export type MessagingOptions = CommonOptions & (
  | { readonly directory: AccountDirectory; readonly accounts?: never; readonly tenants?: never; readonly fallbacks?: never }
  | ({ readonly directory?: never } & StaticAccounts)
);
