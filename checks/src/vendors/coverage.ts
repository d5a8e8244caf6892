import { NOT_OURS, ROWS } from "./rows.js";

/** One test, as jest reports it. */
export interface TestResult {
  readonly file: string;
  readonly title: string;
  /** jest's word: `passed`, `failed`, `pending` (skipped), `todo`. */
  readonly status: string;
}

export interface Coverage {
  /** Every row with the tests that name it. */
  readonly rows: Readonly<Record<string, { readonly about: string; readonly tests: readonly string[]; readonly passed: number }>>;
  readonly missing: readonly string[];
  /** Rows that a test names which did not pass. */
  readonly failing: readonly string[];
  /** Numbers that stand for nothing. */
  readonly unknown: readonly string[];
  readonly notOurs: Readonly<Record<string, string>>;
}

/** What the number of a row begins with, as a regular expression; jest and we find rows by it. */
export const NAMES_A_ROW = `\\b(?:${Object.keys(ROWS).join("|")})\\.`;
const NAMED = new RegExp(`(${NAMES_A_ROW}\\d+)\\b`, "g");

export function rowsNamedIn(title: string): readonly string[] {
  return [...new Set([...title.matchAll(NAMED)].flatMap(([, row]) => row ?? []))];
}

/** Which rows are proved by tests that ran and passed. A skipped test proves nothing; a row is proved when none of its tests failed and one passed. */
export function coverageOf(results: readonly TestResult[]): Coverage {
  const all = Object.entries(ROWS).flatMap(([sheet, abouts]) => abouts.map((about, index) => ({ row: `${sheet}.${index + 1}`, about })));
  const naming = new Map<string, TestResult[]>();
  for (const result of results) for (const row of rowsNamedIn(result.title)) naming.set(row, [...(naming.get(row) ?? []), result]);
  const testsOf = (row: string) => naming.get(row) ?? [];
  const passedOf = (row: string) => testsOf(row).filter(({ status }) => status === "passed").length;
  return {
    rows: Object.fromEntries(all.map(({ row, about }) => [row, { about, tests: testsOf(row).map(({ file, title }) => `${file}: ${title}`), passed: passedOf(row) }])),
    missing: all.map(({ row }) => row).filter((row) => !(row in NOT_OURS) && passedOf(row) === 0 && !testsOf(row).some(({ status }) => status === "failed")),
    failing: [...naming.keys()].filter((row) => testsOf(row).some(({ status }) => status === "failed")).sort(),
    unknown: [...naming.keys()].filter((row) => !all.some((each) => each.row === row)).sort(),
    notOurs: NOT_OURS,
  };
}
