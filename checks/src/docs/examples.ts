import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Block } from "./pages.js";

/** Where an example's names come from, the first that has it; and names of other libraries that examples use. */
const ENTRIES: readonly (readonly [module: string, file: string])[] = [
  ["@event-messaging/core", "packages/core/src/index.ts"],
  ["@event-messaging/core/testing", "packages/core/src/testing/index.ts"],
  ["@event-messaging/core/memory", "packages/core/src/memory/index.ts"],
  ["@event-messaging/core/driver", "packages/core/src/driver/index.ts"],
  ["@event-messaging/core/store", "packages/core/src/store/index.ts"],
  ["@event-messaging/container", "packages/container/src/index.ts"],
  ["@event-messaging/contract", "packages/contract/src/index.ts"],
  ["@event-messaging/zapi", "packages/zapi/src/index.ts"],
  ["@event-messaging/waha", "packages/waha/src/index.ts"],
];
const OTHERS: Readonly<Record<string, string>> = { inject: 'import { inject } from "inversify";', axios: 'import axios from "axios";' };

interface Name {
  readonly name: string;
  readonly module: string;
  readonly isType: boolean;
}

/** The `@example`s of everything that a package exports, with the imports that a reader would add. `skipped`: of what is not exported. */
export function readExamples(root: string): { readonly examples: readonly Block[]; readonly skipped: readonly string[] } {
  const names = exportedNames(root);
  const examples: Block[] = [];
  const skipped: string[] = [];
  for (const file of sourcesIn(root, "packages")) {
    const text = readFileSync(join(root, file), "utf8");
    for (const { index, 1: body = "", 2: exported } of text.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*@example(?:(?!\*\/)[\s\S])*)\*\/\s*(?:export (?:async )?(?:abstract )?(?:function|const|class|interface|type) (\w+))?/g)) {
      // A member's example belongs to the type around it.
      const subject = exported ?? [...text.slice(0, index).matchAll(/^(?:export )?(?:abstract )?(?:class|interface|type) (\w+)/gm)].at(-1)?.[1] ?? "";
      if (!names.some(({ name }) => name === subject)) {
        skipped.push(`${file}: ${subject}`);
        continue;
      }
      const [before = "", example = ""] = body.split("@example");
      const code = example.split(/\n\s*\* @/)[0]?.replaceAll(/^ *\* ?/gm, "").trim() ?? "";
      const line = text.slice(0, index).split("\n").length + before.split("\n").length;
      examples.push({ page: file, line, code: `${importsFor(code, names)}${code}` });
    }
  }
  return { examples, skipped };
}

/** All on one line, so that line numbers stay right. */
function importsFor(code: string, names: readonly Name[]): string {
  const isUsed = (name: string) => new RegExp(`(?<![\\w.])${name}\\b`).test(code);
  const isDeclared = (name: string) => new RegExp(`(?:const|let|class|function) (?:\\{[^}]*\\b)?${name}\\b`).test(code);
  const used = names.filter(({ name }, at) => isUsed(name) && !isDeclared(name) && names.findIndex((other) => other.name === name) === at);
  const ours = used.map(({ name, module, isType }) => `import ${isType ? "type " : ""}{ ${name} } from "${module}"; `);
  const theirs = Object.entries(OTHERS).flatMap(([name, line]) => (isUsed(name) ? [`${line} `] : []));
  return [...ours, ...theirs].join("");
}

function exportedNames(root: string): readonly Name[] {
  return ENTRIES.flatMap(([module, file]) => {
    const text = readFileSync(join(root, file), "utf8");
    return [...text.matchAll(/export (type )?\{([^}]*)\}/g)].flatMap(([, allTypes, list = ""]) => list.split(",").flatMap((part) => {
      const [, type, name] = /^\s*(type )?(\w+)\s*$/.exec(part) ?? [];
      return name === undefined ? [] : [{ name, module, isType: allTypes !== undefined || type !== undefined }];
    }));
  });
}

function sourcesIn(root: string, folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return ["node_modules", "dist", "test", "fixtures"].includes(entry.name) ? [] : sourcesIn(root, path);
    return entry.name.endsWith(".ts") && !entry.name.endsWith(".test.ts") ? [path] : [];
  });
}
