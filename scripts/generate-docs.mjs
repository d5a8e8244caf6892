/*
 * Writes the generated parts of README and docs: what stands between `<!-- generated: NAME -->` and `<!-- /generated -->`.
 *   node scripts/generate-docs.mjs                      writes
 *   node scripts/generate-docs.mjs --check [PAGES]      exit 1, naming each page that is stale; PAGES: another folder with pages
 * Needs the build (`npm run build`), because the tables come from the compiled definitions.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { capabilityTable } from "./docs/capability-table.mjs";
import { errorTable } from "./docs/error-guide.mjs";
import { exchangeTable, wahaTable, zapiLateTable, zapiTable } from "./docs/outcome-tables.mjs";
import { wahaRowTable, zapiRowTable } from "./docs/simulator-rows.mjs";
import { wahaSwitchTable, zapiSwitchTable } from "./docs/simulator-switches.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const isCheck = process.argv[2] === "--check";
const pages = (isCheck && process.argv[3]) || root;

const parts = {
  "capabilities": await capabilityTable(),
  "errors": errorTable(root),
  "outcomes-zapi": zapiTable(root),
  "outcomes-zapi-late": zapiLateTable(),
  "outcomes-waha": wahaTable(root),
  "outcomes-exchange": exchangeTable(root),
  "simulator-waha-switches": wahaSwitchTable(root),
  "simulator-zapi-switches": zapiSwitchTable(root),
  "simulator-waha-rows": wahaRowTable(root),
  "simulator-zapi-rows": zapiRowTable(root),
};

const PART = /(<!-- generated: ([a-z-]+) -->\n)([\s\S]*?)(\n?<!-- \/generated -->)/g;
const used = new Set();
const problems = [];
let stale = 0;
for (const page of ["README.md", ...markdownIn("docs")]) {
  const text = readFileSync(join(pages, page), "utf8");
  const fresh = text.replaceAll(PART, (whole, begin, name) => {
    if (parts[name] === undefined) problems.push(`${page}: there is no part "${name}"`);
    used.add(name);
    return parts[name] === undefined ? whole : `${begin}${parts[name]}\n<!-- /generated -->`;
  });
  if (fresh === text) continue;
  stale += 1;
  if (isCheck) problems.push(`${page}: is stale; run node scripts/generate-docs.mjs`);
  else writeFileSync(join(pages, page), fresh);
}
for (const name of Object.keys(parts)) if (!used.has(name)) problems.push(`no page shows the part "${name}"`);
for (const problem of problems) console.error(problem);
console.log(`${used.size} generated parts, ${stale} ${isCheck ? "stale" : "pages written"}`);
process.exitCode = problems.length > 0 ? 1 : 0;

function markdownIn(folder) {
  return readdirSync(join(pages, folder), { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return markdownIn(`${folder}/${entry.name}`);
    return entry.name.endsWith(".md") && entry.name !== "capabilities.md" ? [`${folder}/${entry.name}`] : [];
  });
}
