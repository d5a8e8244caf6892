/** At most so many in any stretch of time of that length. */
export interface Rate {
  /** 1 or more. */
  readonly limit: number;
  readonly perMs: number;
}

/** Remembers the last `limit` times, so that no window, wherever it begins, ever holds more. */
export class SlidingWindow {
  readonly #rate: Rate;
  readonly #times: number[] = [];
  /** Where the oldest time stands once the list is full. */
  #oldest = 0;

  constructor(rate: Rate) {
    this.#rate = rate;
  }

  /** How long until one more is allowed; 0: now. */
  waitMs(now: number): number {
    const oldest = this.#times[this.#oldest];
    if (this.#times.length < this.#rate.limit || oldest === undefined) return 0;
    return Math.max(0, oldest + this.#rate.perMs - now);
  }

  /** Counts one that happens now. */
  take(now: number): void {
    if (this.#times.length < this.#rate.limit) {
      this.#times.push(now);
      return;
    }
    this.#times[this.#oldest] = now;
    this.#oldest = (this.#oldest + 1) % this.#rate.limit;
  }
}
