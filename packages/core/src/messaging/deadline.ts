import { randomUUID } from "node:crypto";
import type { Call } from "../driver/operations.js";
import { invalidArgument } from "../error/invalid.js";
import { MessagingError } from "../error/messaging-error.js";
import { joinSignal, ownSignal, whyEnded } from "../http/signal-hub.js";
import type { Issue } from "../model/json.js";
import type { CallOptions } from "./call-options.js";

/** Over all attempts of a call, unless the caller says otherwise. */
export const DEADLINE_MS = 60_000;
/** Longer timers fire at once in Node. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** The call that one deadline and the caller's own signal bound. `done` ends its timer. @throws MessagingError `INVALID_ARGUMENT`. */
export function startCall(options: Pick<CallOptions, "signal" | "deadlineMs"> = {}): { readonly call: Call; readonly done: () => void } {
  const { signal: given, deadlineMs = DEADLINE_MS } = options;
  const issues: Issue[] = [];
  if (!(deadlineMs > 0 && deadlineMs <= LONGEST_TIMER_MS)) issues.push({ path: "options.deadlineMs", message: "must be a number of milliseconds above 0 and below 2^31" });
  if (given !== undefined && !(given instanceof AbortSignal)) issues.push({ path: "options.signal", message: "must be an AbortSignal" });
  if (issues.length > 0) throw invalidArgument("The call cannot be made", issues);
  const { signal, abort } = ownSignal();
  const timer = setTimeout(() => abort(new DOMException("the deadline of the call is over", "TimeoutError")), deadlineMs);
  timer.unref();
  const call = { signal, callId: randomUUID(), attempt: 1 };
  if (given === undefined) return { call, done: () => clearTimeout(timer) };
  const wish = { end: () => abort(given.reason) };
  const leave = given.aborted ? wish.end() : joinSignal(given, wish);
  return {
    call,
    done: () => {
      clearTimeout(timer);
      leave?.();
    },
  };
}

/** `TIMEOUT` or `CANCELED` of a call that has ended before its request. */
export function endedEarly(operation: string, { signal }: Call): MessagingError {
  const late = whyEnded(signal) === "deadline";
  return new MessagingError(`${operation}: ${late ? "the deadline passed" : "the caller gave up"} before the request. Nothing was sent.`, {
    code: late ? "TIMEOUT" : "CANCELED", outcome: "not-sent", persistence: "permanent", context: { operation, phase: "before-write" },
  });
}

/**
 * The result of some work, or the given error when the call ends first and the work is still not over `graceMs` later: a
 * directory, a store or an adapter that does not heed the signal must not keep a caller for ever.
 */
export function withinCall<T>({ signal }: Call, graceMs: number, late: () => MessagingError, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    const wait = {
      end: () => {
        if (graceMs === 0) reject(late());
        else timer = setTimeout(() => reject(late()), graceMs);
      },
    };
    const leave = signal.aborted ? wait.end() : joinSignal(signal, wait);
    const over = () => {
      leave?.();
      if (timer !== undefined) clearTimeout(timer);
    };
    work.then((value) => {
      over();
      resolve(value);
    }, (error: unknown) => {
      over();
      reject(error);
    });
  });
}
