import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "@jest/globals";
import { runUnder } from "./runners.js";

const root = join(__dirname, "..", "..");

/** Under jest it runs here all the time; the check counts all three. */
const OTHERS = ["vitest", "node:test"] as const;

describe("the contract suite", () => {
  beforeAll(() => {
    execFileSync(process.execPath, [join(root, "node_modules", "typescript", "bin", "tsc"), "-b", "packages/contract/tsconfig.test.json", "examples/acme-provider"], { cwd: root });
  }, 120_000);

  it.each(OTHERS)("runs unchanged under %s, on memory and on a stranger's provider", async (name) => {
    const { cases, passed, skipped, failed } = await runUnder(name, "small");
    expect({ failed, all: passed + skipped === cases, enough: passed > 300 }).toEqual({ failed: 0, all: true, enough: true });
  }, 120_000);

  it.each(OTHERS)("reports a broken promise under %s", async (name) => {
    expect((await runUnder(name, "broken")).failed).toBeGreaterThan(0);
  }, 120_000);
});
