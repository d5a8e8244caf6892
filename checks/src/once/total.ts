import type { Trial } from "./schedule.js";

/** Many schedules together. */
export interface Total extends Trial {
  readonly schedules: number;
  /** Seeds of schedules that went wrong: each repeats its run exactly. At most ten. */
  readonly wrongSeeds: readonly number[];
}

export const NOTHING: Total = {
  schedules: 0, attempted: 0, accepted: 0, calls: 0, posts: 0, crashes: 0, faults: 0, unresolved: 0, recovered: 0, doubles: 0, falseAccepted: 0, falseNotSent: 0, wrongSeeds: [],
};

export function wrongOf({ doubles, falseAccepted, falseNotSent }: Trial): number {
  return doubles + falseAccepted + falseNotSent;
}

export function addTrial(total: Total, trial: Trial, seed: number): Total {
  return add(total, { ...trial, schedules: 1, wrongSeeds: wrongOf(trial) > 0 ? [seed] : [] });
}

export function add(a: Total, b: Total): Total {
  const sum = (of: (total: Total) => number) => of(a) + of(b);
  return {
    schedules: sum((t) => t.schedules), attempted: sum((t) => t.attempted), accepted: sum((t) => t.accepted), calls: sum((t) => t.calls), posts: sum((t) => t.posts), crashes: sum((t) => t.crashes),
    faults: sum((t) => t.faults), unresolved: sum((t) => t.unresolved), recovered: sum((t) => t.recovered), doubles: sum((t) => t.doubles), falseAccepted: sum((t) => t.falseAccepted),
    falseNotSent: sum((t) => t.falseNotSent), wrongSeeds: [...a.wrongSeeds, ...b.wrongSeeds].slice(0, 10),
  };
}
