import type { Dispatcher } from "undici";
import type { HttpResponse } from "../driver/http.js";
import type { MessagingError } from "../error/index.js";
import type { Phase } from "../model/outcome.js";
import type { Prepared } from "./prepare.js";
import { readBody } from "./read-body.js";
import { readJson } from "./read-json.js";
import type { Roster } from "./roster.js";
import { joinSignal, whyEnded } from "./signal-hub.js";
import { failureOf, toError, type Failure } from "./to-error.js";

/** An answer as read: every status, and the bytes of the body, decompressed; `undefined` when they cannot be. */
export interface Answer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer | undefined;
}

/** What is written when: an axios instance may have added headers or replaced the body. */
export type Written = Pick<Prepared, "headers" | "body">;

/** What the exchanges of one client share. */
export interface ExchangePool {
  /** None for an untrusted base URL over a dispatcher of the application's own. */
  readonly dispatcher: Dispatcher | undefined;
  readonly live: Roster<Exchange>;
}

type Controller = Dispatcher.DispatchController;
/** Interim answers (1xx) that one exchange bears. */
const MAX_INTERIM = 16;
const STOP = "The exchange is over";

function endAtDeadline(exchange: Exchange): void {
  exchange.end("deadline");
}

/**
 * One exchange: at most one request on the wire, one deadline, one result. It is the undici handler of its request, and so
 * learns how far that got: undici calls `onRequestStart` in the same turn of the event loop in which it writes the head, just
 * before. Until then nothing of this request has left; from then on it may have.
 */
export class Exchange implements Dispatcher.DispatchHandler {
  #phase: Phase = "before-write";
  #failure: Failure | undefined;
  #settings: readonly string[] = [];
  #status: number | undefined;
  #headers: ReadonlyMap<string, string> = new Map();
  #encoding = "";
  #chunks: Buffer[] = [];
  #size = 0;
  #interim = 0;
  #answer: Answer | undefined;
  #controller: Controller | undefined;
  readonly #leave: () => void;
  #settle: (() => void) | undefined;
  #timer: NodeJS.Timeout | undefined;
  #unwatch: (() => void) | undefined;
  #over = false;
  #used = false;

  /** `cut` is called at most once, when deadline, signal or close ends the exchange, whatever it waits for. */
  constructor(
    readonly prepared: Prepared,
    private readonly pool: ExchangePool,
    private readonly cut: () => void,
  ) {
    this.#leave = pool.live.add(this);
  }

  /** Starts deadline and signal. */
  watch(signal: AbortSignal): void {
    if (signal.aborted) return this.end(whyEnded(signal));
    this.#unwatch = joinSignal(signal, this);
    this.#timer = setTimeout(endAtDeadline, this.prepared.deadlineMs, this);
  }

  /** Has `send` been called? */
  get used(): boolean {
    return this.#used;
  }

  get failed(): boolean {
    return this.#failure !== undefined;
  }

  get answer(): Answer | undefined {
    return this.#answer;
  }

  /** Writes the request; `settled` is called once, when there is an answer or a failure. A second call is refused. */
  send({ headers, body }: Written, settled: () => void): void {
    if (this.#used || this.#over) {
      this.fail("repeated");
      return settled();
    }
    this.#used = true;
    this.#settle = settled;
    const { method, target } = this.prepared;
    const { dispatcher } = this.pool;
    if (dispatcher === undefined) return this.fail("unguarded");
    try {
      dispatcher.dispatch({
        origin: target.origin, path: target.path, method, headers: [...headers].flat(), body: body ?? null,
        idempotent: false, headersTimeout: 0, bodyTimeout: 0,
      }, this);
    } catch (error) {
      this.fail(failureOf(error, this.#phase));
    }
  }

  /** Records what went wrong; the first word counts, except that a prevented repetition is always said. */
  fail(failure: Failure, settings: readonly string[] = []): void {
    if (this.#over) return;
    if (this.#failure === undefined || failure === "repeated") {
      this.#failure = failure;
      this.#settings = settings;
    }
    this.#controller?.abort(new Error(STOP));
    this.#done();
  }

  /** Deadline, signal, close: fails what is not yet over, and tells the owner at once. */
  end(failure: "deadline" | "aborted" | "closed"): void {
    if (this.#over) return;
    this.fail(failure);
    if (!this.#over) this.cut();
  }

  /** The result, once. Releases timer, signal and buffers; whatever arrives later is ignored. */
  finish(): HttpResponse | MessagingError {
    this.#over = true;
    clearTimeout(this.#timer);
    this.#unwatch?.();
    this.#leave();
    this.#chunks = [];
    const answer = this.#answer;
    if (answer === undefined || this.#failure !== undefined) return this.error();
    return { status: answer.status, headers: answer.headers, json: answer.body === undefined ? undefined : readJson(answer.body) };
  }

  /** A fresh error from what happened. */
  error(): MessagingError {
    const { method, template, reads } = this.prepared;
    return toError({ failure: this.#failure ?? "lost", phase: this.#phase, method, template, reads, status: this.#status, settings: this.#settings });
  }

  onRequestStart(controller: Controller): void {
    if (this.#over || this.#failure !== undefined || this.#phase !== "before-write") {
      if (this.#phase !== "before-write") this.fail("repeated");
      // undici drops a request whose handler throws here, before it writes, and keeps the socket for the next one.
      throw new Error(STOP);
    }
    this.#controller = controller;
    this.#phase = "written";
  }

  onResponseStart(_: Controller, status: number, headers: Record<string, string | string[] | undefined>): void {
    if (this.#isSettled()) return;
    if (status < 200) {
      if (++this.#interim > MAX_INTERIM) this.fail("malformed");
      return;
    }
    this.#phase = "head";
    this.#status = status;
    this.#headers = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), Array.isArray(value) ? value.join(", ") : value ?? ""]));
    this.#encoding = this.#headers.get("content-encoding") ?? "";
    if (Number(this.#headers.get("content-length")) > this.prepared.maxResponseBytes) this.fail("too-large");
  }

  onResponseData(_: Controller, chunk: Buffer): void {
    if (this.#isSettled()) return;
    this.#size += chunk.length;
    if (this.#size > this.prepared.maxResponseBytes) return this.fail("too-large");
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    if (this.#isSettled()) return;
    this.#controller = undefined;
    const [first, ...more] = this.#chunks;
    const raw = first !== undefined && more.length === 0 ? first : Buffer.concat(this.#chunks, this.#size);
    readBody(raw, this.#encoding, this.prepared.maxResponseBytes, (body) => {
      if (this.#isSettled()) return;
      if (body === "too-large") return this.fail("too-large");
      this.#phase = "complete";
      this.#answer = { status: this.#status ?? 0, headers: this.#headers, body: body === "unreadable" ? undefined : body };
      this.#done();
    });
  }

  onResponseError(_: Controller, error: unknown): void {
    this.#controller = undefined;
    if (!this.#isSettled()) this.fail(failureOf(error, this.#phase));
  }

  #isSettled(): boolean {
    return this.#over || this.#failure !== undefined || this.#answer !== undefined;
  }

  #done(): void {
    const settle = this.#settle;
    this.#settle = undefined;
    this.#chunks = [];
    settle?.();
  }
}
