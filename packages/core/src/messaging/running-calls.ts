import { MessagingError } from "../error/messaging-error.js";

/** Counts the calls that are under way, so that closing can wait for them. */
export class RunningCalls {
  #running = 0;
  #closing: Promise<void> | undefined;
  #drained: (() => void) | undefined;

  /** Is any call under way in this process? */
  get busy(): boolean {
    return this.#running > 0;
  }

  /** Rejects with a MessagingError `STOPPED` after `close`. */
  run<T>(call: () => Promise<T>): Promise<T> {
    if (this.#closing) {
      return Promise.reject(new MessagingError("This messaging object is closed. Nothing was sent; create a new one.", { code: "STOPPED", outcome: "not-sent", persistence: "permanent" }));
    }
    // A call that throws instead of rejecting was never under way.
    const running = call();
    this.#running += 1;
    running.then(this.#over, this.#over);
    return running;
  }

  readonly #over = (): void => {
    this.#running -= 1;
    if (this.#running === 0) this.#drained?.();
  };

  /** Refuses new calls and waits for those under way. Never rejects. */
  close(): Promise<void> {
    this.#closing ??= new Promise((resolve) => {
      if (this.#running === 0) resolve();
      else this.#drained = resolve;
    });
    return this.#closing;
  }
}
