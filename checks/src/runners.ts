import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export type RunnerName = "jest" | "vitest" | "node:test";
export const RUNNER_NAMES = ["jest", "vitest", "node:test"] as const satisfies readonly RunnerName[];

/** What one test runner counted, by its own report. */
export interface RunnerFindings {
  readonly name: RunnerName;
  readonly cases: number;
  readonly passed: number;
  readonly skipped: number;
  readonly failed: number;
}

/** `all`: memory and acme in every configuration; `small`: one of each; `broken`: a provider that breaks a promise. */
export type RunOn = "all" | "small" | "broken";

/** What all runners together found. */
export interface RunnersReport {
  /** Those that ran everything and had nothing to complain about. */
  readonly passed: readonly RunnerName[];
  readonly runs: readonly RunnerFindings[];
  /** Did all count the same? */
  readonly agree: boolean;
  /** Those that noticed the provider that breaks a promise. */
  readonly noticed: readonly RunnerName[];
}

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = join(root, "packages", "contract", "test", "runners");
const FEWEST_CASES = 300;

/**
 * Runs the contract suite, unchanged, under jest, vitest and `node:test`: each a process of its own, on the built packages, on
 * the provider in memory and on the stranger's example (`examples/acme-provider`). With `all` once more on a provider that
 * breaks a promise, which each has to report; `small` leaves that out, and `noticed` is empty. Needs the build. Rejects when a
 * runner leaves no report.
 */
export async function runnersReport(on: Exclude<RunOn, "broken"> = "all"): Promise<RunnersReport> {
  const runs = await Promise.all(RUNNER_NAMES.map((name) => runUnder(name, on)));
  const broken = on === "all" ? await Promise.all(RUNNER_NAMES.map((name) => runUnder(name, "broken"))) : [];
  const noticed = broken.filter(({ failed }) => failed > 0).map(({ name }) => name);
  const counts = new Set(runs.map(({ cases, passed, skipped }) => `${cases} ${passed} ${skipped}`));
  return { passed: runs.filter(({ failed, passed }) => failed === 0 && passed >= FEWEST_CASES).map(({ name }) => name), runs, agree: counts.size === 1, noticed };
}

/** One runner, in a process of its own. */
export async function runUnder(name: RunnerName, on: RunOn): Promise<RunnerFindings> {
  const temporary = await mkdtemp(join(tmpdir(), "runners-"));
  const file = join(temporary, "report.json");
  try {
    const output = await started(ARGUMENTS[name](file), on);
    return name === "node:test" ? countedByNode(output) : countedInJson(name, await readFile(file, "utf8"));
  } finally {
    await rm(temporary, { recursive: true });
  }
}

const ARGUMENTS: Readonly<Record<RunnerName, (report: string) => readonly string[]>> = {
  "jest": (report) => ["--experimental-vm-modules", join(root, "node_modules", "jest", "bin", "jest.js"), "--config", join(folder, "jest.config.json"), "--json", `--outputFile=${report}`],
  "vitest": (report) => [join(root, "packages", "contract", "node_modules", "vitest", "vitest.mjs"), "run", "--root", folder, "--config", join(folder, "vitest.config.mjs"), "--reporter=json", `--outputFile=${report}`],
  "node:test": () => ["--test", "--test-reporter=tap", join(folder, "suite.node.mjs")],
};

/** A runner that fails is a result, so its exit code says nothing that its report does not. */
function started(args: readonly string[], on: RunOn): Promise<string> {
  return new Promise((resolve, reject) => {
    // The variables of a runner around this one would make the inner one think that it is a part of it.
    const { NODE_TEST_CONTEXT: _node, JEST_WORKER_ID: _jest, VITEST: _vitest, ...env } = process.env;
    const child = spawn(process.execPath, args, { cwd: folder, env: { ...env, RUN_ON: on }, stdio: ["ignore", "pipe", "ignore"] });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.once("error", reject);
    child.once("close", () => resolve(Buffer.concat(chunks).toString("utf8")));
  });
}

function countedInJson(name: RunnerName, text: string): RunnerFindings {
  const report: { readonly numTotalTests?: number; readonly numPassedTests?: number; readonly numPendingTests?: number; readonly numFailedTests?: number } = JSON.parse(text);
  const { numTotalTests, numPassedTests, numPendingTests, numFailedTests } = report;
  if (numTotalTests === undefined || numPassedTests === undefined || numPendingTests === undefined || numFailedTests === undefined) throw new Error(`${name} left no figures`);
  return { name, cases: numTotalTests, passed: numPassedTests, skipped: numPendingTests, failed: numFailedTests };
}

/** TAP ends with lines such as `# pass 12`. */
function countedByNode(output: string): RunnerFindings {
  const count = (word: string): number => {
    const [, digits] = new RegExp(`^# ${word} (\\d+)$`, "m").exec(output) ?? [];
    if (digits === undefined) throw new Error(`node:test left no figures`);
    return Number(digits);
  };
  return { name: "node:test", cases: count("tests"), passed: count("pass"), skipped: count("skipped"), failed: count("fail") + count("cancelled") };
}
