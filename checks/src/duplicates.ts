import { AT_ONCE, DuplicateRun, KINDS } from "./duplicates/rounds.js";
import { PLANTED } from "./duplicates/planted.js";
import { VENDORS } from "./inbound/lines.js";
import { seededRandom } from "./order/random.js";
import { runCheck, type CheckRun } from "./report.js";

const ROUNDS = { small: 80, full: 1_000 } as const satisfies Record<CheckRun["size"], number>;
/** Of each defect; a replay of each age is among them. */
const FOR_DEFECTS = 12;

await runCheck("duplicates", async ({ size, seed, progress }) => {
  const rounds = ROUNDS[size];
  const runs: Record<string, unknown> = {};
  let wrong = 0;
  let isThorough = true;
  for (const vendor of VENDORS) {
    progress(`${vendor}: ${rounds} rounds of ${AT_ONCE} …`);
    const { tried, became, problems } = await new DuplicateRun(vendor, seededRandom(seed)).run(rounds);
    tried.deliveries = tried.rounds * AT_ONCE + tried.replays;
    wrong += problems.total;
    isThorough &&= tried.rounds === rounds && tried.replays >= rounds / 5 && KINDS.every((kind) => tried.byKind[kind] >= Math.floor(rounds / KINDS.length))
      && became.rows + became.known === tried.deliveries && became.transitions >= rounds;
    runs[vendor] = { tried, became, problems: problems.counts(), examples: problems.examples() };
  }
  const missed: string[] = [];
  for (const vendor of VENDORS) {
    for (const [name, between] of Object.entries(PLANTED)) {
      const { problems } = await new DuplicateRun(vendor, seededRandom(seed), between()).run(FOR_DEFECTS);
      if (problems.total === 0) missed.push(`${vendor} ${name}`);
    }
  }
  for (const name of missed) progress(`planted and not noticed: ${name}`);
  const tried = Object.keys(PLANTED).length * VENDORS.length;
  return { ok: wrong === 0 && isThorough && missed.length === 0, atOnce: AT_ONCE, runs, wrong, thorough: isThorough, planted: { tried, caught: tried - missed.length }, missed };
});
