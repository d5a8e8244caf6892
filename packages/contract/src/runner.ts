import type { CapabilityCode } from "@event-messaging/core/driver";

/**
 * The test runner, handed in, so that the suite knows none: `{ describe, it }` of jest, of vitest or of `node:test`. Give the
 * runner at least 20 seconds for one case (jest: `jest.setTimeout(30_000)`); most take milliseconds.
 */
export interface Runner {
  describe(name: string, body: () => void): unknown;
  readonly it: {
    (name: string, body: () => Promise<void>): unknown;
    /** Used for cases that the definition's own table rules out; without it they run and do nothing. */
    readonly skip?: ((name: string, body: () => Promise<void>) => unknown) | undefined;
  };
}

/** What became of one case in one configuration. */
export interface CaseResult {
  readonly configuration: string;
  readonly group: string;
  readonly case: string;
  readonly result: "passed" | "failed" | "skipped";
  /** Of a skipped case: the capability that the account lacks. There is no other ground for skipping. */
  readonly capability?: CapabilityCode;
  /** Of a failed case: what was promised, what was seen and where to read on. */
  readonly message?: string;
}
