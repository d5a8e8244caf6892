import { readFile, writeFile } from "node:fs/promises";
import { CAPABILITIES, codesOf, supportOf, type Audience, type CapabilityCode, type ProviderDefinition } from "@event-messaging/core/driver";
import { memoryProvider, memoryVendor } from "@event-messaging/core/memory";
import { waha } from "@event-messaging/waha";
import { zapi } from "@event-messaging/zapi";
import { contractPage } from "./contract-page.js";
import { evidenceOf, type Evidence } from "./contract-evidence.js";
import { allOf, together } from "./contract-threads.js";

const AUDIENCES = ["direct", "group"] as const satisfies readonly Audience[];
const DEFINITIONS: readonly ProviderDefinition[] = [memoryProvider(memoryVendor()), waha, zapi];
const WORDS = { native: "yes", emulated: "by other means", absent: "no", unknown: "unknown" } as const;
const PAGES = new URL("../../docs/", import.meta.url);

/**
 * Writes `docs/capabilities.md` out of the definitions and of what the contract suite finds, and `docs/contract.md` out of
 * the suite itself. With `--check` it writes nothing and fails when a page is stale.
 */
const found = together((await allOf([
  { kind: "provider", vendor: "memory", every: 1, from: 0 },
  ...[0, 1].flatMap((from) => [{ kind: "provider", vendor: "waha", every: 2, from }, { kind: "provider", vendor: "zapi", every: 2, from }] as const),
], 3, (text) => void process.stderr.write(`${text}\n`))).flatMap((each) => each.provider ?? []));
const evidence = new Map(found.map(({ name, results }) => [name, evidenceOf(results)]));
const pages = { "capabilities.md": capabilitiesPage(), "contract.md": contractPage() };

const stale: string[] = [];
for (const [name, text] of Object.entries(pages)) {
  const file = new URL(name, PAGES);
  if (await readFile(file, "utf8").catch(() => "") === text) continue;
  stale.push(name);
  if (!process.argv.includes("--check")) await writeFile(file, text);
}
if (process.argv.includes("--check") && stale.length > 0) {
  process.stderr.write(`Stale: ${stale.map((name) => `docs/${name}`).join(", ")}. Write them anew with the same command without --check.\n`);
  process.exitCode = 1;
}

function capabilitiesPage(): string {
  const strangers = DEFINITIONS.flatMap(({ capabilities }) => codesOf(capabilities)).filter((code) => !CAPABILITIES.some((known) => known === code));
  const codes: readonly CapabilityCode[] = [...CAPABILITIES, ...new Set(strangers)];
  return [
    "<!-- Generated out of the definitions and the contract suite's results. Do not edit: run `node checks/dist/capabilities-page.js`. -->",
    "# What each provider can do",
    "",
    "After reading this page you know which vendor can carry your invitations, and what is missing where. A capability is declared for direct chats and for",
    "groups; what an account can do *now* may be less (its engine, version and options take away), and `supports()` and `plan()` tell. Below, **yes** is native, **by other",
    "means** is emulated, **unknown** is what nobody has proved and what counts as no until a policy names it.",
    "",
    "In brackets: in how many of the provider's tried configurations the contract suite saw it work, out of those that it tried. *Declared* is what no case tries by itself. The suite",
    "runs against simulated vendors that are written from the vendors' pages; what a live account does is the vendor's.",
    "",
    `| capability | ${DEFINITIONS.map(({ name }) => `${name}, direct | ${name}, group`).join(" | ")} |`,
    `|---|${DEFINITIONS.map(() => "---|---|").join("")}`,
    ...codes.map((code) => `| \`${code}\` | ${DEFINITIONS.flatMap((definition) => AUDIENCES.map((audience) => cell(definition, code, audience))).join(" | ")} |`),
    "",
    ...DEFINITIONS.flatMap((definition) => reasons(definition)),
  ].join("\n");
}

function cell({ name, capabilities }: ProviderDefinition, code: CapabilityCode, audience: Audience): string {
  const { support } = supportOf(capabilities, code, audience);
  if (support === "absent") return WORDS.absent;
  const seen: Evidence | undefined = evidence.get(name)?.get(`${code} ${audience}`);
  if (seen === undefined) return `${WORDS[support]}, declared`;
  if (seen.failed > 0) return `${WORDS[support]} (**failed in ${seen.failed}** of ${seen.configurations})`;
  return seen.passed === 0 ? `${WORDS[support]} (in none of ${seen.configurations})` : `${WORDS[support]} (${seen.passed} of ${seen.configurations})`;
}

/** Why, and what proves it, for every entry of the table that is not the same for all. */
function reasons({ name, capabilities }: ProviderDefinition): readonly string[] {
  const rows = codesOf(capabilities).flatMap((code) => {
    const [direct, group] = AUDIENCES.map((audience) => supportOf(capabilities, code, audience));
    if (direct === undefined || group === undefined) return [];
    const same = direct.support === group.support && direct.why === group.why;
    return same
      ? [`| \`${code}\` | ${WORDS[direct.support]} | ${flat(direct.why)} | ${flat(direct.source)} |`]
      : [`| \`${code}\`, direct | ${WORDS[direct.support]} | ${flat(direct.why)} | ${flat(direct.source)} |`, `| \`${code}\`, group | ${WORDS[group.support]} | ${flat(group.why)} | ${flat(group.source)} |`];
  });
  return [`## ${name}`, "", "| capability | | why | what proves it |", "|---|---|---|---|", ...rows, ""];
}

function flat(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}
