import type { SlidingWindow } from "./sliding-window.js";
import type { Timing } from "./timing.js";

export interface SendQueueOptions {
  readonly windows: readonly SlidingWindow[];
  readonly gapMs: readonly [number, number];
  readonly timing: Timing;
}

/** What a turn ended with. `retryAfterMs`: it would have come no sooner. Not to be believed when the signal has aborted. */
export type Turn = "go" | { readonly retryAfterMs: number };

interface Waiter {
  readonly since: number;
  readonly maxWaitMs: number;
  readonly end: (turn: Turn) => void;
}

/** Who waits to send through one account, first come, first served. A slot is counted at the moment it is used. */
export class SendQueue {
  readonly #options: SendQueueOptions;
  readonly #waiting = new Set<Waiter>();
  #notBefore = Number.NEGATIVE_INFINITY;
  #pumping = false;
  /** Ends the pause when nobody waits any more. */
  #pause = new AbortController();

  constructor(options: SendQueueOptions) {
    this.#options = options;
  }

  /** Resolves when it is this one's turn, when the signal aborts, or when the turn would come later than `maxWaitMs`. Never rejects. */
  turn(signal: AbortSignal, maxWaitMs: number): Promise<Turn> {
    const { timing } = this.#options;
    if (signal.aborted) return Promise.resolve({ retryAfterMs: 0 });
    const wait = this.#waitMs(timing.now());
    if (wait > maxWaitMs) return Promise.resolve({ retryAfterMs: Math.ceil(wait) });
    return new Promise((resolve) => {
      const waiter: Waiter = { since: timing.now(), maxWaitMs, end: (turn) => {
        this.#waiting.delete(waiter);
        signal.removeEventListener("abort", leave);
        resolve(turn);
      } };
      const leave = () => {
        waiter.end({ retryAfterMs: 0 });
        if (this.#waiting.size === 0) this.#pause.abort();
      };
      signal.addEventListener("abort", leave);
      this.#waiting.add(waiter);
      if (!this.#pumping) void this.#pump();
    });
  }

  async #pump(): Promise<void> {
    const { timing, windows, gapMs: [least, most] } = this.#options;
    this.#pumping = true;
    for (;;) {
      const [first] = this.#waiting;
      if (first === undefined) break;
      const now = timing.now();
      const wait = this.#waitMs(now);
      if (wait > 0) {
        for (const { since, maxWaitMs, end } of this.#waiting) if (now + wait > since + maxWaitMs) end({ retryAfterMs: Math.ceil(wait) });
        if (this.#waiting.size === 0) continue;
        this.#pause = new AbortController();
        await timing.sleep(Math.ceil(wait), this.#pause.signal);
        continue;
      }
      for (const window of windows) window.take(now);
      this.#notBefore = now + least + (most - least) * timing.random();
      first.end("go");
    }
    this.#pumping = false;
  }

  #waitMs(now: number): number {
    return Math.max(0, this.#notBefore - now, ...this.#options.windows.map((window) => window.waitMs(now)));
  }
}
