import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import type { Issue } from "../model/json.js";
import { FORMAT_WORDS, FORMATS } from "./formats.js";

let shared: Ajv2020 | undefined;

function ajv(): Ajv2020 {
  if (shared === undefined) {
    shared = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true, messages: true, ownProperties: true, verbose: true });
    for (const [name, test] of Object.entries(FORMATS)) shared.addFormat(name, test);
  }
  return shared;
}

/** Every problem of a value, by path; none means that it fits. */
export type Check = (value: unknown) => readonly Issue[];

/**
 * A check out of a JSON Schema 2020-12. Compiled at the first use, once. The messages name what would be right and never
 * quote the value, which may be a credential.
 */
export function compileCheck(schema: object): Check {
  let validate: ValidateFunction | undefined;
  return (value) => {
    validate ??= ajv().compile(schema);
    if (validate(value)) return [];
    const errors = validate.errors ?? [];
    return distinct(errors.filter(({ keyword }) => keyword !== "if" && keyword !== "propertyNames").map(toIssue));
  };
}

function toIssue(error: ErrorObject): Issue {
  const at = error.instancePath.split("/").slice(1).map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  const params: Readonly<Record<string, unknown>> = error.params;
  const inside = (name: unknown) => [...at, String(name).slice(0, 64)].join(".");
  switch (error.keyword) {
    case "additionalProperties": return { path: inside(params.additionalProperty), message: "is not a known field" };
    case "unevaluatedProperties": return { path: inside(params.unevaluatedProperty), message: "is not a known field" };
    case "required": return { path: inside(params.missingProperty), message: "is missing" };
    case "format": return { path: at.join("."), message: FORMAT_WORDS[String(params.format)] ?? `must be a ${String(params.format)}` };
    case "enum": return { path: at.join("."), message: `must be one of ${listed(params.allowedValues)}` };
    case "const": return { path: at.join("."), message: `must be ${listed([params.allowedValue])}` };
    case "type": return { path: at.join("."), message: `must be ${listed(params.type, "")}` };
    // A pattern's own words, where its schema has some: nobody reads a regular expression in an error.
    case "pattern": return { path: error.propertyName === undefined ? at.join(".") : inside(error.propertyName), message: describedIn(error.parentSchema) ?? "does not have the right form" };
    case "false schema": return { path: at.join("."), message: "is not allowed here" };
    default: return { path: at.join("."), message: error.message ?? "is not right" };
  }
}

function describedIn(schema: unknown): string | undefined {
  return typeof schema === "object" && schema !== null && "description" in schema && typeof schema.description === "string" ? schema.description : undefined;
}

function listed(values: unknown, quote = '"'): string {
  return (Array.isArray(values) ? values : [values]).map((value) => `${quote}${String(value)}${quote}`).join(" or ");
}

function distinct(issues: readonly Issue[]): readonly Issue[] {
  const seen = new Map(issues.map((issue) => [`${issue.path}\n${issue.message}`, issue]));
  return [...seen.values()];
}
