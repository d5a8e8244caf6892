/*
 * What the suite is run on under each runner: built packages only, the suite by its published name. RUN_ON=small takes one
 * configuration of each provider, RUN_ON=broken a provider that breaks a promise, which every runner has to notice.
 */
import { describeProvider } from "@event-messaging/contract";
import { BROKEN, memoryUnderTest } from "../../dist/checked/test/index.js";
import { acmeUnderTest } from "../../../../examples/acme-provider/dist/test/acme-under-test.js";

const choice = process.env.RUN_ON ?? "all";
const firstOf = (vendor) => ({ ...vendor, configurations: Object.fromEntries(Object.entries(vendor.configurations).slice(0, 1)) });
const subjects = {
  all: () => [memoryUnderTest(), acmeUnderTest],
  small: () => [memoryUnderTest(), acmeUnderTest].map(firstOf),
  broken: () => [firstOf(BROKEN.find(({ name }) => name === "calls a lost answer not-sent").vendor())],
}[choice]();

/** Describes every subject to the runner. */
export function describeSubjects(runner) {
  for (const vendor of subjects) describeProvider(vendor, runner);
}
