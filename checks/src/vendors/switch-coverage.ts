import type { TestResult } from "./coverage.js";

/** What a test can show of one value of a switch, by how its title ends. */
const KINDS = {
  option: ": an option makes the difference",
  reading: ": the adapter's reading makes the difference to one that knows the first value only",
  beyond: ": nothing on our side could make a difference, for a reason",
} as const;
type Kind = keyof typeof KINDS;

/** Each switch of one simulator with its values, the default first. */
export type Switches = Readonly<Record<string, readonly string[]>>;

export interface SwitchCoverage {
  readonly switches: number;
  /** All values but the defaults: the denominator of what follows. */
  readonly values: number;
  readonly byOption: readonly string[];
  readonly byReading: readonly string[];
  readonly beyond: readonly string[];
  /** Values with no test of the three kinds that passed, or with two kinds at once. */
  readonly missing: readonly string[];
  readonly failing: readonly string[];
  /** Values that a test names and the simulator does not have. */
  readonly unknown: readonly string[];
}

/** `name=value` and the kind out of a title; `undefined` for a test of something else. */
function shownIn({ title }: TestResult): { readonly value: string; readonly kind: Kind } | undefined {
  const kind = (["option", "reading", "beyond"] as const).find((each) => title.endsWith(KINDS[each]));
  const value = kind && /(?:^| )(\w+=[\w.-]+)$/.exec(title.slice(0, -KINDS[kind].length))?.[1];
  return kind && value ? { value, kind } : undefined;
}

/** What tests that ran and passed show of the values of a simulator's switches. A skipped test shows nothing. */
export function switchCoverage(switches: Switches, results: readonly TestResult[]): SwitchCoverage {
  const values = Object.entries(switches).flatMap(([name, [, ...others]]) => others.map((value) => `${name}=${value}`));
  const shown = results.flatMap((result) => {
    const found = shownIn(result);
    return found ? [{ ...found, status: result.status }] : [];
  });
  const kindsOf = (value: string) => new Set(shown.filter((each) => each.value === value && each.status === "passed").map(({ kind }) => kind));
  const of = (kind: Kind) => values.filter((value) => kindsOf(value).has(kind));
  return {
    switches: Object.keys(switches).length, values: values.length,
    byOption: of("option"), byReading: of("reading"), beyond: of("beyond"),
    missing: values.filter((value) => kindsOf(value).size !== 1),
    failing: [...new Set(shown.filter(({ status }) => status === "failed").map(({ value }) => value))],
    unknown: [...new Set(shown.map(({ value }) => value))].filter((value) => !values.includes(value)),
  };
}
