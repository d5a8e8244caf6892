import { stopThem, type KillSubject } from "./limits/killing.js";
import { BROKEN_LIMITS, BROKEN_SWITCHES } from "./limits/planted.js";
import { OURS, sendMany, type MakeLimit } from "./limits/sending.js";
import { seededRandom } from "./order/random.js";
import { runCheck } from "./report.js";

const SENDS = { small: 100_000, full: 1_000_000 } as const;
/** A defect must show within so many rounds of so many sends: how soon it does is chance. */
const FOR_DEFECTS = { rounds: 12, sends: 3_000 };

async function limits(make: MakeLimit, seed: number, sends: number) {
  const figures = await sendMany(make, seededRandom(seed), sends);
  return { ...figures, wrong: figures.windowsOver + figures.gapsTooShort + figures.notCounted };
}

async function showsUp(make: MakeLimit, seed: number): Promise<boolean> {
  for (let round = 0; round < FOR_DEFECTS.rounds; round += 1) if ((await limits(make, seed + round, FOR_DEFECTS.sends)).wrong > 0) return true;
  return false;
}

async function stops(subject: KillSubject) {
  const figures = await stopThem(subject);
  return { ...figures, wrong: figures.postsAfter + figures.notTold + figures.wronglyStopped + figures.notResumed + (figures.slowestAnswerMs < 1_000 ? 0 : 1) };
}

await runCheck("limits", async ({ size, seed, progress }) => {
  progress("the kill switch, in real time, with its planted defects");
  const [killSwitch, ...broken] = await Promise.all([stops({}), ...BROKEN_SWITCHES.map(([, subject]) => stops(subject))]);
  const missed = BROKEN_SWITCHES.filter((_, index) => broken[index]?.wrong === 0).map(([name]) => name);
  progress(`${SENDS[size]} simulated sends`);
  const rateLimit = await limits(OURS, seed, SENDS[size]);
  for (const [name, make] of BROKEN_LIMITS) {
    progress(`planted: ${name}`);
    if (!(await showsUp(make, seed))) missed.push(name);
  }
  // A limit that was never reached, and a queue that was empty at the stop, have shown nothing.
  const { fullest } = rateLimit;
  const isThorough = rateLimit.sends >= 100_000 && rateLimit.sent > rateLimit.sends / 2 && fullest.account === fullest.ofAccount && fullest.global === fullest.ofGlobal && killSwitch.waiting >= 60;
  const tried = BROKEN_LIMITS.length + BROKEN_SWITCHES.length;
  return { ok: rateLimit.wrong === 0 && killSwitch.wrong === 0 && isThorough && missed.length === 0, rateLimit, killSwitch, thorough: isThorough, planted: { tried, caught: tried - missed.length }, missed };
});
