import { answerJobs } from "../threads.js";
import { OURS, PLANTED } from "./planted.js";
import { runSchedule } from "./schedule.js";
import { addTrial, NOTHING, wrongOf, type Total } from "./total.js";

/** Schedules from a seed on; or the same with a planted defect, until it shows. */
export type OnceJob = { readonly kind: "schedules" | "again" | "defect"; readonly nr: number; readonly seed: number; readonly count: number };
/** `caughtAfter`: how many schedules it took; missing when the defect did not show. */
export interface OnceResult {
  readonly total: Total;
  readonly caughtAfter?: number;
}

// Thousands of expected errors, and nobody reads where they were made.
Error.stackTraceLimit = 0;

export async function onceWork({ kind, nr, seed, count }: OnceJob): Promise<OnceResult> {
  if (kind === "defect") return untilCaught(nr, seed, count);
  let total: Total = NOTHING;
  for (let n = 0; n < count; n += 1) total = addTrial(total, await runSchedule(OURS, seed + n), seed + n);
  return { total };
}

async function untilCaught(nr: number, seed: number, count: number): Promise<OnceResult> {
  const [, subject] = PLANTED[nr] ?? [];
  if (subject === undefined) throw new Error(`there is no defect ${nr}`);
  for (let n = 1; n <= count; n += 1) if (wrongOf(await runSchedule(subject, seed + n)) > 0) return { total: NOTHING, caughtAfter: n };
  return { total: NOTHING };
}

answerJobs(onceWork);
