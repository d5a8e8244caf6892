interface Due {
  readonly at: number;
  readonly seq: number;
  readonly run: () => void;
}

/**
 * All waiting of a simulated vendor. Durations are the vendor's own, in milliseconds, scaled by `clockFactor`:
 * 1 is vendor-true, 0.01 a hundred times faster. At 0 no time passes, yet things still happen in the order of
 * their due times: what is due after 500 ms comes before what is due after 5 s.
 */
export class Timers {
  readonly #handles = new Set<NodeJS.Timeout>();
  readonly #queue: Due[] = [];
  readonly #ended = new Set<() => void>();
  #virtual = 0;
  #seq = 0;
  #draining = false;
  #pending = 0;
  #stopped = false;
  #idle: (() => void)[] = [];

  constructor(
    readonly clockFactor: number = 1,
    readonly now: () => number = Date.now,
  ) {}

  /** Runs `fn` after `ms`; returns the function that takes it back. Counts as pending until `fn` has settled. */
  after(ms: number, fn: () => void | Promise<void>): () => void {
    if (this.#stopped) return () => {};
    const release = this.hold();
    const cancel = this.#schedule(ms, () => {
      void Promise.resolve()
        .then(fn)
        .finally(release);
    });
    return () => {
      cancel();
      release();
    };
  }

  /** Waits `ms`. True when the time has passed, false when the signal or `stop()` ended the wait. */
  wait(ms: number, signal?: AbortSignal): Promise<boolean> {
    if (this.#stopped || signal?.aborted === true) return Promise.resolve(false);
    return new Promise((resolve) => {
      const settle = (passed: boolean): void => {
        cancel();
        signal?.removeEventListener("abort", ended);
        this.#ended.delete(ended);
        resolve(passed);
      };
      const ended = (): void => settle(false);
      const cancel = this.#schedule(ms, () => settle(true));
      signal?.addEventListener("abort", ended, { once: true });
      this.#ended.add(ended);
    });
  }

  /** Marks work as pending until the returned function is called; `idle()` waits for it. */
  hold(): () => void {
    this.#pending += 1;
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#pending -= 1;
      if (this.#pending === 0) this.#settle();
    };
  }

  /** Keeps `idle()` waiting until the promise has settled. */
  track<T>(promise: Promise<T>): Promise<T> {
    return promise.finally(this.hold());
  }

  /** Resolves when nothing is pending: no timer, no held or tracked work. Plain `wait`s do not count by themselves. */
  idle(): Promise<void> {
    return this.#pending === 0 || this.#stopped ? Promise.resolve() : new Promise((resolve) => this.#idle.push(resolve));
  }

  /** Clears every timer and ends every wait. Nothing is scheduled afterwards. */
  stop(): void {
    this.#stopped = true;
    for (const handle of this.#handles) clearTimeout(handle);
    this.#handles.clear();
    this.#queue.length = 0;
    for (const ended of this.#ended) ended();
    this.#settle();
  }

  #settle(): void {
    const waiting = this.#idle;
    this.#idle = [];
    for (const resolve of waiting) resolve();
  }

  #schedule(ms: number, run: () => void): () => void {
    if (this.clockFactor > 0) {
      const handle = setTimeout(() => {
        this.#handles.delete(handle);
        run();
      }, Math.min(ms * this.clockFactor, 2 ** 31 - 1));
      this.#handles.add(handle);
      return () => {
        clearTimeout(handle);
        this.#handles.delete(handle);
      };
    }
    const due: Due = { at: this.#virtual + Math.max(0, ms), seq: this.#seq++, run };
    this.#queue.push(due);
    this.#queue.sort((a, b) => a.at - b.at || a.seq - b.seq);
    this.#drain();
    return () => {
      const index = this.#queue.indexOf(due);
      if (index !== -1) this.#queue.splice(index, 1);
    };
  }

  /** One due thing per turn of the event loop, so that sockets are served in between. */
  #drain(): void {
    if (this.#draining) return;
    this.#draining = true;
    setImmediate(() => {
      this.#draining = false;
      const next = this.#queue.shift();
      if (next === undefined) return;
      this.#virtual = next.at;
      next.run();
      if (this.#queue.length > 0) this.#drain();
    });
  }
}
