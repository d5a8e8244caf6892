import { createMessaging, defaultLayers, isMessagingError, killSwitch, rateLimit, type KillSwitch, type Layer, type StopScope } from "@event-messaging/core";
import { memoryProvider, memoryVendor, type MemoryVendor } from "@event-messaging/core/memory";

/** What may be broken in a planted defect. */
export interface KillSubject {
  readonly kill?: (kill: KillSwitch) => KillSwitch;
  readonly layers?: (layers: readonly Layer[]) => readonly Layer[];
}

export interface Killed {
  readonly stops: number;
  /** Requests that began after the stop. */
  readonly postsAfter: number;
  /** The latest request after a stop, in real milliseconds; 0 when there was none. */
  readonly latestMs: number;
  /** Calls that the stop should have ended and that were not told so. */
  readonly notTold: number;
  /** How long after the stop the last waiting caller was told, in real milliseconds. */
  readonly slowestAnswerMs: number;
  readonly waiting: number;
  /** Calls outside the scope that were held up all the same. */
  readonly wronglyStopped: number;
  /** Sends after `resume` that did not work. */
  readonly notResumed: number;
}

const SCOPES: readonly StopScope[] = [{ account: "a" }, { tenant: "choir" }, "all"];
const CALLS = 30;
const WATCH_MS = 1_200;

/** Real time: queues full of waiting sends for two tenants on three accounts; then a stop of each kind, and a second of watching. */
export async function stopThem(subject: KillSubject): Promise<Killed> {
  const results = await Promise.all(SCOPES.map((scope) => stopOne(scope, subject)));
  const sum = (of: (killed: Killed) => number) => results.reduce((total, killed) => total + of(killed), 0);
  return {
    stops: results.length, postsAfter: sum(({ postsAfter }) => postsAfter), latestMs: Math.max(...results.map(({ latestMs }) => latestMs)), notTold: sum(({ notTold }) => notTold),
    slowestAnswerMs: Math.max(...results.map(({ slowestAnswerMs }) => slowestAnswerMs)), waiting: sum(({ waiting }) => waiting),
    wronglyStopped: sum(({ wronglyStopped }) => wronglyStopped), notResumed: sum(({ notResumed }) => notResumed),
  };
}

async function stopOne(scope: StopScope, { kill: breakKill = (kill) => kill, layers: breakLayers = (layers) => layers }: KillSubject): Promise<Killed> {
  const posts: { readonly line: string; readonly at: number }[] = [];
  const vendor = memoryVendor();
  const seen: MemoryVendor = { ...vendor, exchange: (request, signal) => {
    if (request.path === "cards.send") posts.push({ line: request.line, at: performance.now() });
    return vendor.exchange(request, signal);
  } };
  const kill = killSwitch();
  const account = (line: string) => ({ provider: "memory", config: vendor.configFor(line) });
  // One message in 40 ms and account: thirty calls keep each queue full for more than a second.
  const layers: readonly Layer[] = [...defaultLayers(), rateLimit({ perAccount: { limit: 1, perMs: 40 } })];
  const messaging = createMessaging({
    providers: [memoryProvider(seen)], accounts: { a: account("a"), b: account("b"), c: account("c") }, tenants: { clinic: "a", choir: "b", club: "c" },
    http: { request: () => Promise.reject(new Error("no HTTP here")), close: async () => {} }, layers: breakLayers(layers), killSwitch: breakKill(kill),
  });
  let stoppedAt = Number.POSITIVE_INFINITY;
  const ends: { readonly tenant: string; readonly code: string; readonly at: number }[] = [];
  const send = async (tenant: string, n: number): Promise<string> => {
    const code = await messaging.forTenant(tenant).send({ key: `k-${n}`, to: "+351960000123", title: `Card ${n}`, startsAt: "2026-12-01T15:00:00Z" })
      .then(() => "accepted", (error: unknown) => (isMessagingError(error) ? `${error.code} ${error.outcome}` : "foreign"));
    ends.push({ tenant, code, at: performance.now() });
    return code;
  };
  const calls = ["clinic", "choir", "club"].flatMap((tenant) => Array.from({ length: CALLS }, (_, n) => send(tenant, n)));
  await later(150);
  stoppedAt = performance.now();
  kill.stop(scope);
  const ended = new Set(ends);
  // New calls meet the stop too.
  calls.push(...["clinic", "choir", "club"].map((tenant) => send(tenant, CALLS)));
  await later(WATCH_MS);
  const covers = (tenant: string) => scope === "all" || ("tenant" in scope ? scope.tenant === tenant : tenant === "clinic");
  const lineOf: Readonly<Record<string, string>> = { clinic: "a", choir: "b", club: "c" };
  const stoppedLines = new Set(Object.keys(lineOf).filter(covers).map((tenant) => lineOf[tenant]));
  const late = posts.filter(({ line, at }) => at > stoppedAt && stoppedLines.has(line));
  kill.resume(scope);
  await Promise.all(calls);
  const afterwards = ends.filter((end) => !ended.has(end));
  const told = afterwards.filter(({ tenant }) => covers(tenant));
  const notResumed = (await Promise.all(["clinic", "choir", "club"].map((tenant) => send(tenant, CALLS + 1)))).filter((code) => code !== "accepted").length;
  await messaging.close();
  return {
    stops: 1, postsAfter: late.length, latestMs: Math.round(Math.max(0, ...late.map(({ at }) => at - stoppedAt))),
    notTold: told.filter(({ code }) => code !== "STOPPED not-sent").length, slowestAnswerMs: Math.round(Math.max(0, ...told.map(({ at }) => at - stoppedAt))), waiting: told.length,
    wronglyStopped: afterwards.filter(({ tenant, code }) => !covers(tenant) && code !== "accepted").length, notResumed,
  };
}

function later(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms));
}

