import assert from "node:assert/strict";
import { isSupported, supportOf, type Audience, type CapabilityCode, type ProviderDefinition } from "@event-messaging/core/driver";
import { Bench } from "./bench.js";
import { nameOf, settledWithin } from "./demand.js";
import { GROUPS } from "./groups/index.js";
import type { CaseResult, Runner } from "./runner.js";
import { anchorOf, type Group, type SuiteCase } from "./suite-case.js";
import { AUDIENCES, type RunningVendor, type VendorUnderTest } from "./vendor-under-test.js";

/**
 * Proves a provider: every promise that core and applications rely on, against a vendor that can be made to misbehave, in
 * every configuration. The suite counts what the vendor did, by its journal, and never trusts the provider's word. Call it
 * at the top of a test file; assertions are of `node:assert`, so any runner will do.
 *
 * A case is skipped only when the account lacks the capability that it is about; nothing switches a case off. `report` is
 * called once for each case and configuration.
 *
 * @example
 * describeProvider(acmeUnderTest, { describe, it });
 */
export function describeProvider(vendor: VendorUnderTest, runner: Runner, report: (result: CaseResult) => void = () => {}): void {
  describeGroups(vendor, runner, report, GROUPS);
}

/** The same with some of the groups: for the suite's own tests, which show that none can be spared. */
export function describeGroups(vendor: VendorUnderTest, runner: Runner, report: (result: CaseResult) => void, groups: readonly Group[]): void {
  for (const [configuration, start] of Object.entries(vendor.configurations)) {
    runner.describe(`${vendor.definition.name}, ${configuration}`, () => {
      for (const group of groups) {
        runner.describe(group.name, () => {
          for (const suiteCase of group.cases) add({ vendor, configuration, start, group, suiteCase }, runner, report);
        });
      }
    });
  }
}

interface Place {
  readonly vendor: VendorUnderTest;
  readonly configuration: string;
  readonly start: () => Promise<RunningVendor>;
  readonly group: Group;
  readonly suiteCase: SuiteCase;
}

function add(place: Place, { it }: Runner, report: (result: CaseResult) => void): void {
  const { vendor, configuration, group, suiteCase } = place;
  const head = { configuration, group: group.name, case: suiteCase.name };
  const ruledOut = lacking(suiteCase, (code, audience) => isSupported(supportOf(vendor.definition.capabilities, code, audience)));
  if (ruledOut !== undefined) {
    report({ ...head, result: "skipped", capability: ruledOut });
    (it.skip ?? it)(suiteCase.name, async () => {});
    return;
  }
  it(suiteCase.name, async () => {
    const capability = await runCase(place).catch((error: unknown) => {
      const message = explained(place, error);
      report({ ...head, result: "failed", message });
      // A plain error: runners decorate an AssertionError with values that it does not have.
      throw new Error(message);
    });
    report({ ...head, ...(capability === undefined ? { result: "passed" } : { result: "skipped", capability }) });
  });
}

/** For one case. What waits longer waits for something that never comes. */
const LIMIT_MS = 20_000;

/** Runs a case on a vendor of its own. Resolves with the capability that the account lacks, if that rules the case out. */
async function runCase({ vendor, start, suiteCase }: Place): Promise<CapabilityCode | undefined> {
  const bench = await Bench.start(vendor, start);
  try {
    const missing = lacking(suiteCase, (code, audience) => bench.supports(code, audience));
    if (missing !== undefined) return missing;
    const ending = await settledWithin(LIMIT_MS, suiteCase.run(bench), "the case");
    if (!ending.resolved) throw masked(ending.error, bench.vendor.secrets);
    return undefined;
  } finally {
    await bench.end();
  }
}

/** A failure is printed by the runner; what a foreign error says may hold a credential. */
function masked(error: unknown, secrets: readonly string[]): unknown {
  if (!(error instanceof Error)) return error;
  const message = secrets.reduce((text, secret) => text.replaceAll(secret, "[redacted]"), error.message);
  if (message === error.message) return error;
  return error instanceof assert.AssertionError ? new assert.AssertionError({ message }) : new TypeError(message);
}

const SENDING = ["invitation.send", "text.send", "poll.send"] as const satisfies readonly CapabilityCode[];

function lacking({ needs = [], audience, needsAnySending }: SuiteCase, holds: (code: CapabilityCode, audience: "direct" | "group") => boolean): CapabilityCode | undefined {
  const audiences = audience === undefined ? AUDIENCES : [audience];
  // Several codes have to hold for one and the same audience.
  const together = audiences.some((each) => needs.every((code) => holds(code, each)));
  if (!together) return needs.find((code) => !audiences.some((each) => holds(code, each))) ?? needs[0];
  return needsAnySending && !SENDING.some((code) => audiences.some((each) => holds(code, each))) ? "invitation.send" : undefined;
}

/** What a stranger needs to know: the promise, what was seen, and where to read on. */
function explained({ vendor, configuration, group, suiteCase }: Place, error: unknown): string {
  const seen = error instanceof assert.AssertionError ? error.message : `${nameOf(error)} that the suite did not expect${error instanceof Error ? `: ${error.message}` : ""}`;
  return [
    `Provider "${vendor.definition.name}", configuration "${configuration}", ${group.name}.`,
    `Promised: ${suiteCase.name}.`,
    `Seen:     ${seen}`,
    `Read on:  docs/contract.md#${anchorOf(group.name)}`,
  ].join("\n");
}

/** What the suite demands of a definition, as data: for a reference page, or to see what a runner should have run. */
export function contractOf(definition?: ProviderDefinition): readonly { readonly group: string; readonly anchor: string; readonly about: string; readonly cases: readonly { readonly name: string; readonly needs: readonly CapabilityCode[]; readonly audience?: Audience; readonly applies: boolean }[] }[] {
  return GROUPS.map(({ name, about, cases }) => ({
    group: name, anchor: anchorOf(name), about,
    cases: cases.map((suiteCase) => ({
      name: suiteCase.name, needs: suiteCase.needs ?? [], ...(suiteCase.audience && { audience: suiteCase.audience }),
      applies: definition === undefined || lacking(suiteCase, (code, audience) => isSupported(supportOf(definition.capabilities, code, audience))) === undefined,
    })),
  }));
}
