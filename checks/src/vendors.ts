import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCheck } from "./report.js";
import { coverageOf, NAMES_A_ROW, rowsNamedIn, type Coverage, type TestResult } from "./vendors/coverage.js";
import { filesNamingRows, runJest } from "./vendors/run-tests.js";

/** All rows and traps that are known; fewer, and something was lost. */
const ALL = 126;
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
    ...["zapi-11.21", "zapi-13.35", "zapi-13.0", "waha-9.56", "polls-10.18"].map((row) => ({ name: `${row}, which stands for nothing`, caught: coverageOf([...results, { file: "x", title: `${row}: beyond the table`, status: "passed" }]).unknown.includes(row) })),
    ...[["waha-9.12", "waha-9.1"], ["zapi-13.34", "zapi-13.3"], ["polls-10.17", "polls-10.1"]].map(([row = "", prefix = ""]) => ({ name: `${prefix}, a prefix of ${row}`, caught: !coverageOf([{ file: "x", title: `${row}: another row`, status: "passed" }]).rows[prefix]?.tests.length })),
    { name: "the second row of a title is lost", caught: !coverageOf([{ file: "x", title: "zapi-11.7; zapi-13.1: both", status: "passed" }]).missing.some((row) => row === "zapi-11.7" || row === "zapi-13.1") },
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
  const files = filesNamingRows(new RegExp(`${NAMES_A_ROW}\\d`));
  progress(`running ${files.length} test files in which a row is named`);
  const { results, broken } = await runJest(files, NAMES_A_ROW);
  const coverage = coverageOf(results);
  const { rows, missing, failing, unknown, notOurs } = coverage;
  for (const row of [...missing, ...failing]) progress(`${row}: ${rows[row]?.about ?? ""}: ${failing.includes(row) ? "a test fails" : "no test"}`);
  const planted = [...plantedIn(results), ...(await plantedRun())];
  const proved = Object.values(rows).filter(({ passed }) => passed > 0).length;
  const count = Object.keys(rows).length;
  return {
    ok: isWhole(coverage) && broken.length === 0 && proved + Object.keys(notOurs).length === count && count === ALL,
    rows: count, proved, notOurs, missing, failing, unknown, broken,
    testFiles: files.length, testsRun: results.length, testsNamingARow: results.filter(({ title }) => rowsNamedIn(title).length > 0).length,
    planted: { tried: planted.length, caught: planted.filter(({ caught }) => caught).length }, missed: planted.filter(({ caught }) => !caught).map(({ name }) => name),
    byRow: rows,
  };
});
