import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** One Markdown page, by its path from the root of the repository. */
export interface Page {
  readonly path: string;
  readonly text: string;
}

/** A piece of TypeScript out of a page or a docstring, and where it begins. */
export interface Block {
  readonly page: string;
  /** Of the first line of code, from 1. */
  readonly line: number;
  readonly code: string;
}

/** Something that is wrong with a page. */
export interface Problem {
  readonly page: string;
  readonly line: number;
  readonly what: string;
}

const TOP = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "examples/README.md"];
/** Fences that are not TypeScript. Any other info string would slip past the compiler. */
const OTHER_FENCES: ReadonlySet<string> = new Set(["sh", "json", "text", "http"]);

/** README and its neighbours, everything in docs, and the README of each package and example. */
export function readPages(root: string): readonly Page[] {
  const readmes = ["packages", "examples"].flatMap((folder) => readdirSync(join(root, folder)).map((name) => `${folder}/${name}/README.md`));
  return [...TOP, ...markdownIn(root, "docs"), ...readmes.filter((path) => existsSync(join(root, path)))].map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
}

function markdownIn(root: string, folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return markdownIn(root, `${folder}/${entry.name}`);
    return entry.name.endsWith(".md") ? [`${folder}/${entry.name}`] : [];
  });
}

/** The TypeScript blocks of a page, the lines that are prose, and fences of a kind that nobody checks. */
export function readFences({ path, text }: Page): { readonly blocks: readonly Block[]; readonly prose: readonly { readonly line: number; readonly text: string }[]; readonly problems: readonly Problem[] } {
  const blocks: Block[] = [];
  const prose: { line: number; text: string }[] = [];
  const problems: Problem[] = [];
  let open: { readonly info: string; readonly line: number; readonly lines: string[] } | undefined;
  for (const [index, line] of text.split("\n").entries()) {
    const fence = /^\s*```(.*)$/.exec(line);
    if (open === undefined && fence) {
      open = { info: (fence[1] ?? "").trim(), line: index + 2, lines: [] };
      if (open.info !== "ts" && !OTHER_FENCES.has(open.info)) problems.push({ page: path, line: index + 1, what: `a code block of kind "${open.info}": use ts, ${[...OTHER_FENCES].join(", ")}` });
    } else if (open !== undefined && fence) {
      if (open.info === "ts") blocks.push({ page: path, line: open.line, code: open.lines.join("\n") });
      open = undefined;
    } else if (open !== undefined) open.lines.push(line);
    else prose.push({ line: index + 1, text: line });
  }
  if (open !== undefined) problems.push({ page: path, line: open.line - 1, what: "a code block that is never closed" });
  return { blocks, prose, problems };
}
