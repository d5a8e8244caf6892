/*
 * The import arrows of docs/architecture.md, as a check. A folder may import what stands to its left, and nothing else of
 * ours; no two files import one another, directly or through others; core and the container name no vendor; libraries stay in their folders. Exit 1 with one line for each breach.
 * `node scripts/check-imports.mjs [ROOT]`: another tree can be checked, which is how the check itself is tested.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";

/** Folders of core, left to right: each may import itself and those before it. */
const CORE = ["model", "capability", "error+plan", "schema", "driver", "http", "store", "accounts", "layers", "webhook", "messaging", "index"];
const rank = new Map(CORE.flatMap((names, index) => names.split("+").map((name) => [name, index])));
/** Leaves of core: what each may import of core. */
const LEAVES = { memory: ["driver"], testing: ["model", "capability", "error", "driver", "memory", "messaging", "store", "index"] };
/** Packages: what each may import of ours. */
const PACKAGES = {
  zapi: ["@event-messaging/core/driver"],
  waha: ["@event-messaging/core/driver"],
  container: ["@event-messaging/core"],
  contract: ["@event-messaging/core", "@event-messaging/core/driver", "@event-messaging/core/http", "@event-messaging/core/schema"],
  store: ["@event-messaging/core"],
  simulator: [],
};
/** Libraries: where each may be imported. */
const LIBRARIES = {
  axios: [/^packages\/core\/src\/http\//],
  undici: [/^packages\/core\/src\/http\//],
  ajv: [/^packages\/core\/src\/schema\//],
  inversify: [/^packages\/container\//, /^examples\//],
};
const VENDORS = /\b(?:z-?api|waha|gows)\b/i;

const root = process.argv[2] ?? new URL("..", import.meta.url).pathname;
const breaches = [];
/** What each file imports of its own package, tests apart. */
const graph = new Map();
let files = 0;
let imports = 0;

for (const area of ["packages"]) {
  for (const name of readdirSync(join(root, area))) walk(join(root, area, name, "src"));
}
for (const file of graph.keys()) circle(file, []);
for (const line of breaches) console.error(line);
console.log(`${files} files, ${imports} imports, ${breaches.length} breaches`);
process.exitCode = breaches.length > 0 || files === 0 ? 1 : 0;

function walk(folder) {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) walk(path);
    else if (entry.name.endsWith(".ts")) check(relative(root, path).split(sep).join("/"), readFileSync(path, "utf8"));
  }
}

function check(file, text) {
  files += 1;
  const isTest = /\.test\.ts$|\/test-|\/store-suite/.test(file);
  const [, name] = file.split("/");
  if (!isTest && (name === "core" || name === "container") && VENDORS.test(text)) breaches.push(`${file}: names a vendor (${VENDORS.exec(text)[0]})`);
  for (const [, specifier] of text.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)) {
    imports += 1;
    const library = Object.keys(LIBRARIES).find((known) => specifier === known || specifier.startsWith(`${known}/`));
    if (library && !isTest && !LIBRARIES[library].some((place) => place.test(file))) breaches.push(`${file}: imports ${library}, which belongs elsewhere`);
    if (isTest) continue;
    if (specifier.startsWith("@event-messaging/") && !(PACKAGES[name] ?? []).includes(specifier)) breaches.push(`${file}: imports ${specifier}`);
    if (specifier.startsWith(".")) local(file, name, specifier);
  }
}

function local(file, name, specifier) {
  const target = join(file, "..", specifier).split(sep).join("/");
  graph.set(file, [...(graph.get(file) ?? []), target.replace(/\.js$/, ".ts")]);
  if (!target.startsWith(`packages/${name}/src/`)) return void breaches.push(`${file}: imports ${specifier}, outside its package`);
  if (name === "simulator") {
    const [from, to] = [vendorOf(file), vendorOf(target)];
    if (from && to && from !== to) breaches.push(`${file}: imports the other vendor's simulator`);
  }
  if (name !== "core") return;
  const [from, to] = [folderOf(file), folderOf(target)];
  if (from === to || from === "index") return;
  if (from in LEAVES) {
    if (!LEAVES[from].includes(to)) breaches.push(`${file}: ${from} imports ${to}`);
  } else if (to in LEAVES || !(rank.get(to) <= rank.get(from))) breaches.push(`${file}: ${from} imports ${to}, which stands to its right`);
}

/** Each circle is told once; files that were followed to their end lie on none that is still to be told. */
function circle(file, path) {
  const at = path.indexOf(file);
  if (at >= 0) return void breaches.push(`${file}: imports itself through ${path.slice(at + 1).join(" -> ")}`);
  for (const target of graph.get(file) ?? []) circle(target, [...path, file]);
  graph.delete(file);
}

function folderOf(file) {
  const rest = file.slice("packages/core/src/".length);
  return rest.includes("/") ? rest.split("/")[0] : "index";
}

function vendorOf(file) {
  return /^packages\/simulator\/src\/(zapi|waha)\//.exec(file)?.[1];
}
