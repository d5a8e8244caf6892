import { describeGroups } from "../src/describe-provider.js";
import { GROUPS } from "../src/groups/index.js";
import type { CaseResult, VendorUnderTest } from "../src/index.js";
import type { Group } from "../src/suite-case.js";

/** The smallest runner there is: collects the cases, runs one after the other, and says what became of each. */
export async function runSuite(vendor: VendorUnderTest, groups: readonly Group[] = GROUPS): Promise<readonly CaseResult[]> {
  const bodies: (() => Promise<void>)[] = [];
  const results: CaseResult[] = [];
  const it = (_name: string, body: () => Promise<void>) => void bodies.push(body);
  describeGroups(vendor, { describe: (_name, body) => body(), it: Object.assign(it, { skip: () => {} }) }, (result) => void results.push(result), groups);
  await muted(async () => {
    // A failed case has been reported already.
    for (const body of bodies) await body().catch(() => undefined);
  });
  return results;
}

/** A vendor in some of its configurations only. */
export function picked(vendor: VendorUnderTest, names: readonly string[]): VendorUnderTest {
  const configurations = Object.entries(vendor.configurations).filter(([name]) => names.includes(name));
  if (configurations.length !== names.length) throw new TypeError("a configuration has another name");
  return { ...vendor, configurations: Object.fromEntries(configurations) };
}

const SINKS = ["log", "info", "warn", "error", "debug"] as const;

/** One of the broken providers writes to the console, which is not its own here. */
async function muted(work: () => Promise<void>): Promise<void> {
  const kept = SINKS.map((name) => [name, console[name]] as const);
  for (const name of SINKS) console[name] = () => {};
  try {
    await work();
  } finally {
    for (const [name, write] of kept) console[name] = write;
  }
}

/** What failed, as `group: case`, each promise once: a promise that is demanded for both audiences is one. */
export function failedPromises(results: readonly CaseResult[]): readonly string[] {
  return [...new Set(results.filter(({ result }) => result === "failed").map(promiseOf))].sort();
}

export function promiseOf({ group, case: name }: Pick<CaseResult, "group" | "case">): string {
  return `${group}: ${name.replace(/ \((?:direct chat|group)\)$/, "")}`;
}
