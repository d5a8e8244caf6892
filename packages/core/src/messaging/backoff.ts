/** What becomes of an entry whose handlers failed. */
export interface HandlerRetries {
  /** Tries in all before the entry is dead. Default 20: about a day and a half with the default delays. */
  readonly attempts: number;
  /** Delay after the first failure; doubles each time. Default 1 000. */
  readonly firstDelayMs: number;
  /** Default 6 hours. */
  readonly maxDelayMs: number;
}

export const HANDLER_RETRIES: HandlerRetries = { attempts: 20, firstDelayMs: 1_000, maxDelayMs: 6 * 3_600_000 };

/** The delay after the given number of failures, between half of it and all of it. `undefined`: no more tries. */
export function backoff({ attempts, firstDelayMs, maxDelayMs }: HandlerRetries, failures: number, random: () => number): number | undefined {
  if (failures >= attempts) return undefined;
  const full = Math.min(maxDelayMs, firstDelayMs * 2 ** (failures - 1));
  return Math.ceil(full / 2 + (full / 2) * random());
}
