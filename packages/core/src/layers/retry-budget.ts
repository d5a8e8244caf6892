/** How many retries an account may afford: a token bucket after gRPC's retry throttling (proposal A6). */
export interface RetryBudgetOptions {
  /** Default 10. */
  readonly tokens?: number | undefined;
  /** What a success gives back. Default 0.1: in the long run one retry for ten successes. */
  readonly ratio?: number | undefined;
}

/** Each failure that could be repeated takes one token; retries are allowed while more than half are left. */
export class RetryBudget {
  readonly #most: number;
  readonly #ratio: number;
  #tokens: number;

  constructor({ tokens = 10, ratio = 0.1 }: RetryBudgetOptions = {}) {
    this.#most = tokens;
    this.#ratio = ratio;
    this.#tokens = tokens;
  }

  get allowsRetry(): boolean {
    return this.#tokens > this.#most / 2;
  }

  failed(): void {
    this.#tokens = Math.max(0, this.#tokens - 1);
  }

  succeeded(): void {
    this.#tokens = Math.min(this.#most, this.#tokens + this.#ratio);
  }
}
