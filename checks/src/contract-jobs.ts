import { acmeUnderTest } from "../../examples/acme-provider/dist/test/acme-under-test.js";
import type { CaseResult, VendorUnderTest } from "@event-messaging/contract";
import { BROKEN, failedPromises, memoryUnderTest, runSuite, wahaUnderTest, zapiUnderTest } from "../../packages/contract/dist/checked/test/index.js";

/** What one provider's run found. A skipped case names the capability that the account lacks, and where. */
export interface ProviderFindings {
  readonly name: string;
  readonly configurations: number;
  readonly cases: number;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly { readonly case: string; readonly capability: string; readonly configurations: readonly string[] }[];
  /** Every single result. */
  readonly results: readonly CaseResult[];
  readonly failures: readonly { readonly configuration: string; readonly case: string; readonly message: string }[];
}

/** What the suite made of one provider that breaks a promise. */
export interface BrokenFindings {
  readonly name: string;
  readonly caughtBy: readonly string[];
  readonly failed: readonly string[];
}

export type VendorName = "memory" | "zapi" | "waha" | "acme";
const VENDORS: Readonly<Record<VendorName, () => VendorUnderTest>> = { memory: () => memoryUnderTest(), zapi: () => zapiUnderTest, waha: () => wahaUnderTest, acme: () => acmeUnderTest };

/** Runs the suite on one provider, in some of its configurations. */
export async function tryProvider(name: VendorName, keep: (configuration: string, index: number) => boolean = () => true): Promise<ProviderFindings> {
  const vendor = VENDORS[name]();
  const configurations = Object.entries(vendor.configurations).filter(([configuration], index) => keep(configuration, index));
  const results = await runSuite({ ...vendor, configurations: Object.fromEntries(configurations) });
  const skipped = new Map<string, { readonly case: string; readonly capability: string; readonly configurations: readonly string[] }>();
  for (const { configuration, group, case: title, capability, result } of results) {
    if (result !== "skipped" || capability === undefined) continue;
    const key = `${group}: ${title}`;
    const known = skipped.get(`${key}\n${capability}`);
    skipped.set(`${key}\n${capability}`, { case: key, capability, configurations: [...known?.configurations ?? [], configuration] });
  }
  return {
    name, configurations: configurations.length, cases: results.length,
    passed: results.filter(({ result }) => result === "passed").length,
    failed: results.filter(({ result }) => result === "failed").length,
    skipped: [...skipped.values()],
    results,
    failures: results.flatMap(({ configuration, group, case: title, result, message }) => (result === "failed" ? [{ configuration, case: `${group}: ${title}`, message: message ?? "" }] : [])),
  };
}

/** Runs the suite on some of the broken providers. */
export async function tryBroken(keep: (index: number) => boolean): Promise<readonly BrokenFindings[]> {
  const found: BrokenFindings[] = [];
  for (const [index, broken] of BROKEN.entries()) {
    if (keep(index)) found.push({ name: broken.name, caughtBy: [...broken.caughtBy].sort(), failed: failedPromises(await runSuite(broken.vendor())) });
  }
  return found;
}
