/*
 * What npm users would get: package manifests (publint) and types for ESM and CommonJS consumers (attw), of every package
 * that is published. `dist` must be built, both halves.
 */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
let failed = 0;
for (const name of readdirSync(join(root, "packages"))) {
  const cwd = join(root, "packages", name);
  if (JSON.parse(readFileSync(join(cwd, "package.json"), "utf8")).private) continue;
  for (const [tool, args] of [["publint", ["run", "--strict", "--pack", "npm"]], ["attw", ["--pack", ".", "--profile", "node16", "--format", "ascii"]]]) {
    const { status, stdout, stderr } = spawnSync(join(root, "node_modules", ".bin", tool), args, { cwd, encoding: "utf8" });
    console.log(`${name}: ${tool} ${status === 0 ? "ok" : "FAILED"}`);
    if (status === 0) continue;
    failed += 1;
    console.log(stdout, stderr);
  }
}
process.exitCode = failed > 0 ? 1 : 0;
