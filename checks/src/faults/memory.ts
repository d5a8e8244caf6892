import { readFileSync, writeFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

const MIB = 2 ** 20;

/** What the memory of this process grew by while some work was done. */
export interface Growth<T> {
  readonly value: T;
  readonly growthMiB: number;
  /** `kernel`: the system's own high-water mark, which misses nothing. `samples`: a look every 5 ms. */
  readonly by: "kernel" | "samples";
}

/**
 * Measures resident memory: from after a full collection, to the most that there was until the work's end. Around one call at a
 * time: over many, it would count garbage that nobody had a reason to collect yet.
 */
export async function growthOf<T>(work: () => Promise<T>): Promise<Growth<T>> {
  collect();
  const marked = resetMark();
  const before = process.memoryUsage.rss();
  let most = before;
  const look = setInterval(() => { most = Math.max(most, process.memoryUsage.rss()); }, 5);
  try {
    const value = await work();
    most = Math.max(most, process.memoryUsage.rss(), marked ? highWaterMark() : 0);
    return { value, growthMiB: Math.round((10 * (most - before)) / MIB) / 10, by: marked ? "kernel" : "samples" };
  } finally {
    clearInterval(look);
  }
}

/** What is alive, on and off the heap, in MiB. What work leaves behind shows here. */
export function aliveMiB(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / MIB;
}

/** Twice: what the first collection finalises, the second frees. */
function collect(): void {
  setFlagsFromString("--expose-gc");
  const gc: unknown = runInNewContext("gc");
  if (typeof gc !== "function") throw new Error("no collection can be asked for");
  gc();
  gc();
}

/** Linux: 5 sets the peak back to what is resident now (proc_pid_clear_refs(5)). */
function resetMark(): boolean {
  try {
    writeFileSync("/proc/self/clear_refs", "5");
    return highWaterMark() > 0;
  } catch {
    return false;
  }
}

function highWaterMark(): number {
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1] ?? 0) * 1_024;
}
