/** Items by two texts, the first of which has few values, such as a tenant or an account. No text is built for a look-up. */
export class PairIndex<T> {
  readonly #groups = new Map<string, Map<string, T[]>>();

  get(first: string, second: string): readonly T[] {
    return this.#groups.get(first)?.get(second) ?? [];
  }

  /** The item does not stand there yet. */
  add(first: string, second: string, item: T): void {
    const group = this.#groups.get(first) ?? new Map<string, T[]>();
    this.#groups.set(first, group);
    const items = group.get(second);
    if (items === undefined) group.set(second, [item]);
    else items.push(item);
  }

  remove(first: string, second: string, item: T): void {
    const group = this.#groups.get(first);
    const rest = group?.get(second)?.filter((other) => other !== item) ?? [];
    if (rest.length > 0) group?.set(second, rest);
    else group?.delete(second);
  }
}
