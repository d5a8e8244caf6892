import { identityKey, mergePeople, type Person } from "./guest-identity.js";

/** The people of one tenant, by every id that was met. The order of the meetings does not matter. */
export class PeopleTable {
  readonly #byId = new Map<string, Person>();

  /** The ids are one person's: joins everybody who shares one of them. */
  meet(person: Person): void {
    if (person.ids.every((id) => this.#byId.get(identityKey(id))?.ids.includes(id) === true) && this.whose(person.ids).length === 1) return;
    for (const merged of mergePeople(this.whose(person.ids), [person])) {
      for (const id of merged.ids) this.#byId.set(identityKey(id), Object.freeze(merged));
    }
  }

  whose(ids: readonly string[]): readonly Person[] {
    return [...new Set(ids.map((id) => this.#byId.get(identityKey(id))).filter((person) => person !== undefined))];
  }
}
