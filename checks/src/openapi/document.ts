import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { paramsOf, type WireRequest } from "./wire-request.js";

type Json = Readonly<Record<string, unknown>>;

/** A copy of a vendor's whole OpenAPI document, as a judge of requests. */
export interface OpenapiDocument {
  readonly version: string;
  readonly paths: number;
  breachesOf(request: WireRequest): readonly string[];
}

/**
 * Reads an OpenAPI 3.1 document of WAHA. Two typings are patched, and objects that list their properties are closed, so that
 * a name that the document does not know is a breach.
 */
export function readDocument(given: unknown): OpenapiDocument {
  const document = closeObjects(patched(given));
  const paths = object(at(document, "paths"));
  const ajv = new Ajv2020({ allErrors: true, strict: false, validateFormats: false });
  ajv.addSchema({ $id: "https://openapi.invalid/document", components: at(document, "components") });
  const compiled = new Map<string, ValidateFunction>();
  const compile = (name: string, schema: unknown): ValidateFunction => {
    const known = compiled.get(name);
    if (known) return known;
    const validate = ajv.compile(rebased(schema));
    compiled.set(name, validate);
    return validate;
  };
  return {
    version: String(at(document, "info", "version")),
    paths: Object.keys(paths).length,
    breachesOf(request) {
      const operations = Object.entries(paths).flatMap(([path, methods]) => {
        const params = paramsOf(path, request.path);
        const operation = at(methods, request.method.toLowerCase());
        return params === undefined || operation === undefined ? [] : [{ path, params, operation }];
      }).sort((a, b) => Object.keys(a.params).length - Object.keys(b.params).length);
      const [found] = operations;
      if (found === undefined) return ["the document has no such request"];
      const name = `${request.method} ${found.path}`;
      return [...parameterBreaches(name, found.operation, found.params, request, compile), ...bodyBreaches(name, found.operation, request, compile)];
    },
  };
}

type Compile = (name: string, schema: unknown) => ValidateFunction;

function parameterBreaches(name: string, operation: unknown, params: Json, { query }: WireRequest, compile: Compile): readonly string[] {
  const declared = list(at(operation, "parameters"));
  const known = new Set(declared.filter((each) => at(each, "in") === "query").map((each) => String(at(each, "name"))));
  return [
    ...Object.keys(query).filter((key) => !known.has(key)).map((key) => `query ${key}: unknown`),
    ...declared.flatMap((each) => {
      const key = String(at(each, "name"));
      const place = String(at(each, "in"));
      const value = place === "query" ? query[key] : params[key];
      if (value === undefined) return at(each, "required") === true && place !== "header" ? [`${place} ${key}: missing`] : [];
      const schema = at(each, "schema");
      const typed = asTyped(value, at(schema, "type"));
      return compile(`${name} ${place} ${key}`, schema)(typed) ? [] : [`${place} ${key}: does not fit`];
    }),
  ];
}

function bodyBreaches(name: string, operation: unknown, { body }: WireRequest, compile: Compile): readonly string[] {
  const schema = at(operation, "requestBody", "content", "application/json", "schema");
  if (schema === undefined) return body === undefined ? [] : ["body: the document knows none"];
  const validate = compile(`${name} body`, schema);
  if (validate(body)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `body${instancePath}: ${message ?? "is wrong"}`);
}

/** A query is text; the document gives it types. */
function asTyped(value: unknown, type: unknown): unknown {
  if (type === "number" && typeof value === "string" && /^-?\d+(?:\.\d+)?$/.test(value)) return Number(value);
  if (type === "boolean") return value === "true" ? true : value === "false" ? false : value;
  return type === "array" ? [value] : value;
}

/** `events` of a webhook and `multipleAnswers` are typed as objects there; examples and server say otherwise. */
function patched(given: unknown): unknown {
  const copy: unknown = structuredClone(given);
  set(copy, ["components", "schemas", "WebhookConfig", "properties", "events", "items"], { type: "string" });
  set(copy, ["components", "schemas", "MessagePoll", "properties", "multipleAnswers"], { type: "boolean" });
  return copy;
}

function set(target: unknown, path: readonly string[], value: unknown): void {
  const parent = at(target, ...path.slice(0, -1));
  const last = path.at(-1) ?? "";
  if (typeof parent !== "object" || parent === null || !Object.hasOwn(parent, last)) throw new TypeError(`the document has no ${path.join(".")}: is it WAHA's?`);
  Object.assign(parent, { [last]: value });
}

function closeObjects(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closeObjects);
  if (typeof value !== "object" || value === null) return value;
  const inside = Object.fromEntries(Object.entries(value).map(([key, each]) => [key, closeObjects(each)]));
  // `nullable` is a word of OpenAPI 3.0; ajv would ask for more than the document says.
  delete inside.nullable;
  const { example, ...schema } = inside;
  // A property whose documented example is null may be null: sessions show their settings so.
  if (example === null) return { anyOf: [schema, { type: "null" }] };
  const isSchema = inside.type === "object" && typeof inside.properties === "object" && !Object.hasOwn(inside, "additionalProperties");
  return isSchema ? { ...inside, additionalProperties: false } : inside;
}

function rebased(schema: unknown): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"https://openapi.invalid/document#/components/'));
}

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (typeof inner === "object" && inner !== null && Object.hasOwn(inner, key) ? Object.entries(inner).find(([name]) => name === key)?.[1] : undefined), value);
}

function object(value: unknown): Json {
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
