import { brokenMemory } from "./break.js";

/** Goes on waiting when its caller has gone; only a deadline ends it. */
export const ignoresTheSignal = brokenMemory("ignores the signal", "cancellation and deadlines: a call that the caller ends while it waits ends at once, as CANCELED and unknown", ({ good }) => ({
  send(command, call) {
    if (call.signal.aborted) return good.send(command, call);
    const late = new AbortController();
    call.signal.addEventListener("abort", () => {
      if (call.signal.reason instanceof DOMException && call.signal.reason.name === "TimeoutError") late.abort(call.signal.reason);
    }, { once: true });
    return good.send(command, { ...call, signal: late.signal });
  },
}));
