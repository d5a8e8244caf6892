import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { judgeMatrix } from "./once/matrix.js";
import { PLANTED } from "./once/planted.js";
import { runSchedule } from "./once/schedule.js";
import { add, NOTHING, wrongOf, type Total } from "./once/total.js";
import { runCheck } from "./report.js";

const SCHEDULES = { small: 10_000, full: 200_000 } as const;
/** A defect must show within so many schedules. */
const FOR_DEFECTS = 1_000;

async function runAll(seed: number, count: number): Promise<Total> {
  const workers = Math.min(availableParallelism(), 8);
  const totals = await Promise.all(Array.from({ length: workers }, (_, index) => new Promise<Total>((resolve, reject) => {
    const worker = new Worker(new URL("once/worker.js", import.meta.url), { workerData: { first: seed + index, end: seed + count, step: workers }, resourceLimits: { maxYoungGenerationSizeMb: 64 } });
    worker.once("message", resolve);
    worker.once("error", reject);
  })));
  return totals.reduce(add, NOTHING);
}

/** How many schedules it took to show the defect; `undefined`: it did not show. */
async function schedulesUntilCaught(subject: Parameters<typeof runSchedule>[0], seed: number): Promise<number | undefined> {
  for (let n = 1; n <= FOR_DEFECTS; n += 1) if (wrongOf(await runSchedule(subject, seed + n)) > 0) return n;
  return undefined;
}

await runCheck("once", async ({ size, seed, progress }) => {
  progress(`${SCHEDULES[size]} schedules of calls, faults, crashes and echoes; beside them, what becomes of unknown outcomes, history by history`);
  const [schedules, matrix] = await Promise.all([runAll(seed, SCHEDULES[size]), judgeMatrix()]);
  const missed: string[] = [];
  const caughtAfter: Record<string, number> = {};
  for (const [name, subject] of PLANTED) {
    const after = await schedulesUntilCaught(subject, seed);
    if (after === undefined) missed.push(name);
    else caughtAfter[name] = after;
  }
  missed.push(...matrix.missed);
  const tried = PLANTED.length + matrix.planted;
  // Runs in which nothing was sent, nothing went wrong or nothing was ever in doubt have shown nothing.
  const { accepted, attempted, crashes, faults, recovered, posts } = schedules;
  const isThorough = schedules.schedules === SCHEDULES[size] && accepted > attempted / 2 && [crashes, faults, recovered].every((count) => count > SCHEDULES[size] / 20) && posts >= accepted;
  return {
    ok: wrongOf(schedules) === 0 && matrix.wrong === 0 && isThorough && missed.length === 0,
    schedules, matrix: matrix.figures, thorough: isThorough, planted: { tried, caught: tried - missed.length }, caughtAfter, missed,
  };
});
