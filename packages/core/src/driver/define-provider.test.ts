import { inspect } from "node:util";
import { describe, expect, it } from "@jest/globals";
import { OPERATIONS, type OperationName } from "../capability/gates.js";
import type { CapabilityTable } from "../capability/table.js";
import { isMessagingError } from "../error/messaging-error.js";
import { accountId } from "../model/ids.js";
import { isSecret, reveal, secret } from "../model/secret.js";
import { instant } from "../model/time.js";
import { defineProvider } from "./define-provider.js";
import type { EventMessagingProvider, ProviderDefinition, ProviderRuntime } from "./provider.js";

const runtime: ProviderRuntime = { account: accountId("acc-1"), http: { request: () => Promise.reject(new Error("no HTTP here")), close: async () => {} }, now: () => instant("2026-11-01T00:00:00Z"), learned: {} };
const native = { support: "native", why: "It does.", source: "test" } as const;
const absent = { support: "absent", why: "It does not.", source: "test" } as const;
const unknown = { support: "unknown", why: "Nobody tried.", source: "test" } as const;
const rest = { webhook: { authenticate: () => ({ ok: false, reason: "none" }) as const, parse: () => ({ kind: "ignored", reason: "none" }) as const }, probe: () => Promise.reject(new Error("no probe here")), close: async () => {} };
const accepted = () => Promise.reject(new Error("not called"));
const schema = {
  type: "object",
  properties: { apiKey: { type: "string", format: "secret" }, keys: { type: "array", items: { type: "string", format: "secret" } }, baseUrl: { type: "string", format: "http-url" } },
  required: ["apiKey", "baseUrl"], additionalProperties: false,
} as const;
const config = { apiKey: "canary-1", baseUrl: "http://localhost:3000" };

/** As plain JavaScript would call it: the compiler's checks are in define-provider.types.test.ts. */
const define = (given: { readonly name?: string; readonly capabilities?: unknown; readonly configSchema?: object; readonly open?: (config: never, runtime: ProviderRuntime) => unknown }): ProviderDefinition => {
  const untyped: (spec: unknown) => ProviderDefinition = Object(defineProvider);
  return untyped({ name: "acme", capabilities: {}, configSchema: schema, recipientFromVendor: () => undefined, open: () => rest, ...given });
};

describe("defining a provider", () => {
  it.each(["", "Acme", "acme corp", "-acme", "1acme", "acme.", "a".repeat(33), "acme\n"])("refuses the name %j at once", (name) => {
    expect(() => define({ name })).toThrow(/lower case/);
  });
  it.each<[string, unknown]>([
    ["a misspelt code", { "invitation.sent": native }], ["a code in upper case", { "x-acme.Thing": native }], ["an entry without a reason", { "rsvp.receive": { support: "native", source: "s" } }],
    ["an entry without a source", { "rsvp.receive": { ...native, source: "" } }], ["a support that is none", { "rsvp.receive": { ...native, support: "yes" } }],
    ["an entry for one audience only", { "rsvp.receive": { group: native } }], ["a boolean", { "rsvp.receive": true }],
  ])("refuses %s at once", (_, capabilities) => {
    expect(() => define({ capabilities })).toThrow(TypeError);
  });
  it("refuses a schema that marks a credential where it would arrive plain", () => {
    expect(() => define({ configSchema: { type: "object", properties: { key: { anyOf: [{ type: "string", format: "secret" }, { type: "null" }] } } } })).toThrow(/credential/);
  });
});

describe("opening an account", () => {
  it("hands credentials over wrapped, in lists too, whether the caller wrapped them or not", () => {
    const seen: unknown[] = [];
    const definition = define({ open: (given) => (seen.push(given), rest) });
    definition.open({ ...config, keys: ["canary-2"] }, runtime);
    definition.open({ ...config, apiKey: secret("canary-1"), keys: [secret("canary-2")] }, runtime);
    for (const given of seen) {
      expect(inspect(given, { depth: null, showHidden: true })).not.toContain("canary");
      expect(given).toMatchObject({ baseUrl: "http://localhost:3000", apiKey: expect.anything(), keys: [expect.anything()] });
    }
    const [first] = seen;
    const apiKey = typeof first === "object" && first !== null && "apiKey" in first ? first.apiKey : undefined;
    expect(isSecret(apiKey) && reveal(apiKey)).toBe("canary-1");
  });

  it.each<[string, unknown, readonly string[]]>([
    ["nothing", undefined, [""]], ["text", "canary", [""]], ["an empty object", {}, ["apiKey", "baseUrl"]],
    ["unknown fields and malformed ones", { apiKey: "can ary", baseUrl: "http://u:canary@h", keys: ["canary\n"], token: "canary" }, ["apiKey", "baseUrl", "keys.0", "token"]],
    ["numbers as credentials", { ...config, apiKey: 123456 }, ["apiKey"]], ["a URL with a query", { ...config, baseUrl: "http://h/?x-api-key=canary" }, ["baseUrl"]],
  ])("refuses %s with every problem by path and no value", (_, given, expected) => {
    try {
      define({ open: () => { throw new Error("must not be opened"); } }).open(given, runtime);
      throw new Error("opened");
    } catch (error) {
      if (!isMessagingError(error)) throw error;
      expect(error).toMatchObject({ code: "CONFIG_INVALID", outcome: "not-sent", context: { provider: "acme", account: "acc-1" } });
      expect(error.issues.map(({ path }) => path).sort()).toEqual(expected);
      expect(inspect(error, { depth: null, showHidden: true })).not.toContain("canary");
    }
  });

  const gated = OPERATIONS.filter((operation) => operation !== "planWebhooks" && operation !== "applyWebhooks");
  const codeOf: Partial<Record<OperationName, keyof CapabilityTable>> = { send: "invitation.send", update: "invitation.update", cancel: "invitation.cancel", respond: "invitation.respond", sendPoll: "poll.send", sendText: "text.send", withdraw: "message.withdraw", findSent: "message.find", resolveContact: "contact.resolve", listGroups: "group.list" };
  it.each(gated.flatMap((operation) => ([[native, true], [unknown, true], [{ direct: absent, group: native }, true], [absent, false], [{ direct: absent, group: absent }, false]] as const).map(([entry, declared]) => ({ operation, entry, declared }))))(
    "with $operation declared $entry.support demands exactly what is declared", ({ operation, entry, declared }) => {
      const capabilities = { [String(codeOf[operation])]: entry };
      const opened = (provider: Partial<EventMessagingProvider>) => () => define({ capabilities, open: () => provider }).open(config, runtime);
      const [having, lacking] = [opened({ ...rest, [operation]: accepted }), opened(rest)];
      expect(declared ? lacking : having).toThrow(new RegExp(`different operations: ${operation}`));
      expect(declared ? having() : lacking()).toBeDefined();
    });

  it("is repeatable, and gives the provider the runtime as it is", () => {
    let given: ProviderRuntime | undefined;
    const definition = define({ open: (_, got) => ((given = got), { ...rest }) });
    expect(definition.open(config, runtime)).not.toBe(definition.open(config, runtime));
    expect(given).toBe(runtime);
  });
});
