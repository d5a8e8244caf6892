import { isMessagingError, type HttpClient } from "@event-messaging/core/driver";
import { axiosHttpClient, undiciHttpClient, type WireOptions } from "@event-messaging/core";
import type { Fault, Verdict } from "./fault.js";
import { answer, openVendor, type Behaviour } from "./raw-vendor.js";
import { sleep } from "./sites.js";
import { callWith, NotReady, openAccount, type Subject } from "./subjects.js";
import type { Seen } from "./vendor-messages.js";
import { openHere, type OpenVendor, type Vendor } from "./vendors.js";

export const CLIENTS = { undici: (options?: WireOptions) => undiciHttpClient(options), axios: (options?: WireOptions) => axiosHttpClient(undefined, options) } as const;
export type ClientName = keyof typeof CLIENTS;

/** A deliberate defect: something wrong around the client, or in how its errors are read. */
export interface Tamper {
  readonly http?: (inner: HttpClient) => HttpClient;
  /** The client runs without the deadline of this run. */
  readonly endless?: true;
  readonly error?: (error: unknown) => unknown;
}

/** One call under one fault. */
export interface Job {
  readonly fault: Fault;
  readonly subject: Subject;
  readonly client: ClientName;
}

/** What one call under one fault came to. */
export interface FaultRun {
  readonly fault: Fault;
  readonly subject: Subject;
  readonly client: ClientName;
  readonly verdict: Verdict | "hung" | "foreign";
  readonly code: string;
  readonly status: number | undefined;
  readonly wrong: readonly string[];
  readonly posts: number;
  readonly elapsedMs: number;
  readonly lateMs: number;
  /** What it resolved or rejected with. */
  readonly result: unknown;
}

const DEADLINE_MS = 10_000;
const SHORT_MS = 400;
/** Only a client that does not heed the signal gets there. */
const ABORT_MS = 1_500;
/** Long after every deadline: only to tell a call that never ends. */
const GUARD_MS = 3_000;

/** Runs one fault once. `undefined` when this system cannot bring it about: the reason is given to `cannot`. `open`: where the vendor is. */
export async function runFault(fault: Fault, subject: Subject, client: ClientName, cannot: (reason: string) => void = () => {}, tamper: Tamper = {}, open: OpenVendor = openHere): Promise<FaultRun | undefined> {
  const elsewhere = await openVendor(async (socket, next) => {
    for (;;) {
      await next();
      socket.write(answer(subject.good.status, JSON.stringify(subject.good.json)));
    }
  });
  const abort = new AbortController();
  const site = await fault.site?.(subject);
  if (site !== undefined && "reason" in site) {
    cannot(site.reason);
    await elsewhere.close();
    return undefined;
  }
  const vendor = await open(fault, subject, elsewhere.baseUrl, fault.abortWhenRead === true ? (behave) => abortingWhenRead(behave, abort) : undefined);
  const deadlineMs = fault.hangs === true ? SHORT_MS : fault.abortWhenRead === true ? ABORT_MS : DEADLINE_MS;
  const inner = CLIENTS[client](site?.options);
  const limited: HttpClient = { request: (request) => inner.request({ ...request, limits: { ...request.limits, deadlineMs: tamper.endless === true ? 60_000 : deadlineMs } }), close: () => inner.close() };
  const http = tamper.http?.(limited) ?? limited;
  const provider = openAccount(subject.vendor, site?.baseUrl ?? vendor?.baseUrl ?? "", http);
  let guard: NodeJS.Timeout | undefined;
  try {
    if (fault.warm === true) {
      await subject.call(provider, callWith(abort.signal), 0);
      await sleep(5); // until the client has put the socket back
    }
    const before = (await vendor?.seen())?.requests ?? 0;
    const started = performance.now();
    const ended = await Promise.race([
      subject.call(provider, callWith(abort.signal), fault.size ?? 0).then((value) => ({ value }), (error: unknown) => ({ error: tamper.error?.(error) ?? error })),
      new Promise<{ readonly hung: true }>((resolve) => { guard = setTimeout(() => resolve({ hung: true }), deadlineMs + GUARD_MS); }),
    ]);
    clearTimeout(guard);
    const elapsedMs = performance.now() - started;
    await http.close();
    const seen = vendor === undefined ? undefined : await drained(vendor);
    const posts = Math.max((seen?.requests ?? site?.requests() ?? 0) - before, 0);
    const verdict = "hung" in ended ? "hung" : "value" in ended ? "accepted" : verdictOf(ended.error);
    const code = "error" in ended && isMessagingError(ended.error) ? ended.error.code : "";
    const status = "error" in ended && isMessagingError(ended.error) ? ended.error.context.status : undefined;
    const wrong = [
      ...wrongVerdict(fault, subject, verdict, ended),
      ...(subject.writes && verdict !== "accepted" && fault.codes !== undefined && !fault.codes.includes(code) ? [`code ${code || "none"} instead of ${fault.codes.join(" or ")}`] : []),
      ...(posts + elsewhere.requests.length > (subject.most ?? subject.requests) ? [`${posts + elsewhere.requests.length} requests instead of ${subject.most ?? subject.requests} at most`] : []),
      ...(subject.writes && (seen?.connections ?? 0) > subject.requests ? [`${seen?.connections} connections`] : []),
      ...(elsewhere.connections() > 0 ? ["another server was contacted"] : []),
      ...((seen?.open ?? 0) > 0 ? [`${seen?.open} sockets open after close`] : []),
      ..."polluted" in {} ? ["Object.prototype is polluted"] : [],
    ];
    return { fault, subject, client, verdict, code, status, wrong, posts, elapsedMs, lateMs: elapsedMs - deadlineMs, result: "value" in ended ? ended.value : "error" in ended ? ended.error : "hung" };
  } finally {
    await inner.close();
    await Promise.all([vendor?.close(), site?.close(), elsewhere.close()]);
  }
}

function verdictOf(error: unknown): Verdict | "foreign" {
  if (error instanceof NotReady) return "not-sent";
  return isMessagingError(error) ? error.outcome : "foreign";
}

function wrongVerdict(fault: Fault, subject: Subject, verdict: FaultRun["verdict"], ended: object): readonly string[] {
  const expected = typeof fault.expected === "string" ? fault.expected : fault.expected[subject.vendor];
  if (subject.writes || expected === "accepted") return verdict === expected ? [] : [`${verdict} instead of ${expected}`];
  // What only reads can have sent nothing. A whole answer that says nothing may be passed on as not knowing.
  if (verdict === "not-sent") return [];
  if (verdict === "accepted" && fault.readable === true && "value" in ended && knowsNothing(ended.value)) return [];
  return [`${verdict} instead of not-sent, from what only reads`];
}

function knowsNothing(value: unknown): boolean {
  return typeof value === "object" && value !== null && "exists" in value && value.exists === "unknown";
}

function abortingWhenRead(behave: Behaviour, abort: AbortController): Behaviour {
  return (socket, next, nth) => behave(socket, async () => {
    const request = await next();
    abort.abort();
    return request;
  }, nth);
}

/** What the vendor saw, once the client's sockets are gone or it is clear that they stay. */
async function drained(vendor: Vendor): Promise<Seen> {
  let seen = await vendor.seen();
  for (let tries = 0; tries < 200 && seen.open > 0; tries += 1) {
    await sleep(5);
    seen = await vendor.seen();
  }
  return seen;
}
