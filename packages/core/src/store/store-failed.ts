import { MessagingError } from "../error/messaging-error.js";

/** `STORE_FAILED`: the store kept nothing of this call, and the same call may succeed later. */
export function storeFailed(operation: string, problem: string, remedy: string): MessagingError {
  return new MessagingError(`${operation}: ${problem}. Nothing was kept; ${remedy}.`, {
    code: "STORE_FAILED", outcome: "not-sent", persistence: "transient", context: { operation },
  });
}
