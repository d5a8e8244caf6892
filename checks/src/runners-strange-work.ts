import { execFile } from "node:child_process";
import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root, type Workplace } from "./runners-workplace.js";

/** What a stranger's own project says to the compiler; nothing of this repository. */
const TSCONFIG = {
  compilerOptions: {
    target: "ES2022", lib: ["ES2023"], types: ["node"], module: "NodeNext", moduleResolution: "NodeNext", strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true,
    verbatimModuleSyntax: true, isolatedModules: true, skipLibCheck: false, rootDir: ".", outDir: "dist",
  },
  include: ["src", "simulator", "test"],
};

/** One configuration, for a quick run. */
const FIRST = `import { describe, it } from "node:test";
import { describeProvider } from "@event-messaging/contract";
import { acmeUnderTest } from "./acme-under-test.js";

const configurations = Object.fromEntries(Object.entries(acmeUnderTest.configurations).slice(0, 1));
describeProvider({ ...acmeUnderTest, configurations }, { describe, it });
`;

/** The same, of the cases about answers only. */
const ANSWERS = FIRST.replace("{ describe, it });", '{ describe, it: (name, body) => (/an answer (?:GOING|MAYBE)/.test(name) ? void it(name, body) : undefined) });');

/** Copies the example's sources and compiles them on the installed packages. Resolves with the compiler's words. */
export async function buildAcme(workplace: Workplace, folder = "acme", change: (file: string, text: string) => string = (_file, text) => text): Promise<string> {
  const target = join(workplace.folder, folder);
  for (const part of ["src", "simulator", "test"]) {
    await cp(join(root, "examples", "acme-provider", part), join(target, part), { recursive: true, filter: (path) => !path.endsWith(".test.ts") });
  }
  for (const file of ["src/decode.ts", "src/provider.ts"]) await writeFile(join(target, file), change(file, await readFile(join(target, file), "utf8")));
  await writeFile(join(target, "test", "first.node.ts"), FIRST);
  await writeFile(join(target, "test", "answers.node.ts"), ANSWERS);
  await writeFile(join(target, "package.json"), JSON.stringify({ name: "acme", private: true, type: "module" }));
  await writeFile(join(target, "tsconfig.json"), JSON.stringify(TSCONFIG));
  return workplace.compile(folder);
}

export interface NodeRun {
  readonly passed: number;
  readonly skipped: number;
  readonly failed: number;
}

/** Runs the example's contract test there, under Node's own runner. */
export async function runAcme(workplace: Workplace, part: "contract" | "first" | "answers", folder = "acme"): Promise<NodeRun> {
  const { output } = await node(join(workplace.folder, folder), ["--test", "--test-reporter=tap", `dist/test/${part}.node.js`]);
  return { passed: count(output, "pass"), skipped: count(output, "skipped"), failed: count(output, "fail") + count(output, "cancelled") };
}

/** Defects that must be noticed: an import of what is not published does not compile, and a swapped answer fails the contract. */
export async function planted(workplace: Workplace): Promise<readonly { readonly name: string; readonly caught: boolean }[]> {
  const unpublished = async () => /error TS2307/.test(await buildAcme(workplace, "acme-inner", (file, text) => (file === "src/provider.ts" ? text.replace("@event-messaging/core/driver", "@event-messaging/core/dist/esm/driver/index.js") : text)));
  const swapped = async () => {
    await cp(join(workplace.folder, "acme"), join(workplace.folder, "acme-swapped"), { recursive: true });
    const file = join(workplace.folder, "acme-swapped", "dist", "src", "decode.js");
    await writeFile(file, (await readFile(file, "utf8")).replace('["in", "GOING"]', '["in", "NOT_GOING"]'));
    const { failed, passed } = await runAcme(workplace, "answers", "acme-swapped");
    return failed > 0 && passed > 0;
  };
  const [inner, other] = await Promise.all([unpublished(), swapped()]);
  return [{ name: "an import of what is not published", caught: inner }, { name: "an answer that is read as another", caught: other }];
}

export interface ScaffoldFindings {
  readonly files: number;
  readonly compiles: boolean;
  readonly fails: boolean;
  readonly toDos: number;
  /** The list as a stranger sees it. */
  readonly list: readonly string[];
}

/** A fresh provider of `create:provider`: it compiles, and its contract test fails with a list of what is to do. */
export async function tryScaffold(workplace: Workplace, name = "beta-cards"): Promise<ScaffoldFindings> {
  const folder = join(workplace.folder, name);
  const created = await node(workplace.folder, [join(root, "scripts", "create-provider.mjs"), name, "--out", folder]);
  const words = await workplace.compile(name);
  const { output, code } = await node(folder, ["--test", "--test-reporter=tap", "dist/test/contract.test.js"]);
  const list = [...new Set(output.split("\n").flatMap((line) => /(\[ \] (?:src|test)\/[a-z-]+\.ts:\d+ .+)$/.exec(line)?.[1] ?? []))];
  return { files: Number.parseInt(created.output, 10) || 0, compiles: words === "", fails: code !== 0 && count(output, "fail") === 1, toDos: list.length, list };
}

function node(cwd: string, args: readonly string[]): Promise<{ readonly code: number; readonly output: string }> {
  const { NODE_TEST_CONTEXT: _context, ...env } = process.env;
  return new Promise((resolve) => {
    const child = execFile(process.execPath, args, { cwd, env, maxBuffer: 2 ** 28 }, (_error, stdout) => resolve({ code: child.exitCode ?? 1, output: stdout }));
  });
}

function count(output: string, word: string): number {
  return Number(new RegExp(`^# ${word} (\\d+)$`, "m").exec(output)?.[1] ?? Number.NaN);
}
