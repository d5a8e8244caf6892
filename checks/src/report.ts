import { availableParallelism } from "node:os";

/** What one run of a check is given. */
export interface CheckRun {
  readonly size: "small" | "full";
  /** Repeats a run exactly. */
  readonly seed: number;
  /** Threads, for a check that uses some. What it finds hangs on the seed alone. */
  readonly workers: number;
  /** A line for a person, on standard error. */
  progress(text: string): void;
}

/** What a check found. Figures come with their denominators. */
export interface CheckFindings {
  readonly ok: boolean;
  /** Deliberate defects that the check was shown, and how many of them it reported. */
  readonly planted: { readonly tried: number; readonly caught: number };
  /** Why nothing was tried on this machine, for example a program that is missing. Says so in the document, and is no failure: nothing is claimed either. */
  readonly skipped?: string;
  readonly [figure: string]: unknown;
}

/** The one document that a check prints. */
export interface CheckReport extends CheckFindings {
  readonly check: string;
  readonly size: CheckRun["size"];
  readonly seed: number;
  readonly seconds: number;
}

/**
 * Runs a check and prints its one JSON document on standard output. It is `ok` only when the findings are and when every
 * planted defect was caught, at least one. Exit code 0 only when `ok`. Options: `--size small|full`, `--seed N`, `--workers N`
 * (threads; one for each core, at most four, unless given), `--json` (the default and only form; the option is there so that a
 * command says what it wants).
 */
export async function runCheck(name: string, body: (run: CheckRun) => Promise<CheckFindings>, args: readonly string[] = process.argv.slice(2)): Promise<CheckReport> {
  const started = Date.now();
  const run = readRun(args);
  const findings = await findingsOf(body, run);
  const { tried, caught } = findings.planted;
  const ok = findings.ok && (findings.skipped !== undefined || (tried > 0 && caught === tried));
  const report: CheckReport = { check: name, ...findings, ok, size: run.size, seed: run.seed, seconds: Math.round((Date.now() - started) / 100) / 10 };
  process.stdout.write(`${JSON.stringify(report, undefined, 2)}\n`);
  process.exitCode = ok ? 0 : 1;
  return report;
}

async function findingsOf(body: (run: CheckRun) => Promise<CheckFindings>, run: CheckRun): Promise<CheckFindings> {
  try {
    return await body(run);
  } catch (error) {
    return { ok: false, planted: { tried: 0, caught: 0 }, error: error instanceof Error ? error.stack ?? error.message : String(error) };
  }
}

function readRun(args: readonly string[]): CheckRun {
  const value = (name: string) => {
    const at = args.indexOf(`--${name}`);
    return at < 0 ? undefined : args[at + 1];
  };
  const size = value("size") ?? "full";
  if (size !== "small" && size !== "full") throw new TypeError("--size is small or full");
  const seed = Number(value("seed") ?? Math.floor(Math.random() * 2 ** 31));
  if (!Number.isSafeInteger(seed)) throw new TypeError("--seed is a whole number");
  const workers = Number(value("workers") ?? Math.min(availableParallelism(), 4));
  if (!Number.isSafeInteger(workers) || workers < 1) throw new TypeError("--workers is a whole number from 1");
  return { size, seed, workers, progress: (text) => void process.stderr.write(`${text}\n`) };
}
