import type { Guest } from "../model/guest.js";
import { isPhone } from "../model/recipient.js";
import { grouped } from "./grouped.js";

/** Everything that is known to be one person: ids exactly as they were seen, in code-unit order. Plain JSON. */
export type Person = {
  /** The smallest id: the same for the same set of ids, on every machine. It changes only when a smaller id joins. */
  readonly key: string;
  readonly ids: readonly string[];
};

/**
 * The ids of one sighting: `+<E.164>`, `<digits>@lid` and `<provider>:<id>`. The three grammars do not overlap, so an id of
 * one kind never equals one of another.
 */
export function guestIds(guest: Guest): readonly string[] {
  const further = Object.entries(guest.providerIds ?? {}).flatMap(([provider, ids]) => ids.map((id) => `${provider}:${id}`));
  return [...(guest.phone === undefined ? [] : [guest.phone]), ...(guest.lid === undefined ? [] : [guest.lid]), ...further];
}

/** A person as one sighting shows them; `undefined` when it shows no id. */
export function personOf(ids: readonly string[]): Person | undefined {
  const sorted = [...new Set(ids)].sort(byCodeUnits);
  const [key] = sorted;
  return key === undefined ? undefined : { key, ids: sorted };
}

/**
 * Joins people who share an id, directly or through others (union-find). The result depends only on the set of sightings:
 * the merge is commutative, associative and idempotent, so mapping facts may arrive late, twice and in any order. Give it
 * people of one tenant only: nothing is ever merged across two.
 */
export function mergePeople(...groups: readonly (readonly Person[])[]): readonly Person[] {
  const parents = new Map<string, string>();
  const find = (id: string): string => {
    let root = id;
    for (let next = parents.get(root); next !== undefined && next !== root; next = parents.get(root)) root = next;
    for (let at = id; at !== root;) {
      const next = parents.get(at) ?? root;
      parents.set(at, root);
      at = next;
    }
    return root;
  };
  for (const { key, ids } of groups.flat()) {
    for (const id of ids) {
      parents.set(find(identityKey(id)), find(identityKey(key)));
    }
  }
  const sets = grouped(groups.flat().flatMap(({ ids }) => ids), (id) => find(identityKey(id)));
  return [...sets.values()].map(personOf).filter((person) => person !== undefined).sort((a, b) => byCodeUnits(a.key, b.key));
}

/** Do two ids name one person by themselves? Equal, or a Brazilian mobile with and without its ninth digit. */
export function isSameId(a: string, b: string): boolean {
  return identityKey(a) === identityKey(b);
}

const BRAZIL = /^\+55([1-9][1-9])9?([016-9][0-9]{7})$/;

/**
 * What ids are compared by, and what a store indexes them by; never shown, never used as an address. WhatsApp keeps some Brazilian mobiles under the number from before the
 * ninth digit (`+55`, area, 8 digits) while people dial `9` before those 8, and vendors report either (a vendor's page shows both: contacts/
 * get-iswhatsapp-batch). Eight digits that begin with 2 to 5 are a landline, which has no such twin: `+55 11 3…` and
 * `+55 11 9 3…` are two subscribers.
 */
export function identityKey(id: string): string {
  const parts = isPhone(id) ? BRAZIL.exec(id) : null;
  return parts ? `+55${parts[1]}${parts[2]}` : id;
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
