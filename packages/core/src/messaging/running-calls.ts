import { MessagingError } from "../error/messaging-error.js";

/** Counts the calls that are under way, so that closing can wait for them. */
export class RunningCalls {
  readonly #running = new Set<Promise<unknown>>();
  #closed = false;

  /** Is any call under way in this process? */
  get busy(): boolean {
    return this.#running.size > 0;
  }

  /** @throws MessagingError `STOPPED` after `close`. */
  async run<T>(call: () => Promise<T>): Promise<T> {
    if (this.#closed) {
      throw new MessagingError("This messaging object is closed. Nothing was sent; create a new one.", { code: "STOPPED", outcome: "not-sent", persistence: "permanent" });
    }
    const running = call();
    this.#running.add(running);
    try {
      return await running;
    } finally {
      this.#running.delete(running);
    }
  }

  /** Refuses new calls and waits for those under way. Never rejects. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#running);
  }
}
