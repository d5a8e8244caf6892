/** What becomes of an entry whose handlers failed. */
export interface HandlerRetries {
  /** Tries in all before the entry is dead. Default 20: about a day with the default delays. */
  readonly attempts: number;
  /** Delay after the first failure; doubles each time. Default 1 000. */
  readonly firstDelayMs: number;
  /** Default 6 hours. */
  readonly maxDelayMs: number;
  /** How long the handlers of one event may take before the try counts as failed. Default 50 000. */
  readonly deadlineMs: number;
}

export const HANDLER_RETRIES: HandlerRetries = { attempts: 20, firstDelayMs: 1_000, maxDelayMs: 6 * 3_600_000, deadlineMs: 50_000 };

/** The delay after the given number of failures, between half of it and all of it. `undefined`: no more tries. */
export function backoff({ attempts, firstDelayMs, maxDelayMs }: Omit<HandlerRetries, "deadlineMs">, failures: number, random: () => number): number | undefined {
  if (failures >= attempts) return undefined;
  const full = Math.min(maxDelayMs, firstDelayMs * 2 ** (failures - 1));
  return Math.ceil(full / 2 + (full / 2) * random());
}

/** The result of some work, or an error when it takes longer: a handler that never ends must not hold up all others. */
export function inTime<T>(work: Promise<T>, deadlineMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("it took too long")), deadlineMs);
    timer.unref();
    void work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
