import type { Answered, Reply } from "./server.js";

export const FAULT_NAMES = [
  "refuse",
  "reset-before-reading",
  "reset",
  "act-then-reset",
  "act-then-hang",
  "act-then-cut-body",
  "act-then-nonsense",
  "without-id",
  "slow",
  "redirect",
  "unauthorized",
  "rate-limited",
  "server-error",
  "not-ready",
  "hang",
  "answer",
] as const;

/**
 * - `refuse`: the vendor's documented refusal of that operation (which one: `code`); not acted
 * - `reset-before-reading`, `reset`: connection reset before or after the body was read; not acted
 * - `act-then-reset`, `act-then-hang`, `act-then-cut-body`, `act-then-nonsense` (2xx that is not JSON), `without-id` (2xx without an id), `slow` (answered after `afterMs`, when all that follows has long begun): acted
 * - `redirect` (307 to another path), `unauthorized`, `rate-limited` (429), `server-error` (500 in the vendor's shape), `not-ready`, `hang`: not acted
 * - `answer`: the given status, body and headers; not acted
 */
export type FaultName = (typeof FAULT_NAMES)[number];

export interface Fault {
  /** Which operation it waits for, in the vendor's words ("send-event", "events"). Absent: the next request of any kind. */
  readonly operation?: string;
  readonly fault: FaultName;
  /** How many matching requests it meets. Default 1. */
  readonly times?: number;
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** With `refuse`: which of the vendor's refusals, for example "463" at WAHA. */
  readonly code?: string;
  /** With `refuse` and `server-error`: the vendor acted all the same. Default false. */
  readonly acts?: boolean;
  /** With `slow`: vendor-true milliseconds, scaled by the clock factor. Default 5000. */
  readonly afterMs?: number;
}

/** Scripted faults, consumed in order by the requests that match. */
export class Faults {
  #queue: { readonly fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.#queue.push({ fault, left: fault.times ?? 1 });
  }

  /** Takes the next fault for this operation, if there is one. "reset-before-reading" is only taken with `beforeReading`. */
  take(operation: string, when: "before-reading" | "read" = "read"): Fault | undefined {
    const found = this.#queue.find(({ fault }) => (fault.operation ?? operation) === operation && (fault.fault === "reset-before-reading") === (when === "before-reading"));
    if (found === undefined) return undefined;
    found.left -= 1;
    if (found.left <= 0) this.#queue = this.#queue.filter((entry) => entry !== found);
    return found.fault;
  }

  /** Faults that no request has met yet. */
  waiting(): readonly Fault[] {
    return this.#queue.map(({ fault, left }) => ({ ...fault, times: left }));
  }

  clear(): void {
    this.#queue = [];
  }
}

/** The vendor's own words for those faults that have a documented shape. */
export interface FaultAnswers {
  refuse(fault: Fault): Reply;
  unauthorized(): Reply;
  rateLimited(): Reply;
  serverError(fault: Fault): Reply;
  notReady(): Reply | Promise<Reply>;
  /** The acted answer without any id in it. */
  withoutId(reply: Answered): Reply;
  wait(ms: number): Promise<unknown>;
}

/** Answers a request under a fault; without one, simply acts. Work that `act` planned for afterwards happens whatever becomes of the answer. */
export const answerUnder = async (fault: Fault | undefined, act: () => Promise<Reply>, answers: FaultAnswers): Promise<Reply> => {
  if (fault === undefined) return act();
  const acted = async (change: (reply: Answered) => Reply): Promise<Reply> => {
    const reply = await act();
    if (!("status" in reply)) return reply;
    const changed = change(reply);
    return reply.afterwards === undefined ? changed : { ...changed, afterwards: reply.afterwards };
  };
  const refusal = (reply: Reply): Promise<Reply> | Reply => (fault.acts === true ? acted(() => reply) : reply);
  switch (fault.fault) {
    case "refuse":
      return refusal(answers.refuse(fault));
    case "server-error":
      return refusal(answers.serverError(fault));
    case "unauthorized":
      return answers.unauthorized();
    case "rate-limited":
      return answers.rateLimited();
    case "not-ready":
      return answers.notReady();
    case "reset-before-reading":
    case "reset":
      return { drop: "reset" };
    case "hang":
      return { hang: true };
    case "redirect":
      return { status: fault.status ?? 307, headers: { location: "/moved", ...fault.headers }, text: "" };
    case "answer":
      return given(fault);
    case "act-then-reset":
      return acted(() => ({ drop: "reset" }));
    case "act-then-hang":
      return acted(() => ({ hang: true }));
    case "act-then-cut-body":
      return acted((reply) => ({ ...reply, cut: true }));
    case "act-then-nonsense":
      return acted((reply) => ({ status: reply.status, text: "<html><body>It works!</body></html>" }));
    case "slow": {
      const { afterwards, ...reply } = await act();
      afterwards?.();
      await answers.wait(fault.afterMs ?? 5_000);
      return reply;
    }
    case "without-id":
      return acted((reply) => answers.withoutId(reply));
  }
};

const given = (fault: Fault): Reply => {
  const base = { status: fault.status ?? 500, ...(fault.headers === undefined ? {} : { headers: fault.headers }) };
  return typeof fault.body === "string" ? { ...base, text: fault.body } : fault.body === undefined ? base : { ...base, json: fault.body };
};
