/** The suite that every provider has to pass, ours or a stranger's. */
export { contractOf, describeProvider } from "./describe-provider.js";
export type { CaseResult, Runner } from "./runner.js";
export { FAULTS, VENDOR_WORDS, type AccountUnderTest, type Act, type Fault, type Person, type RunningVendor, type ScriptedEvent, type Shown, type VendorUnderTest } from "./vendor-under-test.js";
