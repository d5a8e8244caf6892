import { judgeMatrix } from "./once/matrix.js";
import { PLANTED } from "./once/planted.js";
import { add, NOTHING, wrongOf } from "./once/total.js";
import type { OnceJob, onceWork } from "./once/worker.js";
import { runCheck } from "./report.js";
import { inThreads } from "./threads.js";

const SCHEDULES = { small: 10_000, full: 200_000 } as const;
/** A defect must show within so many schedules. */
const FOR_DEFECTS = 1_000;
/** Schedules of one job: small, so that all threads end together. */
const AT_A_TIME = 250;

function jobsOf(seed: number, schedules: number): readonly OnceJob[] {
  return [
    ...Array.from({ length: schedules / AT_A_TIME }, (_, nr): OnceJob => ({ kind: "schedules", nr, seed: seed + nr * AT_A_TIME, count: AT_A_TIME })),
    ...PLANTED.map((_, nr): OnceJob => ({ kind: "defect", nr, seed, count: FOR_DEFECTS })),
    // The first ones again, in whichever thread is free by then: a schedule is its seed and nothing else.
    { kind: "again", nr: 0, seed, count: AT_A_TIME },
  ];
}

await runCheck("once", async ({ size, seed, workers, progress }) => {
  progress(`${SCHEDULES[size]} schedules of calls, faults, crashes and echoes; beside them, what becomes of unknown outcomes, history by history`);
  const jobs = jobsOf(seed, SCHEDULES[size]);
  const [results, matrix] = await Promise.all([inThreads<typeof onceWork>(new URL("once/worker.js", import.meta.url), jobs, workers), judgeMatrix()]);
  const schedules = results.filter((_, at) => jobs[at]?.kind === "schedules").map(({ total }) => total).reduce(add, NOTHING);
  const repeats = JSON.stringify(results[0]) === JSON.stringify(results.at(-1));
  const missed: string[] = [];
  const caughtAfter: Record<string, number> = {};
  for (const [at, { kind, nr }] of jobs.entries()) {
    const name = PLANTED[nr]?.[0];
    if (kind !== "defect" || name === undefined) continue;
    const after = results[at]?.caughtAfter;
    if (after === undefined) missed.push(name);
    else caughtAfter[name] = after;
  }
  missed.push(...matrix.missed);
  const tried = PLANTED.length + matrix.planted;
  // Runs in which nothing was sent, nothing went wrong or nothing was ever in doubt have shown nothing.
  const { accepted, attempted, crashes, faults, recovered, posts } = schedules;
  const isThorough = schedules.schedules === SCHEDULES[size] && accepted > attempted / 2 && [crashes, faults, recovered].every((count) => count > SCHEDULES[size] / 20) && posts >= accepted;
  return {
    ok: wrongOf(schedules) === 0 && matrix.wrong === 0 && repeats && isThorough && missed.length === 0,
    workers, repeats, schedules, matrix: matrix.figures, thorough: isThorough, planted: { tried, caught: tried - missed.length }, caughtAfter, missed,
  };
});
