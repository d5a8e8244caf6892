/** A process that may die: before or after its nth step to the outside. What is dead never goes on and never says so. */
export class Mortal {
  readonly #dieAt: number;
  readonly #when: "before" | "after";
  #steps = 0;
  #dead = false;
  readonly #mourners: (() => void)[] = [];

  constructor(dieAt = Number.POSITIVE_INFINITY, when: "before" | "after" = "before") {
    this.#dieAt = dieAt;
    this.#when = when;
  }

  get isDead(): boolean {
    return this.#dead;
  }

  /** One step to the outside: a store's transaction, an exchange with a vendor. */
  async step<T>(work: () => Promise<T>): Promise<T> {
    this.#steps += 1;
    const last = this.#steps === this.#dieAt;
    if (last && this.#when === "before") this.die();
    if (this.#dead) return never();
    try {
      return await work();
    } finally {
      if (last) this.die();
      if (this.#dead) await never();
    }
  }

  die(): void {
    this.#dead = true;
    for (const told of this.#mourners.splice(0)) told();
  }

  /** The result of some work of this process, or `"crashed"`. */
  outcome<T>(work: Promise<T>): Promise<T | "crashed"> {
    return Promise.race([work, new Promise<"crashed">((resolve) => {
      if (this.#dead) resolve("crashed");
      else this.#mourners.push(() => resolve("crashed"));
    })]);
  }

  /** An object of this process's whose asynchronous methods are steps. */
  owning<S extends object>(store: S): S {
    return new Proxy(store, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== "function") return member;
        return (...given: readonly unknown[]): Promise<unknown> => this.step(async (): Promise<unknown> => Reflect.apply(member, target, given));
      },
    });
  }
}

function never(): Promise<never> {
  return new Promise(() => {});
}
