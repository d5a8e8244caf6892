import { Worker } from "node:worker_threads";
import type { ProviderFindings } from "./contract-jobs.js";
import type { Job, JobFindings } from "./contract-worker.js";

/** Runs jobs in threads, a few at a time. */
export async function allOf(jobs: readonly Job[], width: number, progress: (text: string) => void): Promise<readonly JobFindings[]> {
  const waiting = [...jobs];
  const found: JobFindings[] = [];
  await Promise.all(Array.from({ length: width }, async () => {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
      const started = Date.now();
      found.push(await inThread(job));
      progress(`${job.kind === "provider" ? job.vendor : "broken providers"}, part ${(job.from % job.every) + 1} of ${job.every}: ${((Date.now() - started) / 1000).toFixed(1)} s`);
    }
  }));
  return found;
}

function inThread(job: Job): Promise<JobFindings> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./contract-worker.js", import.meta.url), { workerData: job });
    worker.once("message", resolve);
    worker.once("error", reject);
    worker.once("exit", (code) => reject(new Error(`a thread ended early with code ${code}`)));
  });
}

/** The parts of one provider as one. */
export function together(parts: readonly ProviderFindings[]): readonly ProviderFindings[] {
  const names = [...new Set(parts.map(({ name }) => name))].sort();
  return names.map((name) => {
    const own = parts.filter((part) => part.name === name);
    const sum = (of: (part: ProviderFindings) => number) => own.reduce((total, part) => total + of(part), 0);
    const skipped = new Map<string, ProviderFindings["skipped"][number]>();
    for (const each of own.flatMap((part) => part.skipped)) {
      const key = `${each.case}\n${each.capability}`;
      skipped.set(key, { ...each, configurations: [...skipped.get(key)?.configurations ?? [], ...each.configurations] });
    }
    return {
      name, configurations: sum((part) => part.configurations), cases: sum((part) => part.cases), passed: sum((part) => part.passed), failed: sum((part) => part.failed),
      skipped: [...skipped.values()], failures: own.flatMap((part) => part.failures), results: own.flatMap((part) => part.results),
    };
  });
}

