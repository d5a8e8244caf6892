import { parentPort, workerData } from "node:worker_threads";
import { OURS } from "./planted.js";
import { runSchedule } from "./schedule.js";
import { addTrial, NOTHING, type Total } from "./total.js";

/** Runs every `step`th schedule from `first` up to `end`, and tells the sum. */
const { first, end, step }: { readonly first: number; readonly end: number; readonly step: number } = workerData;
// Thousands of expected errors, and nobody reads where they were made.
Error.stackTraceLimit = 0;
let total: Total = NOTHING;
for (let seed = first; seed < end; seed += step) total = addTrial(total, await runSchedule(OURS, seed), seed);
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
parentPort?.postMessage(total);
