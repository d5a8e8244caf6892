import { staticDirectory, type AccountDirectory } from "../accounts/directory.js";
import { createAccountPool } from "../accounts/pool.js";
import { MessagingError } from "../error/messaging-error.js";
import { axiosHttpClient } from "../http/index.js";
import { composeCallLayers } from "../layers/compose.js";
import { idempotency } from "../layers/idempotency.js";
import { DEFAULT_LIMITS } from "../model/details.js";
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
import { processEntry } from "./process-entry.js";
import { RunningCalls } from "./running-calls.js";
import { tenantMessaging } from "./tenant.js";
import { wakeAnswers } from "./wake-answers.js";
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
  const { now = () => new Date(), random = Math.random, layers = [], maxBodyBytes = 1024 * 1024, bodyDeadlineMs = 10_000 } = options;
  const directory = directoryOf(options);
  const book = options.book ?? memoryBook({ now });
  const http = options.http ?? axiosHttpClient();
  const pool = options.pool ?? createAccountPool({ providers: options.providers, http, book, now });
  const handlers = new Handlers();
  const calls = new RunningCalls();
  const deliveries = new RunningCalls();
  const retries = { ...HANDLER_RETRIES, ...options.retries };
  const counts = new Map<string, number>();
  const count = (what: string) => void counts.set(what, (counts.get(what) ?? 0) + 1);
  const inbox = options.inbox ?? memoryInbox({ now, onForgotten: () => count("forgotten") });

  const worker = new Worker({
    inbox, book, now, leaseMs: retries.deadlineMs + LEASE_SLACK_MS, width: WORK_WIDTH,
    process: (entry) => processEntry({ book, inbox, directory, pool, now, random, run: (event) => handlers.run(event), retries }, entry),
  });
  const kick = () => worker.kick();
  const once = idempotency({ book, onLearnt: (record) => wakeAnswers({ inbox, kick }, record) });
  const house: House = {
    directory, pool, book, inbox, layers, now, random, kick,
    perform: composeCallLayers([once, ...layers], (logical) => execute({ directory, pool, layers }, logical)),
    limits: { ...DEFAULT_LIMITS, ...options.limits },
    policy: options.policy ?? {},
    recipientCheck: options.recipientCheck ?? "off",
    running: (call) => calls.run(call),
  };
  const deliver = (basePath: string, raw: RawWebhook) => receive({
    directory, pool, book, inbox, now, kick, maxBodyBytes, minimumAuthenticity: options.minimumAuthenticity ?? "url-secret", sending: () => calls.busy,
    count,
  }, basePath, raw);
  // After close nobody would work through the inbox: the vendor shall come again.
  const take = (basePath: string, raw: RawWebhook): Promise<WebhookResult> => deliveries.run(() => deliver(basePath, raw)).catch(() => ({ handled: true, status: 503 }));
  const handlerOptions = (basePath: string) => ({ basePath, maxBodyBytes, bodyDeadlineMs, receive: (raw: RawWebhook) => take(basePath, raw) });

  let closing: Promise<void> | undefined;
  const close = async () => {
    await Promise.all([calls.close(), deliveries.close()]);
    await worker.stop();
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
    counts: () => Object.fromEntries(counts),
    idle: () => worker.idle(),
    close: () => (closing ??= close()),
  };
}

function directoryOf(options: MessagingOptions): AccountDirectory {
  if (options.directory !== undefined) return options.directory;
  const { accounts, tenants } = options;
  if (accounts !== undefined && tenants !== undefined) return staticDirectory({ accounts, tenants });
  throw new MessagingError("Without a directory, accounts and tenants are needed.", { code: "CONFIG_INVALID", outcome: "not-sent", persistence: "permanent" });
}
