import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { GATES, OPERATIONS, supportOf } from "@event-messaging/core/driver";
import { waha } from "@event-messaging/waha";
import { readDocument } from "./openapi/document.js";
import { drive } from "./openapi/drive.js";
import { breachesOfRules } from "./openapi/own-rules.js";
import { PLANTED_REQUESTS } from "./openapi/planted.js";
import { WAHA_REQUESTS } from "./openapi/waha-requests.js";
import type { WireRequest } from "./openapi/wire-request.js";
import { seededRandom } from "./order/random.js";
import { runCheck } from "./report.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const ROUNDS = { small: 120, full: 1_200 } as const;
/** Requests that must be seen of each kind: fewer have shown nothing. */
const LEAST = 10;

/** A copy of WAHA's whole document, where somebody has one: `--document FILE`, or a folder beside the repository. `--document none` does without. */
function documentFile(args: readonly string[]): string | undefined {
  const at = args.indexOf("--document");
  const given = at < 0 ? undefined : args[at + 1];
  if (given !== undefined) return given === "none" ? undefined : given;
  const beside = join(root, "../shared/reference/waha-openapi-2026.7.1.json");
  return existsSync(beside) ? beside : undefined;
}

/** Every path that stands in the adapter's sources: none may go untried. */
function pathsInSource(): readonly string[] {
  const folder = join(root, "packages/waha/src");
  const files = readdirSync(folder).filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"));
  const found = files.flatMap((name) => [...readFileSync(join(folder, name), "utf8").matchAll(/"(\/api\/[^"]*)"/g)].flatMap(([, path]) => path ?? []));
  return [...new Set(found)].sort();
}

await runCheck("openapi", async ({ size, seed, progress }) => {
  const file = documentFile(process.argv.slice(2));
  const document = file === undefined ? undefined : readDocument(JSON.parse(readFileSync(file, "utf8")));
  progress(document === undefined ? "no copy of the whole document: the rules of these requests only (--document FILE adds it)" : `the whole document too: ${document.version}, ${document.paths} paths`);
  const { requests, calls, refused, operations } = await drive(seededRandom(seed), ROUNDS[size]);

  const judge = (request: WireRequest) => ({ rules: breachesOfRules(request), document: document?.breachesOf(request) ?? [] });
  const failures = requests.flatMap((request) => {
    const { rules, document: more } = judge(request);
    return rules.length + more.length === 0 ? [] : [{ request: `${request.method} ${request.template}`, breaches: [...rules, ...more.map((text) => `document: ${text}`)] }];
  });
  for (const { request, breaches } of failures.slice(0, 20)) progress(`${request}: ${breaches.join("; ")}`);

  const kinds = Object.fromEntries(WAHA_REQUESTS.map(({ method, path }) => [`${method} ${path}`, requests.filter((each) => each.method === method && each.template === path).length]));
  const rare = Object.entries(kinds).filter(([, count]) => count < LEAST).map(([kind]) => kind);
  const untried = pathsInSource().filter((path) => !requests.some(({ template }) => template === path));

  const undriven = OPERATIONS.filter((name) => (["direct", "group"] as const).some((audience) => supportOf(waha.capabilities, GATES[name], audience).support !== "absent") && !operations.includes(name));

  const missed = PLANTED_REQUESTS.flatMap(({ name, document: noticed, applies, plant }) => {
    const victims = requests.filter(applies).slice(0, 200);
    const isCaught = victims.length > 0 && victims.every((victim) => {
      const { rules, document: more } = judge(plant(victim));
      return rules.length > 0 && (document === undefined || !noticed || more.length > 0);
    });
    return isCaught ? [] : [name];
  });
  return {
    ok: failures.length === 0 && rare.length === 0 && untried.length === 0 && undriven.length === 0 && requests.length >= ROUNDS[size] * 8,
    requests: requests.length, least: ROUNDS[size] * 8, calls, refusedBeforeAnyRequest: refused, operations, kinds, leastOfEachKind: LEAST, rare, undriven,
    pathsInSource: pathsInSource().length, untried,
    document: document === undefined ? "not at hand" : { version: document.version, paths: document.paths, judged: requests.length },
    failures: failures.length, firstFailures: failures.slice(0, 10),
    planted: { tried: PLANTED_REQUESTS.length, caught: PLANTED_REQUESTS.length - missed.length }, missed,
    plantedForDocument: document === undefined ? 0 : PLANTED_REQUESTS.filter((each) => each.document).length,
  };
});
