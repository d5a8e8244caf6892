/** Remembers what handlers threw: the worker keeps no foreign error, and a test wants to see its own. */
export class HandlerFailures {
  readonly #errors: unknown[] = [];

  /** The same handler, watched. */
  watch<Event>(handler: (event: Event) => unknown): (event: Event) => Promise<void> {
    return async (event) => {
      try {
        await handler(event);
      } catch (error) {
        this.#errors.push(error);
        throw error;
      }
    };
  }

  /** Throws the first error since the last call, and forgets the others. */
  throwFirst(): void {
    const errors = this.#errors.splice(0);
    if (errors.length > 0) throw errors[0];
  }
}
