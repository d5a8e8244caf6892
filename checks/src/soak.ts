import { seededRandom } from "./order/random.js";
import { runCheck, type CheckRun } from "./report.js";
import { drive } from "./soak/drive.js";
import { makePlan } from "./soak/plan.js";
import { PLANTED } from "./soak/planted.js";
import { siteHere, startSite } from "./soak/remote.js";
import { verdict } from "./soak/verdict.js";
import { vitalFigures } from "./soak/vitals.js";
import type { RepeatPolicy } from "./soak/vendor.js";

const PER_SECOND = 200;
const NEVER: RepeatPolicy = { repeats: 0, firstDelayMs: 0 };
/** At full size WAHA's own policy, two seconds and doubling, fifteen times; at small size the same in a twentieth of the time. */
const SIZES = {
  small: { seconds: 4, waha: { repeats: 15, firstDelayMs: 100 } },
  full: { seconds: 120, waha: { repeats: 15, firstDelayMs: 2_000 } },
} as const satisfies Record<CheckRun["size"], { readonly seconds: number; readonly waha: RepeatPolicy }>;
const POSTINGS_FOR_DEFECTS = 400;

async function control(plan: ReturnType<typeof makePlan>) {
  return verdict(plan, await drive(plan, siteHere({}), { perSecond: 0, policies: { waha: { repeats: 15, firstDelayMs: 2 }, zapi: NEVER } }));
}

await runCheck("soak", async ({ size, seed, progress }) => {
  const { seconds, waha } = SIZES[size];
  const plan = makePlan(seededRandom(seed), PER_SECOND * seconds);
  const site = await startSite();
  progress(`${plan.postings.length} deliveries, ${PER_SECOND} a second …`);
  const driven = await drive(plan, site.remote, { perSecond: PER_SECOND, policies: { waha, zapi: NEVER } });
  const vitals = vitalFigures(driven, site.vitals());
  site.stop();
  const { problems, figures, thorough } = verdict(plan, driven);

  progress("planted defects …");
  // Without a defect it must pass, or the planted ones prove nothing. A plan that chance made too tame is made anew.
  let round = 0;
  let small = makePlan(seededRandom(seed), POSTINGS_FOR_DEFECTS);
  let controlled = await control(small);
  while (controlled.problems.total === 0 && !controlled.thorough && round < 5) {
    round += 1;
    small = makePlan(seededRandom(seed + round), POSTINGS_FOR_DEFECTS);
    controlled = await control(small);
  }
  const missed: string[] = [];
  await Promise.all(Object.entries(PLANTED).map(async ([name, { site: options, waha: policy = { repeats: 15, firstDelayMs: 2 } }]) => {
    const seen = verdict(small, await drive(small, siteHere(options), { perSecond: 0, policies: { waha: policy, zapi: NEVER } }));
    if (seen.problems.total === 0 && seen.thorough) missed.push(name);
  }));
  for (const name of missed) progress(`planted and not noticed: ${name}`);

  const tried = Object.keys(PLANTED).length;
  const isSound = controlled.problems.total === 0 && controlled.thorough;
  return {
    ok: problems.total === 0 && thorough && isSound && missed.length === 0,
    perSecond: PER_SECOND, ...vitals, ...figures, problems: problems.counts(), examples: problems.examples(), thorough,
    control: { problems: controlled.problems.counts(), examples: controlled.problems.examples(), thorough: controlled.thorough },
    planted: { tried, caught: tried - missed.length }, missed,
  };
});
