import { runCheck, type CheckRun } from "./report.js";
import { FAULTS } from "./faults/catalogue.js";
import type { Fault } from "./faults/fault.js";
import { caughtInMemory, isBounded, runHeavy } from "./faults/heavy.js";
import { lateFaults } from "./faults/late-faults.js";
import { PLANTED, PLANTED_IN_MEMORY } from "./faults/planted.js";
import { CLIENTS, runFault, type ClientName, type FaultRun, type Job } from "./faults/run-fault.js";
import { sleep } from "./faults/sites.js";
import { SUBJECTS, type Subject } from "./faults/subjects.js";
import { startVendorProcess } from "./faults/vendors.js";

const AT_ONCE = 12;

function jobsOf({ size }: CheckRun): readonly Job[] {
  const subjects = size === "full" ? SUBJECTS : SUBJECTS.filter(({ operation }) => operation === "send" || operation === "cancel" || operation === "resolveContact");
  return FAULTS.flatMap((fault) => subjects.filter((subject) => isMet(fault, subject)).flatMap((subject) => clients().map((client) => ({ fault, subject, client }))))
    .filter(({ fault, subject, client }) => size === "full" || fault.heavy !== true || (subject.operation === "send" && client === (subject.vendor === "zapi" ? "undici" : "axios")));
}

function isMet({ vendor, onlyWrites }: Fault, subject: Subject): boolean {
  return (vendor === undefined || vendor === subject.vendor) && (onlyWrites !== true || subject.writes);
}

function clients(): readonly ClientName[] {
  return Object.keys(CLIENTS).filter((name): name is ClientName => Object.hasOwn(CLIENTS, name));
}

async function runAll(jobs: readonly Job[], cannot: (nr: number, name: string, reason: string) => void): Promise<readonly FaultRun[]> {
  const left = [...jobs];
  const runs: FaultRun[] = [];
  const work = async () => {
    for (let job = left.shift(); job !== undefined; job = left.shift()) {
      const { fault, subject, client } = job;
      const run = await runFault(fault, subject, client, (reason) => cannot(fault.nr, fault.name, reason));
      if (run !== undefined) runs.push(run);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return runs;
}

/** Sockets and timers that would keep the process alive. */
function openHandles(): number {
  return process.getActiveResourcesInfo().filter((name) => /^(?:Timeout|TCP|TLS)/.test(name)).length;
}

async function caughtOf(progress: CheckRun["progress"]): Promise<readonly string[]> {
  const missed = await Promise.all(PLANTED.map(async ({ name, faults, tamper }) => {
    const subjects = SUBJECTS.filter(({ operation }) => operation === "send");
    for (const fault of FAULTS.filter(({ nr }) => faults.includes(nr))) {
      for (const subject of subjects.filter((each) => isMet(fault, each))) {
        const run = await runFault(fault, subject, "undici", () => {}, tamper);
        if (run !== undefined && run.wrong.length > 0) return [];
      }
    }
    progress(`planted and missed: ${name}`);
    return [name];
  }));
  const guessed = await lateFaults(() => "not-sent");
  return [...missed.flat(), ...(guessed.every(({ wrong }) => wrong.length === 0) ? ["a delivery failure that is always called not-sent"] : [])];
}

/** fault × outcome, as the runs had it. */
function tableOf(runs: readonly FaultRun[]) {
  const rows = new Map<string, { readonly nr: number; readonly fault: string; readonly note?: string; runs: number; readonly outcomes: Record<string, number>; readonly codes: Set<string> }>();
  for (const { fault, subject, verdict, code } of runs) {
    const key = `${fault.nr} ${fault.name}`;
    const row = rows.get(key) ?? { nr: fault.nr, fault: fault.name, ...(fault.note !== undefined && { note: fault.note }), runs: 0, outcomes: {}, codes: new Set() };
    const outcome = `${subject.writes ? subject.vendor : "reads"}: ${verdict}`;
    row.runs += 1;
    row.outcomes[outcome] = (row.outcomes[outcome] ?? 0) + 1;
    if (subject.writes && code !== "") row.codes.add(code);
    rows.set(key, row);
  }
  return [...rows.values()].sort((a, b) => a.nr - b.nr).map(({ codes, ...row }) => ({ ...row, codes: [...codes].sort() }));
}

await runCheck("faults", async (run) => {
  const jobs = jobsOf(run);
  const notRun = new Map<string, { readonly nr: number; readonly fault: string; readonly reason: string; runs: number }>();
  const cannot = (nr: number, fault: string, reason: string) => {
    const known = notRun.get(`${nr} ${fault}`) ?? { nr, fault, reason, runs: 0 };
    known.runs += 1;
    notRun.set(`${nr} ${fault}`, known);
  };
  run.progress(`${jobs.length} calls under faults`);
  const handlesBefore = openHandles();
  const light = await runAll(jobs.filter(({ fault }) => fault.heavy !== true), cannot);
  const vendors = await startVendorProcess();
  const { runs: heavy, memory } = await runHeavy(jobs.filter(({ fault }) => fault.heavy === true), vendors.open);
  const late = await lateFaults();
  for (let tries = 0; tries < 100 && openHandles() > handlesBefore; tries += 1) await sleep(20);
  const handlesAfter = openHandles();
  const runs = [...light, ...heavy];
  const wrong = [
    ...runs.filter((each) => each.wrong.length > 0).map((each) => ({ fault: each.fault.name, vendor: each.subject.vendor, operation: each.subject.operation, client: each.client, wrong: each.wrong })),
    ...late.filter((each) => each.wrong.length > 0).map(({ name, wrong: what }) => ({ fault: name, wrong: what })),
  ];
  run.progress("planted defects");
  const inMemory = await caughtInMemory(vendors.open);
  await vendors.stop();
  const missed = [...inMemory.missed, ...await caughtOf(run.progress)];
  const planted = PLANTED.length + PLANTED_IN_MEMORY.length + 1;

  const numbers = new Set([...runs.map(({ fault }) => fault.nr), ...late.map(({ nr }) => nr)].filter((nr) => nr > 0));
  const openAfter = Math.max(0, handlesAfter - handlesBefore);
  const perClient = clients().map((client) => runs.filter((each) => each.client === client).length);
  const isThorough = runs.length >= (run.size === "full" ? 1_500 : 600) && numbers.size + new Set([...notRun.values()].map(({ nr }) => nr).filter((nr) => !numbers.has(nr))).size === 52
    && numbers.size >= 50 && perClient.every((count) => count >= runs.length / 3) && runs.filter(({ verdict }) => verdict === "accepted").length >= 20;
  const lateness = runs.map(({ lateMs }) => lateMs);
  for (const row of tableOf(runs)) run.progress(`${String(row.nr).padStart(3)}  ${row.fault.padEnd(62)} ${Object.entries(row.outcomes).map(([outcome, count]) => `${outcome} ${count}`).join("  ")}`);
  for (const row of late) run.progress(`${String(row.nr).padStart(3)}  ${row.name.padEnd(62)} ${row.wrong.length === 0 ? "as expected" : row.wrong.join("; ")}`);
  return {
    ok: wrong.length === 0 && isThorough && openAfter === 0 && isBounded(memory),
    faults: { of: 52, run: numbers.size, variants: new Set(runs.map(({ fault }) => `${fault.nr} ${fault.name}`)).size + late.length, notRun: [...notRun.values()] },
    calls: runs.length, late: late.length, rightOutcome: runs.length - runs.filter((each) => each.wrong.length > 0).length, thorough: isThorough,
    requests: { most: Math.max(...runs.filter(({ subject }) => subject.writes).map(({ posts }) => posts)), calls: runs.filter(({ subject }) => subject.writes).length },
    deadline: { callsOverIt: lateness.filter((ms) => ms > 0).length, by250ms: lateness.filter((ms) => ms > 250).length, latestMs: Math.round(Math.max(...lateness)) },
    memory: { ...memory, underPlantedDefects: inMemory.told }, handlesLeftOpen: openAfter,
    wrong, table: tableOf(runs),
    planted: { tried: planted, caught: planted - missed.length }, missed,
  };
});
