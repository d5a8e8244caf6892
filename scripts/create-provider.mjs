/*
 * `pnpm create:provider NAME`: writes the files of a new provider, which compile at once and whose contract test fails with a
 * list of what is to do.
 *   pnpm create:provider acme                       packages/acme, in this repository
 *   pnpm create:provider acme --in examples         examples/acme-provider, in this repository
 *   pnpm create:provider acme --out ../acme         anywhere else, as a package of its own
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const templates = fileURLToPath(new URL("create-provider", import.meta.url));
const ADAPTER = ["config", "wire", "recipient", "encode", "decode", "failure", "webhook", "provider", "definition", "index"];

const { name, place, folder } = readArguments();
const camel = name.replaceAll(/-+(.)?/g, (_, letter = "") => letter.toUpperCase());
const words = {
  name, camel, Pascal: `${camel.charAt(0).toUpperCase()}${camel.slice(1)}`,
  runner: place === "outside" ? 'import { describe, it } from "node:test";' : 'import { describe, it, jest } from "@jest/globals";',
  setting: place === "outside" ? "" : "\njest.setTimeout(30_000);\n",
};

const files = {
  ...Object.fromEntries(ADAPTER.map((file) => [`src/${file}.ts`, filled(`src/${file}.ts.txt`)])),
  [`test/${name}-under-test.ts`]: filled("test/under-test.ts.txt"),
  "test/to-do.ts": filled("test/to-do.ts.txt"),
  "test/contract.test.ts": filled("test/contract.test.ts.txt"),
  "package.json": json(manifest()),
  ...configurations(),
};
for (const [file, text] of Object.entries(files)) {
  mkdirSync(join(folder, file, ".."), { recursive: true });
  writeFileSync(join(folder, file), text);
}
const here = relative(process.cwd(), folder) || ".";
console.log([`${Object.keys(files).length} files are in ${here}. They compile; the contract test fails and says what is to do.`, "", ...nextSteps().map((step, index) => `${index + 1}. ${step}`), "", "The way from here to green: docs/add-a-provider.md"].join("\n"));

function readArguments() {
  let parsed;
  try {
    const args = process.argv.slice(2).filter((arg, index) => !(index === 0 && arg === "--"));
    parsed = parseArgs({ args, allowPositionals: true, options: { out: { type: "string" }, in: { type: "string" } } });
  } catch (error) {
    return fail(error.message);
  }
  const { positionals: [given, ...more], values: { out, in: area = "packages" } } = parsed;
  if (given === undefined || more.length > 0) return fail("give one name: pnpm create:provider NAME [--in examples | --out FOLDER]");
  if (!/^[a-z][a-z0-9-]{0,31}$/.test(given) || given.endsWith("-")) return fail(`"${given}" cannot be a provider's name: lower case letters, digits and "-", a letter first`);
  if (area !== "packages" && area !== "examples") return fail("--in is packages or examples");
  const target = out === undefined ? join(root, area, area === "packages" ? given : `${given}-provider`) : resolve(out);
  if (existsSync(target) && readdirSync(target).length > 0) return fail(`${target} is there already, and not empty: nothing was written`);
  return { name: given, place: out === undefined ? area : "outside", folder: target };
}

function fail(problem) {
  console.error(problem);
  process.exit(1);
}

function filled(template) {
  return readFileSync(join(templates, template), "utf8").replaceAll(/__(name|camel|Pascal|runner|setting)__/g, (_, word) => words[word]);
}

function json(value) {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function manifest() {
  const { version } = JSON.parse(readFileSync(join(root, "packages", "core", "package.json"), "utf8"));
  const common = { version: "0.1.0", description: `The ${name} adapter of event-messaging`, license: "MIT", type: "module", engines: { node: ">=20.19" }, sideEffects: false };
  const entry = (format) => ({ types: `./dist/${format}/index.d.ts`, default: `./dist/${format}/index.js` });
  if (place === "packages") {
    return {
      name: `@event-messaging/${name}`, ...common, files: ["dist", "!dist/**/.tsbuildinfo"], exports: { ".": { import: entry("esm"), require: entry("cjs") } },
      peerDependencies: { "@event-messaging/core": "workspace:^" }, devDependencies: { "@event-messaging/contract": "workspace:*", "@event-messaging/core": "workspace:*" },
    };
  }
  const exports = { ".": { types: "./dist/src/index.d.ts", default: "./dist/src/index.js" } };
  if (place === "examples") {
    return { name: `${name}-provider`, private: true, ...common, exports, peerDependencies: { "@event-messaging/core": "workspace:^" }, devDependencies: { "@event-messaging/contract": "workspace:*", "@event-messaging/core": "workspace:*" } };
  }
  return {
    name: `event-messaging-${name}`, ...common, files: ["dist/src"], exports,
    scripts: { build: "tsc -p .", test: "tsc -p . && node --test dist/test/contract.test.js" },
    peerDependencies: { "@event-messaging/core": `^${version}` },
    devDependencies: { "@event-messaging/contract": `^${version}`, "@event-messaging/core": `^${version}`, "@types/node": "^20.19.0", typescript: ">=5.9" },
  };
}

function configurations() {
  const references = [{ path: "../../packages/core" }, { path: "../../packages/contract" }];
  const base = JSON.parse(readFileSync(join(root, "tsconfig.base.json"), "utf8")).compilerOptions;
  const { composite: _composite, ...strict } = base;
  const all = { rootDir: ".", outDir: "dist" };
  switch (place) {
    case "outside": return { "tsconfig.json": json({ compilerOptions: { ...strict, ...all }, include: ["src", "test"] }), ".gitignore": "node_modules/\ndist/\n" };
    case "examples": return { "tsconfig.json": json({ extends: "../../tsconfig.base.json", compilerOptions: { ...all, tsBuildInfoFile: "dist/.tsbuildinfo" }, include: ["src", "test"], exclude: ["**/*.test.ts"], references }) };
    default: {
      const sources = { include: ["src"], exclude: ["src/**/*.test.ts"] };
      const cjs = readFileSync(join(root, "packages", "waha", "tsconfig.cjs.json"), "utf8");
      return { "tsconfig.json": json({ extends: "../../tsconfig.base.json", compilerOptions: { rootDir: "src", outDir: "dist/esm", tsBuildInfoFile: "dist/esm/.tsbuildinfo" }, ...sources, references: references.slice(0, 1) }), "tsconfig.cjs.json": cjs };
    }
  }
}

function nextSteps() {
  if (place === "outside") return [`cd ${here} && npm install`, "npm test"];
  const area = relative(root, folder).replaceAll("\\", "/");
  return [
    "npx pnpm@10.34.9 install, so that the new package is linked",
    `add { "path": "${area}" } to the references of tsconfig.json${place === "packages" ? `, { "path": "${area}/tsconfig.cjs.json" } to those of tsconfig.cjs.json, and ${name}: ["@event-messaging/core/driver"] to PACKAGES in scripts/check-imports.mjs` : ""}`,
    `npx jest ${area}`,
  ];
}
