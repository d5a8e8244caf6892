import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { GIVEN } from "./given.js";
import type { Block, Problem } from "./pages.js";

/** Server frameworks, and which example has them installed. */
const FRAMEWORKS = [["express", "express"], ["express", "@types/express"], ["fastify", "fastify"], ["hono", "hono"], ["nestjs", "@nestjs"]] as const;

/** The settings of a strict application of today. Packages are found as an application finds them: by their exports. */
const TSCONFIG = {
  extends: "../../../tsconfig.base.json",
  compilerOptions: { composite: false, declaration: false, incremental: false, experimentalDecorators: true },
  include: ["*.ts"],
};

/**
 * Compiles every block as a module of its own, all in one run of the compiler. One problem for each error. `use` gets the
 * folder with `block-<index>.js`, which is there as long as the call lasts.
 */
export function compileBlocks<T>(root: string, blocks: readonly Block[], use: (folder: string, problems: readonly Problem[]) => T): T {
  const folder = mkdtempSync(join(root, "checks", "dist", "docs-blocks-"));
  try {
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(TSCONFIG));
    writeFileSync(join(folder, "given.ts"), GIVEN);
    mkdirSync(join(folder, "node_modules", "@types"), { recursive: true });
    for (const [example, name] of FRAMEWORKS) symlinkSync(join(root, "examples", example, "node_modules", name), join(folder, "node_modules", name));
    for (const [index, { code }] of blocks.entries()) writeFileSync(join(folder, `block-${index}.ts`), `${code}\nexport {};\n`);
    const { stdout, stderr, status } = spawnSync(process.execPath, [join(root, "node_modules", "typescript", "bin", "tsc"), "-p", folder, "--pretty", "false"], { encoding: "utf8", cwd: folder });
    const problems = stdout.split("\n").flatMap((line) => problemOf(line, blocks));
    if (status !== 0 && problems.length === 0) throw new Error(`the compiler failed: ${stdout}${stderr}`);
    return use(folder, problems);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function problemOf(line: string, blocks: readonly Block[]): readonly Problem[] {
  const [, file, at, what = ""] = /^(?:.*\/)?block-(\d+)\.ts\((\d+),\d+\): error (.*)$/.exec(line) ?? [];
  if (file === undefined) {
    if (/\berror TS/.test(line)) throw new Error(`the compiler failed: ${line}`);
    return [];
  }
  const block = blocks[Number(file)];
  return block === undefined ? [] : [{ page: block.page, line: block.line + Number(at) - 1, what }];
}
