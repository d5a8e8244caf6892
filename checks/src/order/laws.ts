import { HARD_SIX, randomReceipts, type Receipt } from "./answers.js";
import type { TENANTS } from "./names.js";
import { groupIds, standings, type Standing } from "./oracle.js";
import { permutations, type Random } from "./random.js";
import type { Person } from "./store.js";

/** What is judged: the library's own, or a defective one. */
export interface Subject {
  readonly fold: (receipts: readonly Receipt[]) => readonly Standing[];
  readonly merge: (...groups: readonly (readonly Person[])[]) => readonly Person[];
  /** Feeds answers of two tenants one by one; what each tenant's state is at the end. */
  readonly book: (fed: readonly { readonly tenant: keyof typeof TENANTS; readonly receipt: Receipt }[]) => Promise<{ readonly [T in keyof typeof TENANTS]: readonly Standing[] }>;
}

export interface Counted {
  readonly tried: number;
  readonly wrong: number;
}

const text = (value: unknown) => JSON.stringify(value);

/** All 720 orders of each six, every order with some answers twice: one state, and the oracle's. */
export function allOrders(subject: Subject, random: Random, sets: number): Counted & { readonly sets: number } {
  let tried = 0;
  let wrong = 0;
  for (let set = 0; set < sets; set += 1) {
    const six = set === 0 ? HARD_SIX : randomReceipts(random, 6);
    const expected = text(standings(six));
    for (const order of permutations(six)) {
      tried += 1;
      if (text(subject.fold(withDuplicates(order, random))) !== expected) wrong += 1;
    }
  }
  return { sets, tried, wrong };
}

/** Random sets in three random orders with random repetitions: the same state each time, and the oracle's. */
export function randomSets(subject: Subject, random: Random, sets: number): Counted & { readonly seen: { readonly [what: string]: number } } {
  let wrong = 0;
  const seen = { answers: 0, ties: 0, cleared: 0, pending: 0, own: 0, severalIds: 0 };
  for (let set = 0; set < sets; set += 1) {
    const receipts = randomReceipts(random, 1 + random.next(12));
    const expected = standings(receipts);
    seen.answers += receipts.length;
    seen.own += receipts.filter(({ fromSelf }) => fromSelf).length;
    seen.ties += receipts.length - new Set(receipts.map(({ at }) => at)).size;
    seen.cleared += expected.filter(({ response }) => response === "CLEARED").length;
    seen.pending += expected.filter(({ pending }) => pending !== undefined).length;
    seen.severalIds += expected.filter(({ ids }) => ids.length > 1).length;
    const orders = [1, 2, 3].map(() => text(subject.fold(withDuplicates(random.shuffled(receipts), random))));
    if (orders.some((order) => order !== text(expected))) wrong += 1;
  }
  return { tried: sets, wrong, seen };
}

/** Mapping facts in random order and grouping: the merge is the oracle's, and commutative, associative and idempotent. */
export function identityRuns(subject: Subject, random: Random, runs: number): Counted & { readonly merges: number } {
  let wrong = 0;
  let merges = 0;
  for (let run = 0; run < runs; run += 1) {
    const sightings = Array.from({ length: 2 + random.next(12) }, () => Array.from({ length: 1 + random.next(3) }, () => randomId(random)));
    const expected = groupIds(sightings);
    merges += new Set(sightings.flat()).size - expected.length;
    const people = sightings.map((ids) => [...new Set(ids)].sort()).map((ids) => ({ key: ids[0] ?? "", ids }));
    const cut = random.next(people.length);
    const [a, b] = [people.slice(0, cut), people.slice(cut)];
    const ways = [subject.merge(people), subject.merge(random.shuffled(people)), subject.merge(subject.merge(b), subject.merge(a)), subject.merge(subject.merge(people), people)];
    if (ways.some((way) => text(way.map(({ ids }) => ids)) !== text(expected) || way.some(({ key, ids }) => key !== ids[0]))) wrong += 1;
  }
  return { tried: runs, wrong, merges };
}

/** The same people answer two tenants through one book, interleaved: each tenant's heads are those of its own answers. */
export async function twoTenants(subject: Subject, random: Random, runs: number): Promise<Counted> {
  let wrong = 0;
  for (let run = 0; run < runs; run += 1) {
    const receipts = { clinic: randomReceipts(random, 1 + random.next(6)), club: randomReceipts(random, 1 + random.next(6)) };
    const fed = (["clinic", "club"] as const).flatMap((tenant) => withDuplicates(receipts[tenant], random).map((receipt) => ({ tenant, receipt })));
    const states = await subject.book(random.shuffled(fed));
    if (text(states.clinic) !== text(standings(receipts.clinic)) || text(states.club) !== text(standings(receipts.club))) wrong += 1;
  }
  return { tried: runs, wrong };
}

/** Every item at least once, in order; up to three of them again, anywhere. */
function withDuplicates<T>(items: readonly T[], random: Random): readonly T[] {
  const all = [...items];
  for (let again = random.next(4); again > 0; again -= 1) {
    const item = items[random.next(items.length)];
    if (item !== undefined) all.splice(random.next(all.length + 1), 0, item);
  }
  return all;
}

function randomId(random: Random): string {
  const n = random.next(5);
  return random.pick([`+551198765000${n}`, `+55118765000${n}`, `+551134567${n}00`, `+5511934567${n}00`, `+35196000000${n}`, `700${n}@lid`, `acme:p${n}`]);
}

