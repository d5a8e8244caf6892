import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";

const root = join(__dirname, "..", "..");
const ADAPTER = ["config", "decode", "definition", "encode", "failure", "index", "provider", "recipient", "webhook", "wire"].map((name) => `${name}.ts`);
const create = (from: string, ...args: readonly string[]) => spawnSync(process.execPath, [join(from, "scripts", "create-provider.mjs"), ...args], { encoding: "utf8" });

/** A copy of the repository with the parts that matter: the real one stays as it is. */
function copyOfRepository(): string {
  const folder = mkdtempSync(join(tmpdir(), "scaffold-"));
  for (const path of ["scripts/create-provider.mjs", "scripts/create-provider", "tsconfig.base.json", "packages/core/package.json", "packages/waha/tsconfig.cjs.json"]) cpSync(join(root, path), join(folder, path), { recursive: true });
  mkdirSync(join(folder, "examples"));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  return folder;
}

/** The compiler's words about everything in a folder of the copy, with our packages found by their sources. */
function compiled(copy: string, folder: string): string {
  const paths = { "@event-messaging/core": [`${root}/packages/core/src/index.ts`], "@event-messaging/core/*": [`${root}/packages/core/src/*/index.ts`], "@event-messaging/contract": [`${root}/packages/contract/src/index.ts`] };
  const options = { composite: false, declaration: false, rootDir: "/", paths };
  writeFileSync(join(copy, "tsconfig.try.json"), JSON.stringify({ extends: "./tsconfig.base.json", compilerOptions: options, include: [`${folder}/src`, `${folder}/test`] }));
  return spawnSync(process.execPath, [join(root, "node_modules", "typescript", "bin", "tsc"), "-p", join(copy, "tsconfig.try.json"), "--noEmit", "--pretty", "false"], { encoding: "utf8" }).stdout;
}

/** The contract test as it would run in the copy, on our packages' sources. */
function jestIn(copy: string, folder: string): { readonly status: number | null; readonly stderr: string } {
  const config = {
    rootDir: join(copy, folder), testEnvironment: "node", testMatch: ["**/test/**/*.test.ts"],
    transform: { "^.+\\.ts$": [join(root, "node_modules", "@swc", "jest"), { jsc: { target: "es2022", parser: { syntax: "typescript" } } }] },
    moduleNameMapper: { "^@event-messaging/([a-z]+)$": `${root}/packages/$1/src/index.ts`, "^@event-messaging/([a-z]+)/([a-z]+)$": `${root}/packages/$1/src/$2/index.ts`, "^(\\.{1,2}/.*)\\.js$": "$1" },
  };
  return spawnSync(process.execPath, [join(root, "node_modules", "jest", "bin", "jest.js"), "--config", JSON.stringify(config)], { encoding: "utf8", cwd: join(copy, folder) });
}

describe("create:provider", () => {
  let copy: string;

  beforeAll(() => {
    copy = copyOfRepository();
  });

  afterAll(() => rmSync(copy, { recursive: true }));

  it("writes the ten files of an adapter and its contract test, which compile, into packages", () => {
    expect(create(copy, "beta").status).toBe(0);
    expect(readdirSync(join(copy, "packages", "beta", "src")).sort()).toEqual(ADAPTER);
    expect(readdirSync(join(copy, "packages", "beta", "test")).sort()).toEqual(["beta-under-test.ts", "contract.test.ts", "to-do.ts"]);
    expect(readdirSync(join(copy, "packages", "beta")).sort()).toEqual(["package.json", "src", "test", "tsconfig.cjs.json", "tsconfig.json"]);
    expect(compiled(copy, "packages/beta")).toBe("");
  }, 60_000);

  it("leaves no placeholder behind, whatever the name", () => {
    expect(create(copy, "two-words-2", "--in", "examples").status).toBe(0);
    const folder = join(copy, "examples", "two-words-2-provider");
    const texts = readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [readFileSync(join(entry.parentPath, entry.name), "utf8")] : []));
    expect(texts.join("\n")).not.toMatch(/__[a-zA-Z]+__/);
    expect(texts.join("\n")).toContain("export const twoWords2 = defineProvider");
  });

  it("fails its contract test from the first minute, with the list of what is to do and nothing else", () => {
    create(copy, "gamma");
    const { status, stderr } = jestIn(copy, "packages/gamma");
    const list = [...new Set(stderr.match(/\[ \] (?:src|test)\/[a-z-]+\.ts:\d+ {2}.+/g))];
    expect({ status, failed: /Tests: +1 failed, 1 total/.test(stderr), list: list.length > 15, waiting: /\d{2,} cases of the contract apply/.test(stderr) }).toEqual({ status: 1, failed: true, list: true, waiting: true });
    expect(list[0]).toMatch(/^\[ \] src\/config\.ts:\d+ {2}what one account of gamma needs/);
  }, 60_000);

  it.each([
    [[], "give one name"],
    [["one", "two"], "give one name"],
    [["Acme"], '"Acme" cannot be a provider\'s name'],
    [["../evil"], "cannot be a provider's name"],
    [["acme-"], "cannot be a provider's name"],
    [["acme", "--in", "docs"], "--in is packages or examples"],
    [["acme", "--nonsense"], "--nonsense"],
    [["core"], "is there already"],
  ])("refuses %j in one sentence and writes nothing", (args, sentence) => {
    const before = readdirSync(join(copy, "packages")).sort();
    const { status, stderr } = create(copy, ...args);
    expect({ status, says: stderr.includes(sentence), lines: stderr.trim().split("\n").length }).toEqual({ status: 1, says: true, lines: 1 });
    expect(readdirSync(join(copy, "packages")).sort()).toEqual(before);
  });
});
