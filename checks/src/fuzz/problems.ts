/** What went wrong: counted by kind, with the first body of each as an example. */
export class Problems {
  readonly #counts = new Map<string, number>();
  readonly #examples: { readonly kind: string; readonly detail: string; readonly body?: string }[] = [];

  add(kind: string, detail: string, body?: Uint8Array): void {
    const count = this.#counts.get(kind) ?? 0;
    this.#counts.set(kind, count + 1);
    if (count === 0) this.#examples.push({ kind, detail: detail.slice(0, 500), ...(body && { body: Buffer.from(body).toString("latin1").slice(0, 4_000) }) });
  }

  get total(): number {
    return [...this.#counts.values()].reduce((sum, count) => sum + count, 0);
  }

  counts(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#counts);
  }

  examples() {
    return this.#examples.slice(0, 10);
  }
}
