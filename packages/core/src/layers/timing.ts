import { performance } from "node:perf_hooks";

/** Time and chance as the layers need them: given, so that tests run without waiting. */
export interface Timing {
  /** Milliseconds of a clock that never goes back; only differences count. */
  readonly now: () => number;
  /** From 0 up to, not including, 1. */
  readonly random: () => number;
  /** Resolves after the time, or as soon as the signal aborts. Never rejects, leaves no timer behind. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** The machine's own. */
export const systemTiming: Timing = { now: () => performance.now(), random: Math.random, sleep };

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted || ms <= 0) return resolve();
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, Math.min(ms, 2_147_483_647));
    signal.addEventListener("abort", end);
  });
}
