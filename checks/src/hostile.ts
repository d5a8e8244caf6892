import { fileURLToPath } from "node:url";
import { runCheck } from "./report.js";
import { FAULTS } from "./faults/catalogue.js";
import type { Fault } from "./faults/fault.js";
import { PLANTED } from "./faults/planted.js";
import { answer } from "./faults/raw-vendor.js";
import { CLIENTS, runFault, type ClientName, type FaultRun, type Tamper } from "./faults/run-fault.js";
import { SUBJECTS } from "./faults/subjects.js";
import { findPatterns, patternsIn } from "./hostile/find-patterns.js";
import { injectInto, OURS } from "./hostile/injection.js";
import { examine, loadRecheck, type PatternVerdict } from "./hostile/patterns.js";
import { PASTED, SLOW_SOURCES, TRUSTING } from "./hostile/planted.js";
import { controls, LOOPBACK, tryUntrusted, UNTRUSTED } from "./hostile/untrusted.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const clients = Object.keys(CLIENTS).filter((name): name is ClientName => Object.hasOwn(CLIENTS, name));
const sends = SUBJECTS.filter(({ operation }) => operation === "send");
/** Texts tried in each field by a planted defect. */
const FOR_DEFECTS = 120;

/** Every redirect status × every way to name another place, beside the catalogue's own redirects and bombs. */
const PLACES: readonly ((elsewhere: string) => string)[] = [(to) => to, (to) => `${to}/api/salon/events`, (to) => to.replace("http:", ""), () => "/other", () => "http://169.254.169.254/latest/meta-data/", () => "file:///etc/passwd", () => "", (to) => to.replace("//", "//user:secret@"), () => "http://["];
const REDIRECTS: readonly Fault[] = [300, 301, 302, 303, 304, 305, 307, 308].flatMap((status) => PLACES.map((place, nth): Fault => ({
  nr: 16, name: `redirect ${status}, place ${nth}`, expected: "unknown",
  behave: (_, elsewhere) => async (socket, next) => {
    for (;;) {
      await next();
      socket.write(answer(`${status} Moved`, status === 304 ? "" : "moved", { location: place(elsewhere) }));
    }
  },
})));
const BOMBS = FAULTS.filter(({ nr }) => nr === 25 || nr === 26);

async function underFaults(faults: readonly Fault[], names: readonly ClientName[], tamper: Tamper = {}): Promise<readonly FaultRun[]> {
  const left = faults.flatMap((fault) => sends.flatMap((subject) => names.map((client) => ({ fault, subject, client }))));
  const runs: FaultRun[] = [];
  const work = async () => {
    for (let job = left.shift(); job !== undefined; job = left.shift()) {
      const run = await runFault(job.fault, job.subject, job.client, () => {}, tamper);
      if (run !== undefined) runs.push(run);
    }
  };
  await Promise.all(Array.from({ length: 6 }, work));
  return runs;
}

function isSlow({ pattern, status, slowestMs }: PatternVerdict): boolean {
  return pattern.dynamic || status === "vulnerable" || slowestMs === undefined;
}

await runCheck("hostile", async ({ size, progress: tell }) => {
  const begun = performance.now();
  const progress = (text: string) => tell(`${((performance.now() - begun) / 1000).toFixed(1).padStart(5)} s  ${text}`);
  const full = size === "full";
  const used = full ? clients : clients.slice(0, 1);
  const perField = full ? 10_000 : 210;

  progress("redirects and bombs");
  const faults = [...await underFaults(REDIRECTS, full ? clients : used), ...await underFaults(full ? BOMBS : BOMBS.filter(({ nr }) => nr === 26), used)];
  const faultBreaches = faults.filter(({ wrong }) => wrong.length > 0).map(({ fault, client, wrong }) => ({ fault: fault.name, client, wrong }));

  progress("injection");
  const fields = (await Promise.all(used.map(async (client) => injectInto(OURS, client, perField)))).flat();
  const fieldBreaches = fields.flatMap(({ field, breaches }) => breaches.map((breach) => ({ field, breach })));

  progress("untrusted base URLs");
  const untrusted = [];
  for (const client of used) for (const vendor of ["waha", "zapi"] as const) untrusted.push(await tryUntrusted(vendor, client));
  const control = await controls("undici");

  progress("patterns");
  const checkSync = await loadRecheck();
  const { patterns, files } = findPatterns(root);
  const different = [...new Map(patterns.map((pattern) => [`${pattern.source}/${pattern.flags}`, pattern])).values()];
  const verdicts = different.map((pattern) => examine(pattern, checkSync, full ? 20_000 : 150));
  const slow = verdicts.filter(isSlow).map(({ pattern, status, complexity, slowestMs }) => ({ ...pattern, status, complexity, slowestMs }));
  for (const each of slow) progress(`${each.file}: /${each.source}/ ${each.status}`);

  progress("planted defects");
  const missed: string[] = [];
  const miss = (name: string, caught: boolean) => {
    progress(`${caught ? "caught" : "missed"}: ${name}`);
    if (!caught) missed.push(name);
  };
  for (const { name, tamper } of PLANTED.filter(({ name: each }) => /redirects|bound on answers/.test(each))) {
    const kind = name.includes("redirects") ? REDIRECTS.slice(0, 12) : BOMBS.filter(({ name: each }) => each.startsWith("gzip"));
    miss(name, (await underFaults(kind, ["undici"], tamper)).some(({ wrong }) => wrong.length > 0));
  }
  for (const [name, subject] of PASTED) miss(name, (await injectInto(subject, "undici", FOR_DEFECTS, ["waha session", "path parameter of the client"])).some(({ breaches }) => breaches.length > 0));
  for (const [name, around] of TRUSTING) miss(name, (await tryUntrusted("waha", "undici", around, LOOPBACK)).attempts.length > 0);
  for (const [name, source] of SLOW_SOURCES) miss(name, patternsIn(source, "planted.ts").some((pattern) => isSlow(examine(pattern, checkSync, 2_000))));

  const attempts = untrusted.flatMap((each) => each.attempts);
  const notOurs = untrusted.flatMap((each) => each.notOurs);
  const isThorough = fields.every(({ tried, controls: good }) => tried >= 200 && good === 1) && UNTRUSTED.length >= 80 && control.trustedAttempts >= 10 && control.publicLetThrough >= 5
    && different.length >= 80 && verdicts.filter(({ status }) => status === "safe").length >= different.length * (full ? 0.8 : 0.6) && faults.length >= 140;
  const tried = 2 + PASTED.length + TRUSTING.length + SLOW_SOURCES.length;
  return {
    ok: faultBreaches.length + fieldBreaches.length + attempts.length + notOurs.length + slow.length === 0 && isThorough && missed.length === 0,
    redirectsAndBombs: { tried: faults.length, breaches: faultBreaches },
    injection: { fields: fields.map(({ breaches, ...figures }) => ({ ...figures, breaches: breaches.length })), breaches: fieldBreaches },
    untrusted: { urls: UNTRUSTED.length, tried: untrusted.reduce((sum, each) => sum + each.tried, 0), rejected: untrusted.reduce((sum, each) => sum + each.rejected, 0), attempts, notOurs, controls: control },
    patterns: {
      files, found: patterns.length, different: different.length, safe: verdicts.filter(({ status }) => status === "safe").length,
      onlyTimed: verdicts.filter(({ status }) => status === "unknown").map(({ pattern }) => `${pattern.file}: /${pattern.source}/${pattern.flags}`),
      slowestMs: Math.round(Math.max(...verdicts.map(({ slowestMs }) => slowestMs ?? 0)) * 10) / 10, slow,
    },
    thorough: isThorough, planted: { tried, caught: tried - missed.length }, missed,
  };
});
