import { runCheck, type CheckRun } from "./report.js";
import { allOrders, identityRuns, randomSets, twoTenants, type Subject } from "./order/laws.js";
import { OURS, PLANTED } from "./order/planted.js";
import { seededRandom } from "./order/random.js";

interface Amounts {
  readonly sixes: number;
  readonly sets: number;
  readonly identities: number;
  readonly tenants: number;
}

const AMOUNTS: { readonly [S in CheckRun["size"]]: Amounts } = {
  small: { sixes: 4, sets: 1_000, identities: 500, tenants: 200 },
  full: { sixes: 20, sets: 10_000, identities: 5_000, tenants: 1_000 },
};
/** Enough for every defect to show; what the library itself is tried with is far more. */
const FOR_DEFECTS: Amounts = { sixes: 2, sets: 200, identities: 200, tenants: 20 };

async function judge(subject: Subject, seed: number, amounts: Amounts) {
  const random = seededRandom(seed);
  const orders = allOrders(subject, random, amounts.sixes);
  const sets = randomSets(subject, random, amounts.sets);
  const identity = identityRuns(subject, random, amounts.identities);
  const tenants = await twoTenants(subject, random, amounts.tenants);
  return { orders, sets, identity, tenants, wrong: orders.wrong + sets.wrong + identity.wrong + tenants.wrong };
}

await runCheck("order", async ({ size, seed, progress }) => {
  const amounts = AMOUNTS[size];
  progress(`orders of ${amounts.sixes} sixes, ${amounts.sets} random sets, ${amounts.identities} merges, ${amounts.tenants} runs with two tenants`);
  const { orders, sets, identity, tenants, wrong } = await judge(OURS, seed, amounts);
  const missed: string[] = [];
  for (const [name, subject] of PLANTED) {
    progress(`planted: ${name}`);
    if ((await judge(subject, seed, FOR_DEFECTS)).wrong === 0) missed.push(name);
  }
  // A check that met none of the difficult cases has shown nothing.
  const isThorough = orders.tried === amounts.sixes * 720 && sets.tried === amounts.sets && identity.tried === amounts.identities && tenants.tried === amounts.tenants
    && Object.values(sets.seen).every((count) => count > amounts.sets / 20) && identity.merges > amounts.identities && PLANTED.length >= 14;
  return {
    ok: wrong === 0 && isThorough && missed.length === 0,
    orders, randomSets: sets, identity, tenants, wrong, thorough: isThorough,
    planted: { tried: PLANTED.length, caught: PLANTED.length - missed.length }, missed,
  };
});
