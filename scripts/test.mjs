/*
 * `npm test`: everything that must hold before a change lands. Each step prints its name and time; the first failure ends
 * the run with its output. `npm test -- --only NAME` runs one step.
 */
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = new URL("..", import.meta.url).pathname;
const bin = (name) => join(root, "node_modules", ".bin", name);
const node = process.execPath;
/** Commands about a live account: they have nothing to look at here. */
const NEEDS_ARGUMENTS = new Set(["check:account"]);
const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
/** Every check of package.json, small: the list there is the only one. */
const checks = Object.entries(scripts).filter(([name]) => name.startsWith("check:") && !NEEDS_ARGUMENTS.has(name)).map(([name, line]) => [name, node, [/--run (\S+)/.exec(line)[1], "--json", "--size", "small"]]);

const steps = [
  ["CommonJS build", node, ["scripts/build-cjs.mjs"]],
  ["packages as npm users get them", node, ["scripts/check-packages.mjs"]],
  ["types of the tests", bin("tsc"), ["-p", "tsconfig.tests.json"]],
  ["lint", bin("oxlint"), ["--type-aware", "--deny-warnings"]],
  ["unused files, exports and dependencies", bin("knip"), ["--no-config-hints"]],
  ["import arrows", node, ["scripts/check-imports.mjs"]],
  ["tests", bin("jest"), ["--silent=false"]],
  ["docs/capabilities.md and docs/contract.md are what the suite finds", node, ["checks/dist/capabilities-page.js", "--check"]],
  ...checks,
];

const only = process.argv.includes("--only") ? process.argv[process.argv.indexOf("--only") + 1] : undefined;
const started = Date.now();
for (const [name, command, args] of steps) {
  if (only !== undefined && !name.includes(only)) continue;
  if (!existsSync(command)) fail(`${name}: ${command} is missing`);
  const from = Date.now();
  console.log(`\n== ${name}`);
  const code = await run(command, args);
  if (code !== 0) fail(`${name} failed after ${seconds(from)} s`);
  console.log(`== ${name}: ok in ${seconds(from)} s`);
}
console.log(`\nAll steps passed in ${seconds(started)} s.`);

function run(command, args) {
  return new Promise((resolve) => {
    spawn(command, args, { cwd: root, stdio: ["ignore", "inherit", "inherit"] }).on("exit", (code) => resolve(code ?? 1));
  });
}

function seconds(from) {
  return ((Date.now() - from) / 1000).toFixed(1);
}

function fail(message) {
  console.error(`\n${message}`);
  process.exit(1);
}
