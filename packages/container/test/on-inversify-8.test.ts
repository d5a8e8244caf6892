import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "@jest/globals";
import { BEHAVIOUR } from "./behaviour.js";

const root = join(__dirname, "..", "..", "..");

/** inversify 8 is published as ES modules only, so plain Node runs the same cases, on the built packages. */
describe("modules for inversify 8", () => {
  let run: { readonly status: number | null; readonly stdout: string; readonly stderr: string };

  beforeAll(() => {
    execFileSync(process.execPath, [join(root, "node_modules", "typescript", "bin", "tsc"), "-b", "packages/container"], { cwd: root });
    // Node 26 deprecates module.register(), by which the script finds inversify 8.
    run = spawnSync(process.execPath, ["--no-deprecation", join(__dirname, "inversify-8.mjs")], { cwd: root, encoding: "utf8", timeout: 60_000 });
  }, 120_000);

  it("runs every case of inversify 7 there, and all pass", () => {
    expect({ status: run.status, stderr: run.stderr, results: run.stdout === "" ? undefined : JSON.parse(run.stdout) }).toEqual({
      status: 0, stderr: "", results: { inversify: 8, results: Object.keys(BEHAVIOUR).map((title) => ({ title, passed: true })) },
    });
  });
});
