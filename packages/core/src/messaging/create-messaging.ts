import { staticDirectory, type AccountDirectory } from "../accounts/directory.js";
import { createAccountPool } from "../accounts/pool.js";
import { MessagingError } from "../error/messaging-error.js";
import { axiosHttpClient } from "../http/index.js";
import type { Perform } from "../layers/call-layer.js";
import { composeCallLayers, type Layer } from "../layers/compose.js";
import { countEvents, tellFailover } from "../layers/count-events.js";
import { defaultLayers } from "../layers/default-layers.js";
import { idempotency } from "../layers/idempotency.js";
import { killSwitch, killSwitchLayer } from "../layers/kill-switch.js";
import { router } from "../layers/router.js";
import type { Telemetry } from "../layers/telemetry.js";
import { tracedHttpClient } from "../layers/traced-http-client.js";
import { tracing } from "../layers/tracing.js";
import { DEFAULT_LIMITS } from "../model/details.js";
import type { BookRecord } from "../store/book.js";
import { memoryBook } from "../store/memory-book.js";
import { memoryInbox } from "../store/memory-inbox.js";
import { nodeHandler } from "../webhook/node-handler.js";
import { receive, type RawWebhook, type WebhookResult } from "../webhook/receiver.js";
import { webHandler } from "../webhook/web-handler.js";
import { accountMessaging } from "./account.js";
import { HANDLER_RETRIES } from "./backoff.js";
import { execute } from "./execute.js";
import { Handlers } from "./handlers.js";
import type { House } from "./house.js";
import type { Messaging, MessagingOptions } from "./messaging-types.js";
import { checkOptions } from "./options.js";
import { Liveness } from "./liveness.js";
import { processEntry } from "./process-entry.js";
import { recover } from "./recovery.js";
import { reconcile } from "./reconcile.js";
import { resolve, unresolved } from "./resolve.js";
import { RunningCalls } from "./running-calls.js";
import { tenantMessaging } from "./tenant.js";
import { wakeAnswers } from "./wake-answers.js";
import { withdrawQueued } from "./withdraw-queued.js";
import { Worker } from "./worker.js";

/** What a worker needs of a lease beside its handlers. */
const LEASE_SLACK_MS = 10_000;
const WORK_WIDTH = 16;

/**
 * Puts the parts together. No I/O: accounts are opened at their first use.
 *
 * @throws MessagingError `CONFIG_INVALID` with every problem that can be known at once.
 *
 * @example
 * const messaging = createMessaging({
 *   providers: [acme],                                   // definitions: one of each adapter package
 *   accounts: { "clinic-acme": { provider: "acme", config: { apiKey } } },
 *   tenants: { clinic: "clinic-acme" },                  // the one record to change
 * });
 */
export function createMessaging(options: MessagingOptions): Messaging {
  checkOptions(options);
  const { now = () => new Date(), random = Math.random, telemetry = {}, killSwitch: kill = killSwitch(), newDate = "mark", maxBodyBytes = 1024 * 1024, bodyDeadlineMs = 10_000 } = options;
  const directory = directoryOf(options);
  const book = options.book ?? memoryBook({ now });
  const http = options.http ?? axiosHttpClient();
  const pool = options.pool ?? createAccountPool({ providers: options.providers, http: telemetry.tracer ? tracedHttpClient(http, telemetry.tracer) : http, book, now });
  const layers = layersOf(options, telemetry, random);
  const handlers = new Handlers();
  const calls = new RunningCalls();
  const deliveries = new RunningCalls();
  const retries = { ...HANDLER_RETRIES, ...options.retries };
  const counts = new Map<string, number>();
  const count = (what: string) => void counts.set(what, (counts.get(what) ?? 0) + 1);
  const inbox = options.inbox ?? memoryInbox({ now, onForgotten: () => count("forgotten") });

  const worker = new Worker({
    inbox, book, now, leaseMs: retries.deadlineMs + LEASE_SLACK_MS, width: WORK_WIDTH,
    process: (entry) => processEntry({ book, inbox, directory, pool, now, random, run: (event) => handlers.run(event).then(() => received(event)), retries, onLearnt, newDate, recover: (about) => recover(house, options.unreadable, about) }, entry),
  });
  const kick = () => worker.kick();
  const onLearnt = (record: BookRecord) => wakeAnswers({ inbox, kick }, record);
  const received = countEvents(telemetry);
  const once = idempotency({ book, onLearnt });
  const house: House = {
    directory, pool, book, inbox, layers, now, random, kick,
    perform: (logical) => {
      liveness.watch(logical.plan.account);
      return perform(logical);
    },
    repeat: (logical) => repeat(logical),
    limits: { ...DEFAULT_LIMITS, ...options.limits },
    newDate,
    policy: options.policy ?? {},
    recipientCheck: options.recipientCheck ?? "off",
    running: (call) => calls.run(call),
  };
  const reroute = router({ withdraw: options.failover?.withdrawQueued === true ? (logical, sent) => withdrawQueued(house, logical, sent) : undefined, onFailover: tellFailover(telemetry) });
  const innermost: Perform = (logical) => execute({ directory, pool, layers }, logical);
  const perform = composeCallLayers([once, ...(layers.some(({ slot }) => slot === "router") ? [] : [reroute]), killSwitchLayer(kill), ...layers], innermost);
  const repeat = composeCallLayers([killSwitchLayer(kill), ...layers], innermost);
  const liveness = new Liveness({
    now, count, probe: (account) => accountMessaging(house, account).probe(),
    silence: options.silence && { ...options.silence, accounts: options.silence.accounts ?? Object.keys(options.accounts ?? {}) },
  });
  const deliver = (basePath: string, raw: RawWebhook) => receive({
    directory, pool, book, inbox, now, kick, maxBodyBytes, minimumAuthenticity: options.minimumAuthenticity ?? "url-secret", sending: () => calls.busy,
    count, heard: (account, status) => (status ? liveness.saw(account, status) : liveness.heard(account)),
  }, basePath, raw);
  // After close nobody would work through the inbox: the vendor shall come again.
  const take = (basePath: string, raw: RawWebhook): Promise<WebhookResult> => deliveries.run(() => deliver(basePath, raw)).catch(() => ({ handled: true, status: 503 }));
  const handlerOptions = (basePath: string) => ({ basePath, maxBodyBytes, bodyDeadlineMs, receive: (raw: RawWebhook) => take(basePath, raw) });

  let closing: Promise<void> | undefined;
  const close = async () => {
    await Promise.all([calls.close(), deliveries.close()]);
    await Promise.all([worker.stop(), liveness.stop()]);
    if (options.pool === undefined) await pool.close();
    if (options.http === undefined) await http.close();
  };

  return {
    forTenant: (tenant) => tenantMessaging(house, tenant),
    account: (id) => accountMessaging(house, id),
    on: (type, handler) => handlers.on(type, handler),
    nodeHandler: (basePath, notOurs) => nodeHandler(handlerOptions(basePath), notOurs),
    webHandler: (basePath, notOurs) => webHandler(handlerOptions(basePath), notOurs),
    receive: take,
    killSwitch: kill,
    reconcile: (wish) => house.running(() => reconcile(house, wish)),
    unresolved: (limit) => unresolved(house, limit),
    resolve: (key, verdict) => house.running(() => resolve(house, key, verdict)),
    deadLetters: async (limit = 100) => inbox.dead(limit),
    revive: async (id) => {
      const revived = await inbox.revive(id);
      if (revived) kick();
      return revived;
    },
    health: () => liveness.health(),
    counts: () => Object.fromEntries(counts),
    idle: () => worker.idle(),
    close: () => (closing ??= close()),
  };
}

/** Given layers stand for themselves; the defaults are what stands when there are none. */
function layersOf({ layers: given }: MessagingOptions, telemetry: Telemetry, random: () => number): readonly Layer[] {
  const layers = given ?? defaultLayers({ random });
  return telemetry.tracer || telemetry.meter || telemetry.logger ? [...layers, ...(layers.some(({ slot }) => slot === "tracing") ? [] : [tracing(telemetry)])] : layers;
}

function directoryOf(options: MessagingOptions): AccountDirectory {
  if (options.directory !== undefined) return options.directory;
  const { accounts, tenants, fallbacks } = options;
  if (accounts !== undefined && tenants !== undefined) return staticDirectory({ accounts, tenants, fallbacks });
  throw new MessagingError("Without a directory, accounts and tenants are needed.", { code: "CONFIG_INVALID", outcome: "not-sent", persistence: "permanent" });
}
