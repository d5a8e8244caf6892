import { HostileRun } from "./fuzz/hostile-run.js";
import { watchedComparisons } from "./fuzz/equal-lengths.js";
import { PLANTED } from "./fuzz/planted.js";
import { adapterVerify, signatureRun, WEAK } from "./fuzz/signatures.js";
import { socketRun, WEAK_SERVERS } from "./fuzz/socket-run.js";
import { VENDORS } from "./inbound/lines.js";
import { seededRandom } from "./order/random.js";
import { runCheck, type CheckRun } from "./report.js";

const BODIES = { small: 3_000, full: 1_000_000 } as const satisfies Record<CheckRun["size"], number>;
/** How many bodies have every bit turned: at full size over a million wrong signatures. */
const SIGNED = { small: 8, full: 400 } as const satisfies Record<CheckRun["size"], number>;
const RIGHT_PER_BODY = 260;
const RIGHT_FOR_DEFECTS = 20;
/** Enough for every defect to show. */
const FOR_DEFECTS = { small: 1_500, full: 6_000 } as const satisfies Record<CheckRun["size"], number>;

/** What nobody caught: a process of its own would have ended. */
const escaped = { rejections: 0, exceptions: 0 };
process.on("unhandledRejection", () => void (escaped.rejections += 1));
process.on("uncaughtException", () => void (escaped.exceptions += 1));

async function hostile({ size, seed, progress }: CheckRun) {
  const runs: Record<string, ReturnType<HostileRun["figures"]> & { readonly slowestBody: unknown }> = {};
  for (const vendor of VENDORS) {
    const run = await new HostileRun({}, vendor, seededRandom(seed)).run(BODIES[size], (done) => {
      if (done % 100_000 === 0) progress(`${vendor}: ${done} bodies`);
    });
    runs[vendor] = { ...run.figures(), slowestBody: await run.slowestBody() };
  }
  return runs;
}

/** Which deliberate defects went unnoticed. */
async function missedDefects({ size, seed, progress }: CheckRun): Promise<{ readonly tried: number; readonly missed: readonly string[] }> {
  const missed: string[] = [];
  for (const { name, vendor, subject } of PLANTED) {
    const before = escaped.rejections + escaped.exceptions;
    const hasEscaped = () => escaped.rejections + escaped.exceptions > before;
    const run = await new HostileRun(subject, vendor, seededRandom(seed)).runUntilProblem(FOR_DEFECTS[size], hasEscaped);
    if (Object.keys(run.figures().problems).length === 0 && !hasEscaped()) missed.push(name);
  }
  progress("planted: signatures and servers …");
  for (const [name, verify] of Object.entries(WEAK)) if (signatureRun(verify, seededRandom(seed), 1, RIGHT_FOR_DEFECTS).problems.total === 0) missed.push(name);
  const servers = await Promise.all(Object.entries(WEAK_SERVERS).map(async ([name, subject]) => [name, (await socketRun(subject)).problems.total] as const));
  missed.push(...servers.filter(([, problems]) => problems === 0).map(([name]) => name));
  for (const name of missed) progress(`planted and not noticed: ${name}`);
  return { tried: PLANTED.length + Object.keys(WEAK).length + servers.length, missed };
}

await runCheck("fuzz", async (run) => {
  const { size, seed, progress } = run;
  const bodies = await hostile(run);
  progress("signatures …");
  const signatures = await watchedComparisons(() => signatureRun(adapterVerify(), seededRandom(seed), SIGNED[size], RIGHT_PER_BODY));
  progress("sockets …");
  const { problems: socketProblems, ...sockets } = await socketRun(size === "small" ? { only: /^(?!zapi: an answer with)/ } : {});
  const left = { ...escaped };
  progress("planted defects …");
  const { tried, missed } = await missedDefects(run);

  const { tried: signed, problems: signatureProblems } = signatures.result;
  const wrong = Object.values(bodies).reduce((sum, { problems }) => sum + Object.values(problems).reduce((a, b) => a + b, 0), 0) + signatureProblems.total + socketProblems.total + left.rejections + left.exceptions + signatures.unequal;
  const isThorough = Object.values(bodies).every(({ thorough, tried: { bodies: count } }) => thorough && count >= BODIES[size])
    && signed.vectors >= 4 && signed.bodyBits + signed.signatureBits >= SIGNED[size] * 2_000 && signed.rightful >= SIGNED[size] * RIGHT_PER_BODY && signatures.comparisons >= signed.rightful
    && sockets.tried.requests >= 300 && sockets.tried.genuine >= 20 && sockets.tried.forged >= 35 && tried >= 50;
  return {
    ok: wrong === 0 && isThorough && missed.length === 0,
    bodies,
    signatures: { ...signed, wrongSignatures: signed.bodyBits + signed.signatureBits + signed.others, comparisons: signatures.comparisons, ofUnequalLength: signatures.unequal, problems: signatureProblems.counts(), examples: signatureProblems.examples() },
    sockets: { ...sockets, problems: socketProblems.counts(), examples: socketProblems.examples() },
    unhandledRejections: left.rejections, uncaughtExceptions: left.exceptions, wrong, thorough: isThorough,
    planted: { tried, caught: tried - missed.length }, missed,
  };
});
