import { parentPort, Worker } from "node:worker_threads";

/** What a thread does with a job. */
type Work = (job: never) => Promise<unknown>;

/**
 * Runs jobs in threads of one module, which does the work `W` by {@link answerJobs}. Each free thread takes the next job, so that none
 * waits for a slow one; the results stand in the order of the jobs. What a job comes to must hang on nothing but the job: then
 * a run is the same with any number of threads.
 */
export async function inThreads<W extends Work>(module: URL, jobs: readonly Parameters<W>[0][], width: number): Promise<readonly Awaited<ReturnType<W>>[]> {
  const left = [...jobs.entries()];
  const results = new Map<number, Awaited<ReturnType<W>>>();
  const threads = Array.from({ length: Math.min(width, jobs.length) }, () => new Worker(module, { resourceLimits: { maxYoungGenerationSizeMb: 64 } }));
  try {
    await Promise.all(threads.map((thread) => new Promise<void>((resolve, reject) => {
      const next = () => {
        const entry = left.shift();
        if (entry === undefined) return resolve();
        const [nr, job] = entry;
        thread.once("message", (result: Awaited<ReturnType<W>>) => {
          results.set(nr, result);
          next();
        });
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
        thread.postMessage(job);
      };
      thread.once("error", reject).once("exit", (code) => reject(new Error(`a thread ended early with code ${code}`)));
      next();
    })));
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
  return jobs.map((_, nr) => {
    const result = results.get(nr);
    if (result === undefined) throw new Error(`job ${nr} has no result`);
    return result;
  });
}

/** The other side: answers one job after the other. A job that fails ends the whole run. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- says what the messages are
export function answerJobs<Job>(work: (job: Job) => Promise<unknown>): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
  parentPort?.on("message", (job: Job) => void work(job).then((result) => parentPort?.postMessage(result)));
}
