import type { CapabilityCode } from "@event-messaging/core/driver";
import { contractOf, type CaseResult } from "@event-messaging/contract";

/** What the suite saw of one capability for one audience: in how many configurations. */
export interface Evidence {
  readonly configurations: number;
  /** Every case that needs the capability passed, at least one. */
  readonly passed: number;
  readonly failed: number;
}

type Promised = ReturnType<typeof contractOf>[number]["cases"][number];
const CASES: ReadonlyMap<string, Promised> = new Map(contractOf().flatMap(({ group, cases }) => cases.map((each) => [`${group}: ${each.name}`, each] as const)));
/** These are the account's, whoever is written to. */
const OF_THE_ACCOUNT: readonly CapabilityCode[] = ["webhook.configure", "webhook.signed"];

/** For which `code audience` pairs a case speaks. One that names no audience chooses for itself, so its success is no proof for either. */
function pairsOf(name: string, result: "passed" | "failed"): readonly string[] {
  const { needs = [], audience } = CASES.get(name) ?? {};
  return needs.flatMap((code) => {
    if (audience !== undefined) return [`${code} ${audience}`];
    return result === "failed" || OF_THE_ACCOUNT.includes(code) ? [`${code} direct`, `${code} group`] : [];
  });
}

/** By `code audience`; a pair that no case tries by itself is missing. */
export function evidenceOf(results: readonly CaseResult[]): ReadonlyMap<string, Evidence> {
  const configurations = [...new Set(results.map(({ configuration }) => configuration))];
  const seen = new Map<string, Map<string, "passed" | "failed">>();
  for (const { configuration, group, case: name, result } of results) {
    if (result === "skipped") continue;
    for (const pair of pairsOf(`${group}: ${name}`, result)) {
      const known = seen.get(pair) ?? new Map<string, "passed" | "failed">();
      known.set(configuration, known.get(configuration) === "failed" ? "failed" : result);
      seen.set(pair, known);
    }
  }
  const tried = new Set([...CASES.keys()].flatMap((name) => pairsOf(name, "passed")));
  return new Map([...tried].map((pair) => {
    const outcomes = [...seen.get(pair)?.values() ?? []];
    return [pair, { configurations: configurations.length, passed: outcomes.filter((each) => each === "passed").length, failed: outcomes.filter((each) => each === "failed").length }];
  }));
}
