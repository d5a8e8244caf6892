import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { wahaSwitchValues, zapiSwitchValues } from "@event-messaging/simulator";
import { runCheck } from "./report.js";
import type { TestResult } from "./vendors/coverage.js";
import { runJest } from "./vendors/run-tests.js";
import { switchCoverage, type SwitchCoverage, type Switches } from "./vendors/switch-coverage.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** Values at which a vendor simply loses or hides something; more of them would be a way out. */
const BEYOND_AT_MOST = 3;
const VENDORS: Readonly<Record<string, Switches>> = { zapi: zapiSwitchValues, waha: wahaSwitchValues };

const isWhole = ({ values, byOption, byReading, beyond, missing, failing, unknown }: SwitchCoverage): boolean =>
  missing.length + failing.length + unknown.length === 0 && beyond.length <= BEYOND_AT_MOST && byOption.length + byReading.length + beyond.length === values;

/** Doctored results that must not pass, made of the real ones. */
function plantedIn(vendor: string, switches: Switches, results: readonly TestResult[]): readonly { readonly name: string; readonly caught: boolean }[] {
  const { byOption, byReading } = switchCoverage(switches, results);
  const about = (value: string) => ({ title }: TestResult) => title.includes(`${value}:`);
  const judged = (doctored: readonly TestResult[], known = switches) => !isWhole(switchCoverage(known, doctored));
  const marked = (value: string, status: string) => results.map((result) => (about(value)(result) ? { ...result, status } : result));
  return [
    ...[...byOption, ...byReading].map((value) => ({ name: `${vendor}: the test of ${value} is gone`, caught: judged(results.filter((result) => !about(value)(result))) })),
    ...[...byOption.slice(0, 1), ...byReading.slice(0, 1)].flatMap((value) => ["failed", "pending"].map((status) => ({ name: `${vendor}: the test of ${value} is ${status}`, caught: judged(marked(value, status)) }))),
    { name: `${vendor}: a switch without a test`, caught: judged(results, { ...switches, planted: ["first", "second"] }) },
    { name: `${vendor}: a value that the simulator lacks`, caught: judged(results, Object.fromEntries(Object.entries(switches).slice(1))) },
    { name: `${vendor}: readings called beyond`, caught: judged(results.map((result) => ({ ...result, title: result.title.replace(/: the adapter's reading makes.*$/, ": nothing on our side could make a difference, for a reason") }))) },
  ];
}

await runCheck("switches", async ({ progress }) => {
  const coverage: Record<string, SwitchCoverage> = {};
  const planted: { readonly name: string; readonly caught: boolean }[] = [];
  const files = Object.keys(VENDORS).map((vendor) => join(root, "packages", vendor, "test/switches.test.ts"));
  progress(`running ${files.length} test files`);
  const { results: tests, broken } = await runJest(files, "makes? (?:the|a) difference");
  for (const [vendor, switches] of Object.entries(VENDORS)) {
    const results = tests.filter(({ file }) => file.includes(join("packages", vendor)));
    const found = (coverage[vendor] = switchCoverage(switches, results));
    for (const value of [...found.missing, ...found.failing, ...found.unknown]) progress(`${vendor} ${value}: missing, failing or unknown`);
    planted.push(...plantedIn(vendor, switches, results));
  }
  const all = Object.values(coverage);
  const sum = (count: (one: SwitchCoverage) => number) => all.reduce((total, one) => total + count(one), 0);
  return {
    ok: all.every(isWhole) && broken.length === 0 && sum(({ values }) => values) >= 120,
    switches: sum(({ switches }) => switches), values: sum(({ values }) => values),
    byOption: sum(({ byOption }) => byOption.length), byReading: sum(({ byReading }) => byReading.length), beyond: sum(({ beyond }) => beyond.length),
    testsRun: tests.filter(({ status }) => status === "passed").length, broken,
    planted: { tried: planted.length, caught: planted.filter(({ caught }) => caught).length }, missed: planted.filter(({ caught }) => !caught).map(({ name }) => name),
    byVendor: coverage,
  };
});
