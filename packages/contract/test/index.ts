/** What the suite is tried on: for its own tests and for the command that reports on all of it. */
export { BROKEN } from "./broken/index.js";
export type { BrokenProvider } from "./broken/break.js";
export { failedPromises, promiseOf, runSuite } from "./run-suite.js";
export { memoryUnderTest } from "./vendors/memory.js";
export { wahaUnderTest } from "./vendors/waha.js";
export { zapiUnderTest } from "./vendors/zapi.js";
export { GROUPS } from "../src/groups/index.js";
export { contractOf } from "../src/index.js";
