/** Numbers from a seed, the same on every machine (mulberry32). */
export interface Random {
  /** A whole number from 0 to `below` - 1. */
  next(below: number): number;
  pick<T>(items: readonly [T, ...T[]]): T;
  shuffled<T>(items: readonly T[]): readonly T[];
  chance(percent: number): boolean;
}

export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (below: number) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
  return {
    next,
    pick: (items) => items[next(items.length)] ?? items[0],
    shuffled: (items) => items.map((item) => [next(2 ** 30), item] as const).sort(([a], [b]) => a - b).map(([, item]) => item),
    chance: (percent) => next(100) < percent,
  };
}

/** Every order of the items. */
export function permutations<T>(items: readonly T[]): readonly (readonly T[])[] {
  if (items.length < 2) return [items];
  return items.flatMap((item, index) => permutations(items.filter((_, at) => at !== index)).map((rest) => [item, ...rest]));
}
