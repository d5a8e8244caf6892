interface Seat<T> {
  at: number;
  readonly member: T;
}

/**
 * Members that come and go at every call, for whoever may have to reach all of them. Not a `Set`: V8 keeps the tables that a
 * busy one outgrows in a chain, and with them whatever was in them, until the next full collection. What a call holds would
 * outlive it into the old generation, at a cost greater than the call's own.
 */
export class Roster<T> {
  readonly #seats: Seat<T>[] = [];

  /** The returned function takes the member out again; it may be called more than once. */
  add(member: T): () => void {
    const seat: Seat<T> = { at: this.#seats.length, member };
    this.#seats.push(seat);
    return () => this.#leave(seat);
  }

  get size(): number {
    return this.#seats.length;
  }

  /** Reaches everybody who is there now; who has left by the time of their turn is passed over. */
  forEach(reach: (member: T) => void): void {
    const now = this.#seats.slice();
    for (const seat of now) if (this.#seats[seat.at] === seat) reach(seat.member);
  }

  /** The last one takes the free seat. */
  #leave(seat: Seat<T>): void {
    if (this.#seats[seat.at] !== seat) return;
    const last = this.#seats.pop();
    if (last === undefined || last === seat) return;
    last.at = seat.at;
    this.#seats[seat.at] = last;
  }
}
