/*
 * Builds the CommonJS half of every package that is published. Node tells the two halves apart by the nearest package.json,
 * so `dist/cjs` gets one that says what it is.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const { status } = spawnSync(process.execPath, [join(root, "node_modules", "typescript", "bin", "tsc"), "-b", "tsconfig.cjs.json"], { cwd: root, stdio: "inherit" });
if (status !== 0) process.exit(1);

for (const name of readdirSync(join(root, "packages"))) {
  const dist = join(root, "packages", name, "dist", "cjs");
  if (!existsSync(dist)) continue;
  const { sideEffects } = JSON.parse(readFileSync(join(root, "packages", name, "package.json"), "utf8"));
  writeFileSync(join(dist, "package.json"), `${JSON.stringify({ type: "commonjs", sideEffects })}\n`);
}
