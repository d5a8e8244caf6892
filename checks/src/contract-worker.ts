import { parentPort, workerData } from "node:worker_threads";
import { tryBroken, tryProvider, type BrokenFindings, type ProviderFindings, type VendorName } from "./contract-jobs.js";

/** One part of the run, in a thread of its own: the suite watches its thread's timers and console, so parts never share one. */
export type Job =
  | { readonly kind: "provider"; readonly vendor: VendorName; readonly every: number; readonly from: number }
  | { readonly kind: "broken"; readonly every: number; readonly from: number };
export type JobFindings = { readonly provider?: ProviderFindings; readonly broken?: readonly BrokenFindings[] };

async function run(job: Job): Promise<JobFindings> {
  const keep = (index: number) => index % job.every === job.from % job.every;
  return job.kind === "provider" ? { provider: await tryProvider(job.vendor, (_name, index) => keep(index)) } : { broken: await tryBroken(keep) };
}

const job: Job = workerData;
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
parentPort?.postMessage(await run(job));
