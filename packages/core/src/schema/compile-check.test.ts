import { inspect } from "node:util";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { isSecret, secret } from "../model/secret.js";
import { adoptSchema, changesSchema, handleSchema, invitationSchema } from "./call-schemas.js";
import { compileCheck } from "./compile-check.js";
import { hidesSecrets, unwrapSecrets, wrapSecrets } from "./wrap-secrets.js";

const schema = {
  type: "object",
  properties: {
    baseUrl: { type: "string", format: "http-url" },
    session: { type: "string", format: "path-segment" },
    apiKey: { type: "string", format: "secret" },
    keys: { type: "array", minItems: 1, maxItems: 2, items: { type: "string", format: "passphrase" } },
    nested: { type: "object", properties: { token: { type: "string", format: "secret-path-segment" } }, required: ["token"], additionalProperties: false },
    headers: { type: "object", additionalProperties: { type: "string", format: "secret" } },
    mode: { enum: ["a", "b"] },
    code: { type: "string", pattern: "^[a-z]+$", description: "must be lower case letters" },
    bare: { type: "string", pattern: "^[a-z]+$" },
    size: { type: "integer", minimum: 1, maximum: 9 },
  },
  required: ["baseUrl", "apiKey"],
  additionalProperties: false,
} as const;
const check = compileCheck(schema);

describe("checking against a schema", () => {
  it("has nothing to say of a value that fits", () => {
    expect(check({ baseUrl: "http://localhost:3000", apiKey: "k", keys: ["a b"], nested: { token: "t" } })).toEqual([]);
  });

  it("tells every problem at once, by path, in words", () => {
    expect(check({ baseUrl: "nope", session: "..", keys: ["\n"], nested: { tokn: "x" }, mode: "c", code: "A", bare: "B", size: 10, url: 1, "a.b": 2 })).toEqual(expect.arrayContaining([
      { path: "apiKey", message: "is missing" },
      { path: "url", message: "is not a known field" },
      { path: "a.b", message: "is not a known field" },
      { path: "baseUrl", message: "must be an absolute http or https URL without user name, password, query or fragment" },
      { path: "session", message: 'must be 1 to 64 letters, digits, "_" or "-"' },
      { path: "keys.0", message: "must be 1 to 512 characters without control characters" },
      { path: "nested.token", message: "is missing" },
      { path: "nested.tokn", message: "is not a known field" },
      { path: "mode", message: 'must be one of "a" or "b"' },
      { path: "code", message: "must be lower case letters" },
      { path: "bare", message: "does not have the right form" },
      { path: "size", message: "must be <= 9" },
    ]));
  });

  it.each([undefined, null, 1, "text", [], true])("refuses %p in place of an object", (value) => {
    expect(check(value)).toEqual([{ path: "", message: "must be object" }]);
  });

  it("knows prototype names as the unknown fields that they are, and takes none from a prototype", () => {
    const named: unknown = JSON.parse('{"baseUrl":"http://h","apiKey":"k","__proto__":{"session":".."},"constructor":1,"toString":2}');
    expect(check(named).map(({ path }) => path).sort()).toEqual(["__proto__", "constructor", "toString"]);
    expect(check(Object.create({ baseUrl: "http://h", apiKey: "k" })).map(({ path }) => path).sort()).toEqual(["apiKey", "baseUrl"]);
  });

  it("never quotes a value: it may be a credential", () => {
    const canary = "s3cr3t canary/..\n";
    fc.assert(fc.property(fc.constantFrom("baseUrl", "session", "apiKey", "mode", "code", "bare", "size", "nested", "keys", "headers"), fc.constantFrom<unknown>(canary, [canary], { token: canary }, { token: [canary] }), (name, value) => {
      const issues = check({ baseUrl: canary, apiKey: canary, [name]: value });
      expect(issues.length).toBeGreaterThan(0);
      expect(JSON.stringify(issues)).not.toContain("canary");
    }));
  });

  it("names an unknown field at most by 64 characters", () => {
    expect(check({ baseUrl: "http://h", apiKey: "k", ["x".repeat(500)]: 1 })[0]?.path).toHaveLength(64);
  });

  it.each([["invitation", invitationSchema], ["changes", changesSchema], ["handle", handleSchema], ["adoption", adoptSchema]])("compiles the exported schema of an %s, which is plain JSON", (_, exported) => {
    expect(compileCheck(exported)({ unknown: 1 })).toContainEqual({ path: "unknown", message: "is not a known field" });
    expect(JSON.parse(JSON.stringify(exported))).toEqual(exported);
  });
});

describe("wrapping secrets", () => {
  const config = { baseUrl: "http://h", apiKey: "canary-1", keys: ["canary-2", "canary-3"], nested: { token: "canary-4" }, headers: { "x-key": "canary-5", constructor: "canary-6" } };

  it("wraps every string that the schema marks, in lists and dictionaries too", () => {
    const wrapped = wrapSecrets(schema, config);
    expect(inspect(wrapped, { depth: null, showHidden: true }) + JSON.stringify(wrapped)).not.toContain("canary");
    expect(wrapped).toMatchObject({ baseUrl: "http://h", nested: {} });
    expect(unwrapSecrets(wrapped)).toEqual(config);
  });

  it("takes a configuration whose secrets the caller wrapped", () => {
    const mixed = { ...config, apiKey: secret("canary-1"), keys: [secret("canary-2"), "canary-3"] };
    expect(check(unwrapSecrets(mixed))).toEqual([]);
    expect(unwrapSecrets(mixed)).toEqual(config);
    const wrapped = wrapSecrets(schema, unwrapSecrets(mixed));
    expect(typeof wrapped === "object" && wrapped !== null && "apiKey" in wrapped && isSecret(wrapped.apiKey)).toBe(true);
  });

  it("tells a schema that marks a credential where nobody looks", () => {
    const key = { type: "string", format: "secret" } as const;
    expect(hidesSecrets(schema)).toBe(false);
    expect(hidesSecrets({ type: "object", properties: { a: { anyOf: [key, { type: "null" }] } } })).toBe(true);
    expect(hidesSecrets({ $defs: { key }, type: "object", properties: { a: { $ref: "#/$defs/key" } } })).toBe(true);
    expect(hidesSecrets({ type: "object", patternProperties: { "^x": key } })).toBe(true);
    expect(hidesSecrets({ type: "object", properties: { list: { type: "array", items: { oneOf: [key] } } } })).toBe(true);
  });
});
