import { createHash } from "node:crypto";

const DAY_MS = 86_400_000;

/**
 * Dedupe keys of entries that are done, each for a number of days. A key is held as 128 bits of its SHA-256 and a day
 * number, about 70 bytes in all: a million a day would otherwise be hundreds of megabytes.
 */
export class ClaimLedger {
  /** In the order of addition, so the oldest stand first. */
  readonly #until = new Map<string, number>();
  readonly #days: number;

  constructor(days: number) {
    this.#days = days;
  }

  get size(): number {
    return this.#until.size;
  }

  has(claim: string): boolean {
    return this.#until.has(digest(claim));
  }

  /** Keeps the key for the days from `nowMs` on. */
  add(claim: string, nowMs: number): void {
    const key = digest(claim);
    this.#until.delete(key);
    this.#until.set(key, Math.ceil(nowMs / DAY_MS) + this.#days);
  }

  /** Forgets what is over. */
  expire(nowMs: number): void {
    for (const [key, day] of this.#until) {
      if (day * DAY_MS > nowMs) return;
      this.#until.delete(key);
    }
  }
}

function digest(claim: string): string {
  return createHash("sha256").update(claim).digest().toString("latin1", 0, 16);
}
