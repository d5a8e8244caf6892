import { createContext, Script } from "node:vm";
import type { Pattern } from "./find-patterns.js";

/** What one pattern is found to be. */
export interface PatternVerdict {
  readonly pattern: Pattern;
  /** Of recheck: `unknown` when it did not finish in its time. */
  readonly status: "safe" | "vulnerable" | "unknown";
  readonly complexity: string | undefined;
  /** The slowest of the worst inputs, in milliseconds; `undefined` when one of them had to be stopped. */
  readonly slowestMs: number | undefined;
}

type CheckSync = (source: string, flags: string, params: { readonly timeout: number; readonly logger: null }) => { readonly status: PatternVerdict["status"]; readonly complexity?: { readonly summary: string } };

/** recheck without its Java and native parts: plain JavaScript, no network, no process. */
export async function loadRecheck(): Promise<CheckSync> {
  process.env["RECHECK_BACKEND"] = "pure";
  const { checkSync } = await import("recheck");
  return (source, flags, { timeout }) => checkSync(source, flags, { timeout });
}

/** Stopped after this, which a linear pattern never needs for the length of {@link INPUT}. */
const STOP_MS = 1_000;
const INPUT = 32_768;

/** Both views of a pattern: recheck's proof, and the clock over inputs that make backtracking patterns slow. */
export function examine(pattern: Pattern, checkSync: CheckSync, timeout: number): PatternVerdict {
  // Without a long repetition the work at each position is bounded, whatever the input.
  if (!pattern.dynamic && !/[*+]|\{\d+,\d*\}/.test(pattern.source)) return { pattern, status: "safe", complexity: "no repetition", slowestMs: slowest(pattern) };
  const wider = checkSync(relaxed(pattern.source), pattern.flags, { timeout, logger: null });
  const { status, complexity } = wider.status === "safe" || (wider.status === "unknown" && timeout < 1_000) ? wider : checkSync(pattern.source, pattern.flags, { timeout, logger: null });
  return { pattern, status, complexity: complexity?.summary, slowestMs: status === "vulnerable" ? undefined : slowest(pattern) };
}

/**
 * The pattern with its long bounded repetitions unbounded. It can do all that the pattern can do and more, so where it is safe
 * the pattern is; and it is proved in a fraction of the time.
 */
function relaxed(source: string): string {
  return source.replaceAll(/\{(\d+),(\d+)\}/g, (whole, least: string, most: string) => (Number(most) <= 4 ? whole : least === "0" ? "*" : "+"));
}

const sandbox = createContext({});
/** A script can be stopped in the middle of a match; a plain call cannot. */
const trial = new Script("new RegExp(source, flags).test(text)");

/** Runs of one and of two characters that the pattern names or that classes mean, with an end that does not fit. */
function slowest({ source, flags }: Pattern): number | undefined {
  const named = [...new Set(source.replaceAll(/\\[a-zA-Z]|\\u\{?[0-9a-fA-F]+\}?|[\\^$()[\]{}|?*+]/g, ""))].slice(0, 6);
  const pumps = [...new Set([...named, "a", "0", " ", "/", ".", "-", "a.", "a/", "0-", ...named.slice(0, 2).map((each) => `${each}a`)])];
  let most = 0;
  for (const pump of pumps) {
    const text = `${pump.repeat(Math.ceil(INPUT / pump.length))}\u0000`;
    const started = performance.now();
    try {
      Object.assign(sandbox, { source, flags: flags.replaceAll(/[gy]/g, ""), text });
      trial.runInContext(sandbox, { timeout: STOP_MS });
    } catch {
      return undefined;
    }
    most = Math.max(most, performance.now() - started);
  }
  return most;
}
