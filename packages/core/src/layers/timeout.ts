import { MessagingError } from "../error/messaging-error.js";
import type { AccountLayer, Invoke } from "./account-layer.js";
import { isSending } from "./call-layer.js";
import { systemTiming, type Timing } from "./timing.js";

export interface TimeoutOptions {
  /** Of one attempt. Default: none but the call's own deadline; the HTTP client bounds each exchange at 30 000 by itself. */
  readonly attemptMs?: number | undefined;
  /** How long a provider may take to end after its signal did, to say how far it got. Default 1 000. */
  readonly graceMs?: number | undefined;
  readonly timing?: Timing | undefined;
}

/**
 * Ends attempts. A provider that heeds its signal says itself what was proved; one that does not is left behind after the
 * grace, and a message that it was about to make is `unknown`. So no call hangs, whatever an adapter does.
 */
export function timeout({ attemptMs, graceMs = 1_000, timing = systemTiming }: TimeoutOptions = {}): AccountLayer {
  return {
    slot: "timeout",
    wrap(next, account, { provider }) {
      const invoke: Invoke = async (operation, input, call) => {
        const over = new AbortController();
        const attempt = new AbortController();
        const signal = AbortSignal.any([call.signal, attempt.signal]);
        if (attemptMs !== undefined) {
          void timing.sleep(attemptMs, AbortSignal.any([call.signal, over.signal])).then(() => {
            if (!over.signal.aborted) attempt.abort(new DOMException("the deadline of the attempt is over", "TimeoutError"));
          });
        }
        const left = leftBehind(signal, over.signal, () => timing.sleep(graceMs, over.signal)).then(() => {
          const sending = isSending(operation);
          throw new MessagingError(`${operation} through ${provider}: the provider did not end with its deadline. ${sending ? "It may have been sent: look before sending again." : "Nothing was sent."}`, {
            code: "TIMEOUT", outcome: sending ? "unknown" : "not-sent", persistence: "permanent", context: { provider, account, operation },
          });
        });
        try {
          return await Promise.race([next(operation, input, { ...call, signal }), left]);
        } finally {
          over.abort();
          left.catch(() => undefined);
        }
      };
      return invoke;
    },
  };
}

/** Resolves a grace after the signal aborted; never, when it is over before. */
function leftBehind(signal: AbortSignal, over: AbortSignal, grace: () => Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    const wait = () => void grace().then(() => {
      if (!over.aborted) resolve();
    });
    if (signal.aborted) wait();
    else signal.addEventListener("abort", wait, { once: true });
    over.addEventListener("abort", () => signal.removeEventListener("abort", wait), { once: true });
  });
}
