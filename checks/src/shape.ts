import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runCheck } from "./report.js";

/** The files that every adapter has, so that who knows one knows all. */
const ADAPTER_FILES = ["index", "definition", "config", "recipient", "wire", "encode", "decode", "failure", "webhook", "provider"];
const LONGEST = 250;
const FORBIDDEN_NAMES = /(?:^|\/)(?:utils?|helpers?|common|misc)\.ts$|(?:^|\/)base-|-impl\.ts$/;

const root = fileURLToPath(new URL("../..", import.meta.url));

interface Breach {
  readonly file: string;
  readonly what: string;
}

/** Adapter file shape, file sizes and names, and the import arrows of one tree. */
function breachesOf(tree: string): { readonly breaches: readonly Breach[]; readonly files: number; readonly adapters: readonly string[] } {
  const packages = readdirSync(join(tree, "packages"));
  const adapters = packages.filter((name) => existsSync(join(tree, "packages", name, "src", "definition.ts")));
  const breaches: Breach[] = [];
  for (const adapter of adapters) {
    for (const file of ADAPTER_FILES) {
      if (!existsSync(join(tree, "packages", adapter, "src", `${file}.ts`))) breaches.push({ file: `packages/${adapter}/src/${file}.ts`, what: "is missing: every adapter has it" });
    }
  }
  const files = packages.flatMap((name) => sources(join(tree, "packages", name, "src"), `packages/${name}/src`));
  for (const file of files) {
    const text = readFileSync(join(tree, file), "utf8");
    const lines = text.split("\n").length;
    if (lines > LONGEST && !file.endsWith(".test.ts")) breaches.push({ file, what: `has ${lines} lines; over ${LONGEST} means two ideas` });
    if (FORBIDDEN_NAMES.test(file)) breaches.push({ file, what: "is named after nothing: name it after its main export" });
    if (/^export default /m.test(text)) breaches.push({ file, what: "has a default export" });
    if (/^(?:export )?(?:const )?enum /m.test(text)) breaches.push({ file, what: "declares an enum" });
  }
  const arrows = spawnSync(process.execPath, [join(root, "scripts", "check-imports.mjs"), tree], { encoding: "utf8" });
  for (const line of arrows.stderr.split("\n").filter((text) => text !== "")) {
    const [file = "", ...what] = line.split(": ");
    breaches.push({ file, what: what.join(": ") });
  }
  return { breaches, files: files.length, adapters };
}

function sources(folder: string, name: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return sources(join(folder, entry.name), `${name}/${entry.name}`);
    return entry.name.endsWith(".ts") ? [`${name}/${entry.name}`] : [];
  });
}

/** Each plants one defect into a copy of the tree; the check must find more there than in the tree itself. */
const DEFECTS: Readonly<Record<string, (tree: string) => void>> = {
  "an adapter lacks a file": (tree) => rmSync(join(tree, "packages/zapi/src/failure.ts")),
  "an adapter imports another": (tree) => append(tree, "packages/waha/src/encode.ts", 'import "@event-messaging/zapi";'),
  "an adapter names a container": (tree) => append(tree, "packages/waha/src/provider.ts", 'import "inversify";'),
  "core names a vendor": (tree) => append(tree, "packages/core/src/plan/make-plan.ts", "// as WAHA does"),
  "the container names a vendor": (tree) => append(tree, "packages/container/src/tokens.ts", 'export const ZAPI = "zapi";'),
  "core imports to its right": (tree) => append(tree, "packages/core/src/model/ids.ts", 'import "../messaging/send.js";'),
  "two files import one another": (tree) => append(tree, "packages/core/src/messaging/house.ts", 'import "./look.js";'),
  "an adapter imports axios": (tree) => append(tree, "packages/zapi/src/provider.ts", 'import "axios";'),
  "the simulator imports an adapter": (tree) => append(tree, "packages/simulator/src/server.ts", 'import "@event-messaging/waha";'),
  "a file of 300 lines": (tree) => append(tree, "packages/core/src/plan/index.ts", "\n".repeat(300)),
  "a default export": (tree) => append(tree, "packages/core/src/plan/index.ts", "export default 1;"),
};

function append(tree: string, file: string, line: string): void {
  const path = join(tree, file);
  writeFileSync(path, `${readFileSync(path, "utf8")}\n${line}\n`);
}

await runCheck("shape", async (run) => {
  const { breaches, files, adapters } = breachesOf(root);
  for (const { file, what } of breaches) run.progress(`${file}: ${what}`);
  const missed: string[] = [];
  for (const [name, plant] of Object.entries(DEFECTS)) {
    const tree = mkdtempSync(join(tmpdir(), "shape-"));
    cpSync(join(root, "packages"), join(tree, "packages"), { recursive: true, filter: (path) => !/[\\/](?:node_modules|dist)(?:[\\/]|$)/.test(path) });
    plant(tree);
    if (breachesOf(tree).breaches.length <= breaches.length) missed.push(name);
    rmSync(tree, { recursive: true });
  }
  const tried = Object.keys(DEFECTS).length;
  return { ok: breaches.length === 0 && files >= 100 && adapters.length >= 2, files, adapters, adapterFiles: ADAPTER_FILES.length, breaches, planted: { tried, caught: tried - missed.length }, missed };
});
