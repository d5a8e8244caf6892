import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCheck } from "./report.js";
import { coverageOf, rowsNamedIn, type Coverage, type TestResult } from "./vendors/coverage.js";
import { filesNamingRows, runJest } from "./vendors/run-tests.js";

const NAMES_A_ROW = "\\b(?:zapi-11|waha-9)\\.";
const isWhole = ({ missing, failing, unknown }: Coverage): boolean => missing.length + failing.length + unknown.length === 0;

/** Doctored results that must not pass, made of the real ones. */
function plantedIn(results: readonly TestResult[]): readonly { readonly name: string; readonly caught: boolean }[] {
  const naming = (row: string) => ({ title }: TestResult) => rowsNamedIn(title).includes(row);
  const without = (row: string) => coverageOf(results.filter((result) => !naming(row)(result)));
  const marked = (row: string, status: string) => coverageOf(results.map((result) => (naming(row)(result) ? { ...result, status } : result)));
  const rows = [...new Set(results.flatMap(({ title }) => rowsNamedIn(title)))];
  return [
    ...rows.map((row) => ({ name: `the tests of ${row} are gone`, caught: without(row).missing.includes(row) })),
    ...rows.map((row) => ({ name: `the tests of ${row} fail`, caught: marked(row, "failed").failing.includes(row) })),
    { name: "the tests of a row are skipped", caught: marked("waha-9.2", "pending").missing.includes("waha-9.2") },
    { name: "one test of many fails", caught: coverageOf([...results, { file: "x", title: "waha-9.2: too", status: "failed" }]).failing.includes("waha-9.2") },
    { name: "a number that stands for nothing", caught: coverageOf([...results, { file: "x", title: "waha-9.56: beyond the table", status: "passed" }]).unknown.includes("waha-9.56") },
    { name: "a prefix of a number", caught: !coverageOf([{ file: "x", title: "waha-9.12: another row", status: "passed" }]).rows["waha-9.1"]?.tests.length },
  ];
}

/** A real run of jest over a test that fails, one that is skipped and one that passes: its report is read right. */
async function plantedRun(): Promise<readonly { readonly name: string; readonly caught: boolean }[]> {
  const folder = mkdtempSync(join(tmpdir(), "planted-"));
  try {
    writeFileSync(join(folder, "package.json"), "{}");
    writeFileSync(join(folder, "planted.test.js"), 'test("waha-9.1: passes", () => {}); test("waha-9.2: fails", () => { throw new Error("planted"); }); test.skip("waha-9.3: is skipped", () => {}); test.todo("waha-9.4: is to be written");');
    writeFileSync(join(folder, "broken.test.js"), 'require("./nothing-here"); test("waha-9.5: cannot run", () => {});');
    const { results, broken } = await runJest([], NAMES_A_ROW, folder);
    const { missing, failing } = coverageOf(results);
    return [
      { name: "jest runs a failing test", caught: failing.join() === "waha-9.2" },
      { name: "jest runs skipped tests and ones to be written", caught: ["waha-9.3", "waha-9.4", "waha-9.5"].every((row) => missing.includes(row)) && !missing.includes("waha-9.1") },
      { name: "jest cannot load a file", caught: broken.join() === "broken.test.js" },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await runCheck("vendors", async ({ progress }) => {
  const files = filesNamingRows(/\b(?:zapi-11|waha-9)\.\d/);
  progress(`running ${files.length} test files in which a row is named`);
  const { results, broken } = await runJest(files, NAMES_A_ROW);
  const coverage = coverageOf(results);
  const { rows, missing, failing, unknown, notOurs } = coverage;
  for (const row of [...missing, ...failing]) progress(`${row}: ${rows[row]?.about ?? ""}: ${failing.includes(row) ? "a test fails" : "no test"}`);
  const planted = [...plantedIn(results), ...(await plantedRun())];
  const proved = Object.values(rows).filter(({ passed }) => passed > 0).length;
  const count = Object.keys(rows).length;
  return {
    ok: isWhole(coverage) && broken.length === 0 && proved + Object.keys(notOurs).length === count && count === 75,
    rows: count, proved, notOurs, missing, failing, unknown, broken,
    testFiles: files.length, testsRun: results.length, testsNamingARow: results.filter(({ title }) => rowsNamedIn(title).length > 0).length,
    planted: { tried: planted.length, caught: planted.filter(({ caught }) => caught).length }, missed: planted.filter(({ caught }) => !caught).map(({ name }) => name),
    byRow: rows,
  };
});
