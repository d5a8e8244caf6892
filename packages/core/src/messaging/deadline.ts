import { randomUUID } from "node:crypto";
import type { Call } from "../driver/operations.js";
import type { CallOptions } from "./messaging-types.js";

const DEADLINE_MS = 60_000;

/** The call that one deadline and the caller's own signal bound. `done` ends its timer. */
export function startCall(options: Pick<CallOptions, "signal" | "deadlineMs"> = {}): { readonly call: Call; readonly done: () => void } {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(new DOMException("the deadline of the call is over", "TimeoutError")), options.deadlineMs ?? DEADLINE_MS);
  timer.unref();
  const signal = options.signal ? AbortSignal.any([options.signal, deadline.signal]) : deadline.signal;
  return { call: { signal, callId: randomUUID(), attempt: 1 }, done: () => clearTimeout(timer) };
}
