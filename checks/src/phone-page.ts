import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { runCheck, type CheckFindings, type CheckRun } from "./report.js";

const SCRIPT = fileURLToPath(new URL("../../packages/simulator/test/phone-page.browser.mjs", import.meta.url));
/** Steps that must have been done on each page: fewer have shown nothing. */
const LEAST_STEPS = 8;

interface Run {
  readonly done: readonly string[];
  readonly failed?: string;
  readonly problem?: string;
}

/** What the browser script prints. */
interface Found {
  readonly skipped?: string;
  readonly chromium?: string;
  readonly browser?: string;
  readonly runs?: Readonly<Record<string, Run>>;
  readonly planted?: readonly { readonly name: string; readonly noticed: string; readonly caught: boolean }[];
}

const isFound = (value: unknown): value is Found => typeof value === "object" && value !== null && ("skipped" in value || ("runs" in value && "planted" in value && Array.isArray(value.planted)));

/** Runs the script in a process of its own: a browser that crashes must not take the report with it. */
const drive = (size: CheckRun["size"], chromium: string | undefined): Promise<Found> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [SCRIPT, "--size", size, ...(chromium === undefined ? [] : ["--chromium", chromium])], { stdio: ["ignore", "pipe", "pipe"] });
    const said = { out: "", err: "" };
    child.stdout.on("data", (chunk: Buffer) => void (said.out += chunk.toString("utf8")));
    child.stderr.on("data", (chunk: Buffer) => void (said.err += chunk.toString("utf8")));
    child.on("error", reject);
    child.on("close", (code) => {
      const found: unknown = code === 0 ? JSON.parse(said.out) : undefined;
      if (isFound(found)) resolve(found);
      else reject(new Error(`the browser script ended with ${String(code)}: ${said.err.slice(0, 2_000)}`));
    });
  });

const judged = ({ browser, runs = {}, planted = [] }: Found, { progress }: CheckRun): CheckFindings => {
  for (const [name, { done, failed, problem }] of Object.entries(runs)) progress(`${name}: ${done.length} steps${failed === undefined ? "" : `, then failed: ${failed}: ${problem ?? ""}`}`);
  const failures = Object.entries(runs).flatMap(([page, { failed, problem }]) => (failed === undefined ? [] : [{ page, step: failed, problem }]));
  const steps = Object.fromEntries(Object.entries(runs).map(([page, { done }]) => [page, done.length]));
  const enough = Object.values(steps).length >= 2 && Object.values(steps).every((count) => count >= LEAST_STEPS);
  const missed = planted.filter(({ caught }) => !caught).map(({ name, noticed }) => ({ name, noticed }));
  return { ok: failures.length === 0 && enough, browser, steps, leastSteps: LEAST_STEPS, failures, planted: { tried: planted.length, caught: planted.length - missed.length }, missed };
};

await runCheck("phone-page", async (run) => {
  const args = process.argv.slice(2);
  const at = args.indexOf("--chromium");
  const found = await drive(run.size, at < 0 ? undefined : args[at + 1]);
  if (found.skipped === undefined) return judged(found, run);
  run.progress(`Chromium not found at ${found.chromium ?? "its usual place"}: not run. Install it (Debian: apt-get install chromium) or name one with --chromium PATH.`);
  return { ok: true, skipped: found.skipped, lookedAt: found.chromium, steps: {}, planted: { tried: 0, caught: 0 } };
});
