import { configInvalid } from "../error/invalid.js";
import { MessagingError, type ErrorContext } from "../error/messaging-error.js";
import type { AccountId } from "../model/ids.js";
import type { AccountLayer, Invoke } from "./account-layer.js";
import { callEnded, waiting } from "./call-ended.js";
import { isSending } from "./call-layer.js";
import { SendQueue } from "./send-queue.js";
import { SlidingWindow, type Rate } from "./sliding-window.js";
import { systemTiming, type Timing } from "./timing.js";

export interface RateLimitOptions {
  /** For each account by itself. WhatsApp bans numbers that send too fast; no vendor names a safe figure. */
  readonly perAccount?: Rate | undefined;
  /** Over all accounts of this process. */
  readonly global?: Rate | undefined;
  /** The pause between two messages of an account: at least the first, at most the second, chosen anew each time. In milliseconds. */
  readonly gapMs?: readonly [number, number] | undefined;
  /** Who would wait longer gets `RATE_LIMITED`, not sent. Default 30 000: the request needs the rest of the deadline. */
  readonly maxWaitMs?: number | undefined;
  readonly timing?: Timing | undefined;
}

/**
 * Never more messages than the limit in any window, in the order in which they came, with an irregular pause between two. It
 * counts requests that make a message, repeats too; reads pass. A wait ends with the call, with a stop and with `maxWaitMs`;
 * then nothing was sent. It counts this process only: give each of n processes a share.
 *
 * @throws MessagingError `CONFIG_INVALID` for figures that are none.
 */
export function rateLimit({ perAccount, global, gapMs = [0, 0], maxWaitMs = 30_000, timing = systemTiming }: RateLimitOptions): AccountLayer {
  check({ perAccount, global, gapMs });
  const shared = global && new SlidingWindow(global);
  const queues = new Map<AccountId, SendQueue>();

  const queueOf = (account: AccountId): SendQueue => {
    const standing = queues.get(account);
    if (standing) return standing;
    const own = perAccount && new SlidingWindow(perAccount);
    const queue = new SendQueue({ windows: [own, shared].filter((window) => window !== undefined), gapMs, timing });
    queues.set(account, queue);
    return queue;
  };

  return {
    slot: "rate-limit",
    wrap(next, account, { provider }) {
      const invoke: Invoke = async (operation, input, call) => {
        if (!isSending(operation)) return next(operation, input, call);
        const context = { provider, account, operation };
        const turn = await waiting(call, (signal) => queueOf(account).turn(signal, maxWaitMs));
        const ended = callEnded(call, context);
        if (ended) throw ended;
        if (turn !== "go") throw tooMany(context, turn.retryAfterMs);
        return next(operation, input, call);
      };
      return invoke;
    },
  };
}

function tooMany(context: ErrorContext, retryAfterMs: number): MessagingError {
  return new MessagingError(`${context.operation} through ${context.provider}: account "${context.account}" has used up its own rate limit. Nothing was sent; send again later.`, {
    code: "RATE_LIMITED", outcome: "not-sent", persistence: "exhausted", retryAfterMs, context,
  });
}

function check({ perAccount, global, gapMs }: Pick<RateLimitOptions, "perAccount" | "global"> & { readonly gapMs: readonly [number, number] }): void {
  const issues = Object.entries({ perAccount, global }).flatMap(([path, rate]) =>
    rate === undefined || (Number.isSafeInteger(rate.limit) && rate.limit > 0 && rate.perMs > 0) ? [] : [{ path, message: "needs a whole limit of 1 or more, and milliseconds above 0" }]);
  const [least, most] = gapMs;
  if (!(least >= 0 && most >= least)) issues.push({ path: "gapMs", message: "must be two milliseconds, the smaller one first" });
  if (issues.length > 0) throw configInvalid("The rate limit makes no sense", issues);
}
