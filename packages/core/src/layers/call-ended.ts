import { MessagingError, type ErrorContext } from "../error/messaging-error.js";
import { joinSignal, leaveSignal, ownSignal, whyEnded } from "../http/signal-hub.js";
import type { GuardedCall } from "./account-layer.js";

/**
 * Waits under a signal that ends with the call's deadline, the caller's wish, or a stop. For waits, not for requests: a stop
 * leaves those alone. Nothing is left on either signal: that of a stop may outlive many calls.
 */
export async function waiting<T>({ signal, halted }: GuardedCall, wait: (signal: AbortSignal) => Promise<T>): Promise<T> {
  if (halted === undefined) return wait(signal);
  const either = ownSignal();
  const members = [signal, halted].map((one) => ({ one, end: () => either.abort(one.reason) }));
  for (const member of members) {
    if (member.one.aborted) member.end();
    else joinSignal(member.one, member);
  }
  try {
    return await wait(either.signal);
  } finally {
    for (const member of members) leaveSignal(member.one, member);
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
