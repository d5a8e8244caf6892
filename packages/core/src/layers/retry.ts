import { isMessagingError, mayRepeat, MessagingError } from "../error/messaging-error.js";
import type { AccountId } from "../model/ids.js";
import type { AccountLayer, Invoke } from "./account-layer.js";
import { stopped, waiting } from "./call-ended.js";
import { RetryBudget, type RetryBudgetOptions } from "./retry-budget.js";
import { systemTiming, type Timing } from "./timing.js";

export interface RetryOptions {
  /** In all, the first one included. Default 3. */
  readonly attempts?: number | undefined;
  /** The longest first wait; doubles with each attempt. Default 250. */
  readonly baseMs?: number | undefined;
  /** The longest wait of our own choosing. Default 5 000. */
  readonly capMs?: number | undefined;
  /** A vendor that wants a longer pause is not asked again: the error goes to the caller with its `retryAfterMs`. Default 15 000. */
  readonly maxRetryAfterMs?: number | undefined;
  readonly budget?: RetryBudgetOptions | undefined;
  readonly timing?: Timing | undefined;
}

/**
 * Repeats what was proved not to have been sent and may fare better (`mayRepeat`), and nothing else. Full jitter, a budget
 * for each account, the vendor's Retry-After as the least wait. It is the one owner of retries: a call that is already a
 * repeat passes through, and what it gives up on is marked `exhausted`. Waits end with the call and with a stop.
 */
export function retry(options: RetryOptions = {}): AccountLayer {
  const { attempts = 3, baseMs = 250, capMs = 5_000, maxRetryAfterMs = 15_000, timing = systemTiming } = options;
  const budgets = new Map<AccountId, RetryBudget>();

  const waitMs = (attempt: number, retryAfterMs = 0): number | undefined =>
    retryAfterMs > maxRetryAfterMs ? undefined : Math.max(retryAfterMs, Math.ceil(timing.random() * Math.min(capMs, baseMs * 2 ** (attempt - 1))));

  return {
    slot: "retry",
    wrap(next, account) {
      const budget = budgets.get(account) ?? new RetryBudget(options.budget);
      budgets.set(account, budget);
      const invoke: Invoke = async (operation, input, call) => {
        if (call.attempt > 1) return next(operation, input, call);
        for (let attempt = 1; ; attempt += 1) {
          try {
            const output = await next(operation, input, attempt === 1 ? call : { ...call, attempt });
            budget.succeeded();
            return output;
          } catch (error) {
            // STOPPED comes from the breaker or a kill switch: asking them again at once would not change their mind.
            if (!isMessagingError(error) || !mayRepeat(error) || error.code === "STOPPED") throw error;
            budget.failed();
            if (attempt >= attempts || !budget.allowsRetry) throw attempt > 1 ? exhausted(error, attempt) : error;
            const wait = waitMs(attempt, error.retryAfterMs);
            if (wait === undefined) throw error;
            await waiting(call, (signal) => timing.sleep(wait, signal));
            if (call.halted?.aborted) throw stopped(error.context);
            if (call.signal.aborted) throw error;
          }
        }
      };
      return invoke;
    },
  };
}

function exhausted(error: MessagingError, attempts: number): MessagingError {
  const { code, outcome, retryAfterMs, issues, plan, context } = error;
  return new MessagingError(`${error.message} Tried ${attempts} times.`, { code, outcome, persistence: "exhausted", retryAfterMs, issues, plan, context });
}
