/** Why a call failed. A closed list: a new code is a decision with a record. What to do about each: docs/errors.md. */
export const ERROR_CODES = [
  // ours, before any request
  "INVALID_ARGUMENT", "UNSUPPORTED", "CONFIG_INVALID", "CONFLICT", "STOPPED",
  // the vendor's answer, or its absence
  "UNAUTHENTICATED", "PERMISSION_DENIED", "NOT_FOUND", "ACCOUNT_NOT_READY", "REFUSED", "RATE_LIMITED",
  "UNAVAILABLE", "TIMEOUT", "CANCELED",
  // a store of ours refused
  "STORE_FAILED",
  // an answer that nobody understands
  "PROTOCOL",
  // an error that is not ours
  "UNKNOWN",
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** `exhausted`: a layer has already repeated and gave up; outer layers stop too. */
export type Persistence = "permanent" | "transient" | "exhausted";
