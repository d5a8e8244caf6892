export { contentRevision, staticDirectory, type AccountDirectory, type AccountRecord, type StaticAccounts } from "./directory.js";
export { createAccountPool, type AccountLease, type AccountPool, type AccountPoolOptions, type Providers } from "./pool.js";
