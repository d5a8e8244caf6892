import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { readFences, type Page, type Problem } from "./pages.js";

export interface References {
  readonly links: number;
  readonly paths: number;
  readonly commands: number;
  readonly problems: readonly Problem[];
}

/** Pages about core name its files from here. */
const CORE = "packages/core/src";

/** Every relative link with its anchor, every file path in backticks and every npm script that a page names: does it exist? */
export function checkReferences(root: string, pages: readonly Page[]): References {
  const { scripts }: { readonly scripts: Readonly<Record<string, string>> } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const anchors = new Map(pages.map((page) => [page.path, headingsOf(page)]));
  const counts = { links: 0, paths: 0, commands: 0 };
  const problems = pages.flatMap((page) => readFences(page).prose.flatMap(({ line, text }) => {
    const found: string[] = [];
    for (const [, target = ""] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(target)) continue;
      counts.links += 1;
      const [file = "", anchor] = target.split("#");
      const path = file === "" ? page.path : normalize(join(dirname(page.path), file));
      if (!existsSync(join(root, path))) found.push(`a link to ${target}, which does not exist`);
      else if (anchor !== undefined && anchors.get(path)?.has(anchor) !== true) found.push(`a link to ${target}, which has no such heading`);
    }
    for (const [, quoted = ""] of text.matchAll(/`([^`]+)`/g)) {
      for (const [, script = ""] of quoted.matchAll(/npm run (?:-s )?([a-z:-]+)/g)) {
        counts.commands += 1;
        if (!Object.hasOwn(scripts, script)) found.push(`the command ${script}, which package.json does not have`);
      }
      if (!isPath(root, quoted)) continue;
      counts.paths += 1;
      if (![root, join(root, CORE), join(root, dirname(page.path))].some((from) => existsSync(join(from, quoted)))) found.push(`the path ${quoted}, which does not exist`);
    }
    return found.map((what) => ({ page: page.path, line, what }));
  }));
  return { ...counts, problems };
}

/** Does it look like a path of this repository: a file with a folder before it, or a folder that begins with one of ours? */
function isPath(root: string, quoted: string): boolean {
  if (!/^[A-Za-z0-9_.][A-Za-z0-9_./-]*$/.test(quoted) || !quoted.includes("/")) return false;
  const isFile = /\.(?:ts|md|mjs|cjs|json|yaml)$/.test(quoted);
  const isFolder = quoted.endsWith("/") && existsSync(join(root, quoted.split("/")[0] ?? ""));
  return isFile || isFolder;
}

/** As GitHub makes them: lower case, no punctuation, dashes for spaces. */
function headingsOf(page: Page): ReadonlySet<string> {
  return new Set(readFences(page).prose.flatMap(({ text }) => {
    const [, heading] = /^#{1,6} (.+)$/.exec(text) ?? [];
    return heading === undefined ? [] : [heading.toLowerCase().replaceAll(/[^\p{L}\p{N} _-]/gu, "").replaceAll(" ", "-")];
  }));
}
