/** One test runner that the suite was seen to run under, unchanged. */
export interface RunnerFindings {
  readonly name: "jest" | "vitest" | "node:test";
  readonly cases: number;
  readonly failed: number;
}

/** Ways to run the suite under a real runner, each a process of its own. Every entry must find the same cases, and none failing. */
export const RUNNERS: readonly (() => Promise<RunnerFindings>)[] = [];
