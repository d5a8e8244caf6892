import type { Timing } from "@event-messaging/core";

interface Sleeper {
  readonly at: number;
  readonly n: number;
  readonly wake: () => void;
}

/** Time that passes at once when everybody sleeps: hours of sending in a second. */
export class VirtualTime implements Timing {
  ms = 0;
  readonly random: () => number;
  readonly #heap: Sleeper[] = [];
  #count = 0;

  constructor(random: () => number) {
    this.random = random;
  }

  readonly now = (): number => this.ms;

  readonly sleep = (ms: number, signal: AbortSignal): Promise<void> => new Promise((resolve) => {
    if (signal.aborted || ms <= 0) return resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
    this.#push({ at: this.ms + ms, n: (this.#count += 1), wake: resolve });
  });

  /** Runs until the work is done. @throws when nobody sleeps and the work is not done: it hangs. */
  async until(work: Promise<unknown>): Promise<void> {
    const state = { over: false };
    const done = work.finally(() => (state.over = true));
    done.catch(() => undefined);
    for (let idle = 0; ; ) {
      await new Promise<void>((resolve) => void setImmediate(resolve));
      if (state.over) break;
      const next = this.#pop();
      if (next === undefined) {
        idle += 1;
        if (idle > 100) throw new Error("somebody waits for ever");
        continue;
      }
      idle = 0;
      this.ms = Math.max(this.ms, next.at);
      next.wake();
    }
    await done;
  }

  #push(sleeper: Sleeper): void {
    const heap = this.#heap;
    let at = heap.push(sleeper) - 1;
    for (let up = (at - 1) >> 1; at > 0 && earlier(heap[at], heap[up]); up = (at - 1) >> 1) {
      swap(heap, at, up);
      at = up;
    }
  }

  #pop(): Sleeper | undefined {
    const heap = this.#heap;
    const [first] = heap;
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    heap[0] = last;
    for (let at = 0; ; ) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      const least = earlier(heap[right], heap[left]) ? right : left;
      if (!earlier(heap[least], heap[at])) return first;
      swap(heap, at, least);
      at = least;
    }
  }
}

function earlier(a: Sleeper | undefined, b: Sleeper | undefined): boolean {
  if (a === undefined) return false;
  return b === undefined || a.at < b.at || (a.at === b.at && a.n < b.n);
}

function swap(heap: Sleeper[], a: number, b: number): void {
  const [first, second] = [heap[a], heap[b]];
  if (first === undefined || second === undefined) return;
  heap[a] = second;
  heap[b] = first;
}
