import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { compileBlocks } from "./docs/compile.js";
import { readExamples } from "./docs/examples.js";
import { readFences, readPages, type Problem } from "./docs/pages.js";
import { BAD_BLOCKS, BAD_LINES, BAD_PAGE, deafened, STALE, withStalePages } from "./docs/planted.js";
import { checkReferences } from "./docs/references.js";
import { problemOfRun } from "./docs/run-block.js";
import { runCheck } from "./report.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Blocks of the README that are run, too: each sends under this key and records one answer. */
const IS_RUN = /\bkey: "apt_123"/;
/** Too little found means that the check looks in the wrong place. */
const MINIMUM = { blocks: 12, ran: 2, examples: 6, links: 30, paths: 60, generated: 6 };

await runCheck("docs", async (run) => {
  const pages = readPages(root);
  const fences = pages.map(readFences);
  const blocks = fences.flatMap((page) => page.blocks);
  const toRun = blocks.flatMap(({ page, code }, index) => (page === "README.md" && IS_RUN.test(code) ? [index] : []));
  const { examples, skipped } = readExamples(root);
  const deaf = blocks.filter((_, index) => index === toRun[0]).map(({ page, code }) => ({ page, line: 1, code: deafened(code) }));
  const { compiled, ran, isDeafSeen } = compileBlocks(root, [...blocks, ...deaf, ...examples, ...BAD_BLOCKS], (folder, found) => ({
    compiled: found,
    ran: toRun.map((index) => ({ index, what: problemOfRun(folder, index) })),
    isDeafSeen: problemOfRun(folder, blocks.length) !== undefined,
  }));
  const references = checkReferences(root, pages);
  const fresh = generated([]);

  const problems: readonly Problem[] = [
    ...fences.flatMap((page) => page.problems),
    ...compiled.filter(({ page }) => !page.startsWith("planted")),
    ...ran.flatMap(({ index, what }) => (what === undefined ? [] : [{ page: blocks[index]?.page ?? "", line: blocks[index]?.line ?? 0, what }])),
    ...references.problems,
    ...fresh.problems.map((what) => ({ page: "generated parts", line: 0, what })),
  ];
  for (const { page, line, what } of problems) run.progress(`${page}:${line}: ${what}`);

  const missed = [
    ...BAD_BLOCKS.filter(({ page }) => !compiled.some((problem) => problem.page === page)).map(({ page }) => page),
    ...(isDeafSeen ? [] : ["planted: code that records no answer"]),
    ...missedLines(),
    ...withStalePages(root, pages, (folder) => {
      const { problems: seen } = generated([folder]);
      return STALE.filter(([page]) => !seen.some((problem) => problem.startsWith(`${page}: is stale`))).map(([page]) => `planted: a changed table in ${page}`);
    }),
  ];
  const figures = { pages: pages.length, blocks: blocks.length, ran: toRun.length, examples: examples.length, links: references.links, paths: references.paths, commands: references.commands, generated: fresh.parts };
  const isEnough = Object.entries(MINIMUM).every(([name, least]) => Number(Object.entries(figures).find(([figure]) => figure === name)?.[1]) >= least);
  const tried = BAD_BLOCKS.length + 1 + BAD_LINES + STALE.length;
  return { ok: problems.length === 0 && isEnough, ...figures, minimum: MINIMUM, examplesOfInternals: skipped, problems, planted: { tried, caught: tried - missed.length }, missed };
});

/** Every line of the bad page must be complained about, once. */
function missedLines(): readonly string[] {
  const seen = [...readFences(BAD_PAGE).problems, ...checkReferences(root, [...readPages(root), BAD_PAGE]).problems].filter(({ page }) => page === BAD_PAGE.path);
  return Array.from({ length: BAD_LINES }, (_, index) => index + 1).filter((line) => !seen.some((problem) => problem.line === line)).map((line) => `planted: line ${line} of a bad page`);
}

function generated(folder: readonly string[]): { readonly parts: number; readonly problems: readonly string[] } {
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(root, "scripts", "generate-docs.mjs"), "--check", ...folder], { encoding: "utf8" });
  const problems = stderr.split("\n").filter((line) => line !== "");
  return { parts: Number.parseInt(stdout, 10) || 0, problems: status === 0 || problems.length > 0 ? problems : ["the generator failed"] };
}
