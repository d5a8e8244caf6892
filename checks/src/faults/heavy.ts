import { FAULTS } from "./catalogue.js";
import { aliveMiB, growthOf } from "./memory.js";
import { PLANTED_IN_MEMORY } from "./planted.js";
import { runFault, type FaultRun, type Job, type Tamper } from "./run-fault.js";
import { SUBJECTS } from "./subjects.js";
import type { OpenVendor } from "./vendors.js";

/** What the process may grow by in one call that meets a bomb of 40 to 200 MiB, which is in another process. */
const MOST_GROWTH_MIB = 32;
/** What may be left alive after all of them. */
const MOST_KEPT_MIB = 8;

/** One after the other, over vendors in another process, each with what it made this process grow by. */
export async function runHeavy(jobs: readonly Job[], open: OpenVendor, tamper: Tamper = {}) {
  const runs: FaultRun[] = [];
  let [growthMiB, at, by] = [0, "", ""];
  const before = aliveMiB();
  for (const { fault, subject, client } of jobs) {
    const grown = await growthOf(() => runFault(fault, subject, client, () => {}, tamper, open));
    if (grown.value !== undefined) runs.push(grown.value); // with its result: a kept error must keep nothing of its call alive
    if (grown.growthMiB >= growthMiB) [growthMiB, at, by] = [grown.growthMiB, `${fault.name}: ${subject.vendor} ${subject.operation} over ${client}`, grown.by];
  }
  const keptMiB = Math.max(0, Math.round(10 * (aliveMiB() - before)) / 10);
  return { runs, memory: { calls: jobs.length, mostOfOneCallMiB: growthMiB, limitMiB: MOST_GROWTH_MIB, at, by, keptMiB, keptLimitMiB: MOST_KEPT_MIB } };
}

/** Did the calls stay within both bounds? */
export const isBounded = ({ mostOfOneCallMiB, keptMiB }: Awaited<ReturnType<typeof runHeavy>>["memory"]) => mostOfOneCallMiB <= MOST_GROWTH_MIB && keptMiB <= MOST_KEPT_MIB;

/** Defects that only the memory can tell, and what it told. */
export async function caughtInMemory(open: OpenVendor) {
  const missed: string[] = [];
  const told: Record<string, { readonly mostOfOneCallMiB: number; readonly keptMiB: number }> = {};
  const subject = SUBJECTS.find(({ operation }) => operation === "send");
  for (const { name, fault: wanted, calls, tamper } of PLANTED_IN_MEMORY) {
    const fault = FAULTS.find((each) => each.name === wanted);
    if (fault === undefined || subject === undefined) throw new Error(`no fault is called ${wanted}`);
    const { runs, memory } = await runHeavy(Array.from({ length: calls }, () => ({ fault, subject, client: "undici" })), open, tamper);
    told[name] = { mostOfOneCallMiB: memory.mostOfOneCallMiB, keptMiB: memory.keptMiB };
    if (isBounded(memory) || runs.some(({ wrong }) => wrong.length > 0)) missed.push(name);
  }
  return { missed, told };
}
