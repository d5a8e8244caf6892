import { MessagingError, type ErrorContext } from "../error/messaging-error.js";
import { joinSignal, ownSignal, whyEnded } from "../http/signal-hub.js";
import type { GuardedCall } from "./account-layer.js";

/**
 * Waits under a signal that ends with the call's deadline, the caller's wish, or a stop. For waits, not for requests: a stop
 * leaves those alone. Nothing is left on either signal: that of a stop may outlive many calls.
 */
export async function waiting<T>({ signal, halted }: GuardedCall, wait: (signal: AbortSignal) => Promise<T>): Promise<T> {
  if (halted === undefined) return wait(signal);
  const either = ownSignal();
  const leave = [signal, halted].map((one) => {
    const member = { end: () => either.abort(one.reason) };
    if (!one.aborted) return joinSignal(one, member);
    member.end();
    return undefined;
  });
  try {
    return await wait(either.signal);
  } finally {
    for (const each of leave) each?.();
  }
}

/** Why nothing more may begin under this call. `undefined`: it may. What it says holds only where no request is under way. */
export function callEnded({ signal, halted }: GuardedCall, context: ErrorContext): MessagingError | undefined {
  if (halted?.aborted) return stopped(context);
  if (!signal.aborted) return undefined;
  const late = whyEnded(signal) === "deadline";
  return new MessagingError(`${context.operation ?? "The call"}: ${late ? "the deadline passed" : "the caller ended the call"} before the request. Nothing was sent.`, {
    code: late ? "TIMEOUT" : "CANCELED", outcome: "not-sent", persistence: "permanent", context,
  });
}

/** `STOPPED` by a kill switch. */
export function stopped(context: ErrorContext): MessagingError {
  return new MessagingError(`${context.operation ?? "The call"} was stopped by a kill switch. Nothing was sent; it may be sent again after resume().`, {
    code: "STOPPED", outcome: "not-sent", persistence: "transient", context,
  });
}
