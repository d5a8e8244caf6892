import type { AccountId, MessageId } from "../model/ids.js";
import type { InboxEntry } from "./inbox.js";

/** Where an entry of an inbox in memory stands. Times in milliseconds since 1970. */
export type Place =
  | { readonly at: "ready" }
  | { readonly at: "later"; readonly due: number }
  /** `woken`: messages that the book learnt while a worker held the entry. */
  | { readonly at: "leased"; readonly lease: string; readonly until: number; readonly woken: Set<MessageId> }
  | { readonly at: "aside"; readonly target: MessageId; readonly since: number }
  | { readonly at: "dead"; readonly reason: string };

export interface Kept {
  readonly entry: InboxEntry;
  /** Grows with every entry: the order of receipt. */
  readonly order: number;
  readonly place: Place;
}

/** The entries of an inbox in memory, by id and by place. Knows no rules: it holds what it is given. */
export class EntryTable {
  readonly #places: { readonly [P in Place["at"]]: Map<string, Kept> } = { ready: new Map(), later: new Map(), leased: new Map(), aside: new Map(), dead: new Map() };
  readonly #where = new Map<string, Place["at"]>();
  #orders = 0;

  get size(): number {
    return this.#where.size;
  }

  get(id: string): Kept | undefined {
    const at = this.#where.get(id);
    return at && this.#places[at].get(id);
  }

  add(entry: InboxEntry): void {
    this.#orders += 1;
    this.move({ entry, order: this.#orders, place: { at: "ready" } }, { at: "ready" });
  }

  /** The same entry elsewhere, changed as given. */
  move({ entry, order }: Kept, place: Place, change: Partial<Pick<InboxEntry, "attempts" | "revived">> = {}): Kept {
    this.remove(entry.id);
    const kept = { entry: Object.freeze({ ...entry, ...change }), order, place };
    this.#where.set(entry.id, place.at);
    this.#places[place.at].set(entry.id, kept);
    return kept;
  }

  remove(id: string): void {
    const at = this.#where.get(id);
    if (at) this.#places[at].delete(id);
    this.#where.delete(id);
  }

  /** In the order in which they came there. */
  in(at: Place["at"]): Iterable<Kept> {
    return this.#places[at].values();
  }

  count(at: Place["at"]): number {
    return this.#places[at].size;
  }

  /** Entries of an account that wait for a message. */
  waitingFor(account: AccountId, target: MessageId): readonly Kept[] {
    return [...this.in("aside")].filter(({ entry, place }) => entry.account === account && place.at === "aside" && place.target === target);
  }
}
