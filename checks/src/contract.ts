import { GROUPS } from "../../packages/contract/dist/checked/test/index.js";
import { allOf, together } from "./contract-threads.js";
import type { Job } from "./contract-worker.js";
import { runCheck } from "./report.js";
import { runnersReport } from "./runners.js";

const FEWEST_CASES = 100;
const FEWEST_BROKEN = 30;

/**
 * `npm run -s contract -- --json`: the contract suite on every provider in every configuration, and on providers that each
 * break one promise. `ok` when all good ones pass, every broken one fails exactly the promise that it breaks, and every group of
 * the suite is the only one to catch some of them. `--size small`: one configuration of each vendor and some of the broken ones.
 */
await runCheck("contract", async ({ size, seed, progress }) => {
  const full = size === "full";
  const jobs: readonly Job[] = full
    ? [
      ...[0, 1].map((from) => ({ kind: "broken", every: 2, from }) as const),
      ...[0, 1].flatMap((from) => [{ kind: "provider", vendor: "waha", every: 2, from }, { kind: "provider", vendor: "zapi", every: 2, from }] as const),
      { kind: "provider", vendor: "memory", every: 1, from: 0 },
      { kind: "provider", vendor: "acme", every: 1, from: 0 },
    ]
    : [{ kind: "broken", every: 12, from: seed }, { kind: "provider", vendor: "waha", every: 6, from: seed }, { kind: "provider", vendor: "zapi", every: 6, from: seed }, { kind: "provider", vendor: "memory", every: 4, from: seed }, { kind: "provider", vendor: "acme", every: 3, from: seed }];
  const found = await allOf(jobs, 3, progress);
  const broken = found.flatMap((each) => each.broken ?? []);
  const providers = together(found.flatMap((each) => each.provider ?? []));

  const wrong = broken.filter(({ caughtBy, failed }) => failed.length > 0 && String(caughtBy) !== String(failed));
  const caught = broken.filter(({ failed }) => failed.length > 0).length;
  const spared = GROUPS.map(({ name }) => name).filter((name) => !broken.some(({ failed }) => failed.length > 0 && failed.every((promise) => promise.startsWith(`${name}: `))));
  // Under small size the runners have a test of their own (runners.test.ts).
  const runners = full ? await runnersReport("all") : undefined;
  const unchanged = runners === undefined || (runners.agree && runners.passed.length === 3 && runners.noticed.length === 3);
  const enough = providers.every(({ cases, passed }) => cases >= FEWEST_CASES && passed > 0) && (!full || (broken.length >= FEWEST_BROKEN && spared.length === 0));
  return {
    ok: enough && providers.length === 4 && providers.every(({ failed }) => failed === 0) && wrong.length === 0 && unchanged,
    providers: providers.map(({ results: _results, ...findings }) => findings),
    runners: runners?.passed ?? [],
    ...(runners && { underRunners: runners.runs }),
    broken: { planted: broken.length, caught, wrongCase: wrong.length, ...(wrong.length > 0 && { wrong }), ...(caught < broken.length && { missed: broken.filter(({ failed }) => failed.length === 0).map(({ name }) => name) }) },
    groups: { all: GROUPS.length, ...(full && { neededByABrokenProvider: GROUPS.length - spared.length }) },
    planted: { tried: broken.length, caught: caught - wrong.length },
  };
});
