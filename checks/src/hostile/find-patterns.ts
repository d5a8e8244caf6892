import { parseSync } from "@swc/core";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A regular expression of the sources, or a place where one is made of something that cannot be read off. */
export interface Pattern {
  readonly file: string;
  readonly source: string;
  readonly flags: string;
  /** `RegExp(…)` with more than a literal: nothing can vouch for it. */
  readonly dynamic: boolean;
}

/** Every pattern of the packages' sources: literals, `RegExp(…)`, and `pattern` of JSON Schemas. Tests do not count. */
export function findPatterns(root: string): { readonly patterns: readonly Pattern[]; readonly files: number } {
  const files = readdirSync(join(root, "packages")).flatMap((name) => sources(join(root, "packages", name, "src"), `packages/${name}/src`));
  return { patterns: files.flatMap((file) => patternsIn(readFileSync(join(root, file), "utf8"), file)), files: files.length };
}

export function patternsIn(text: string, file: string): readonly Pattern[] {
  const found: Pattern[] = [];
  visit(parseSync(text, { syntax: "typescript", target: "es2022" }), (node) => {
    if (node.type === "RegExpLiteral") found.push({ file, source: String(node.pattern), flags: String(node.flags), dynamic: false });
    if ((node.type === "NewExpression" || node.type === "CallExpression") && isNamed(node.callee, "RegExp")) found.push(fromCall(node.arguments, file));
    if (node.type === "KeyValueProperty" && isNamed(node.key, "pattern") && isNode(node.value) && node.value.type === "StringLiteral") found.push({ file, source: cooked(String(node.value.value)), flags: "u", dynamic: false });
  });
  return found;
}

type Node = Readonly<Record<string, unknown>> & { readonly type: string };

function visit(value: unknown, see: (node: Node) => void): void {
  if (Array.isArray(value)) for (const item of value) visit(item, see);
  else if (typeof value === "object" && value !== null) {
    if (isNode(value)) see(value);
    for (const item of Object.values(value)) visit(item, see);
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

function isNamed(value: unknown, name: string): boolean {
  return isNode(value) && value.type === "Identifier" && value.value === name;
}

function fromCall(args: unknown, file: string): Pattern {
  const [first, second] = (Array.isArray(args) ? args : []).map((each: unknown): unknown => (typeof each === "object" && each !== null && "expression" in each ? each.expression : each));
  const text = (value: unknown) => (isNode(value) && value.type === "StringLiteral" ? String(value.value) : undefined);
  const source = text(first);
  return { file, source: source ?? "", flags: text(second) ?? "", dynamic: source === undefined || (second !== undefined && text(second) === undefined) };
}

function sources(folder: string, name: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return sources(join(folder, entry.name), `${name}/${entry.name}`);
    return entry.name.endsWith(".ts") && !entry.name.endsWith(".test.ts") ? [`${name}/${entry.name}`] : [];
  });
}

/** The parser writes a backslash before `u` twice, to tell it from a lone surrogate. */
function cooked(text: string): string {
  return text.replaceAll("\\\\u", "\\u");
}
