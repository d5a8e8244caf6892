import type { Timing } from "../../src/layers/timing.js";

/** Time that passes only when a test says so, and then at once. */
export class VirtualTime implements Timing {
  ms = 0;
  readonly #sleepers = new Set<{ readonly at: number; readonly wake: () => void }>();
  readonly random: () => number;

  constructor(random: () => number = () => 0.5) {
    this.random = random;
  }

  readonly now = (): number => this.ms;

  readonly sleep = (ms: number, signal: AbortSignal): Promise<void> => new Promise((resolve) => {
    if (signal.aborted || ms <= 0) return resolve();
    const wake = () => {
      this.#sleepers.delete(sleeper);
      signal.removeEventListener("abort", wake);
      resolve();
    };
    const sleeper = { at: this.ms + ms, wake };
    this.#sleepers.add(sleeper);
    signal.addEventListener("abort", wake);
  });

  /** Who waits. 0 at the end of a test: nothing was left open. */
  get waiting(): number {
    return this.#sleepers.size;
  }

  /** Lets the time pass, waking one sleeper after another. */
  async pass(ms: number): Promise<void> {
    const until = this.ms + ms;
    for (;;) {
      await settled();
      const [next] = [...this.#sleepers].sort((a, b) => a.at - b.at);
      if (next === undefined || next.at > until) break;
      this.ms = next.at;
      next.wake();
    }
    this.ms = until;
    await settled();
  }
}

/** Everything that can run without time has run. */
export function settled(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}
