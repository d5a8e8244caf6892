import { describe, expect, it } from "@jest/globals";
import { isMessagingError } from "../error/messaging-error.js";
import { createMessaging } from "./create-messaging.js";
import { bench, http } from "../../test/support/bench.js";
import { FakeVendor } from "../../test/support/fake-vendor.js";

const fake = new FakeVendor().definition();
const good = { providers: [fake], http, accounts: { a: { provider: "fake", config: { key: "k" } } }, tenants: { clinic: "a" } };
const directory = { forTenant: async () => undefined, byId: async () => undefined };

/** As plain JavaScript would call it. */
function paths(options: unknown): readonly string[] {
  const create: (given: unknown) => unknown = Object(createMessaging);
  try {
    create(options);
    return [];
  } catch (error) {
    if (!isMessagingError(error)) throw error;
    expect([error.code, error.outcome]).toEqual(["CONFIG_INVALID", "not-sent"]);
    return error.issues.map(({ path }) => path);
  }
}

describe("the options of a messaging object", () => {
  it("are few where all defaults will do", () => {
    expect(paths(good)).toEqual([]);
    expect(paths({ providers: () => undefined, http, directory })).toEqual([]);
    expect(paths({ ...good, limits: { titleLength: 120 }, retries: { attempts: 3 }, maxBodyBytes: 1000, policy: { forms: ["native", "degraded"], allowLoss: ["field.location"], allowUnknown: ["x-acme.thing"] }, book: undefined })).toEqual([]);
  });

  it.each<[string, unknown, readonly string[]]>([
    ["nothing", undefined, [""]], ["null", null, [""]], ["a list", [], [""]],
    ["no providers", { ...good, providers: undefined }, ["providers", ]], ["a definition that an import did not find", { ...good, providers: [fake, undefined] }, ["providers.1"]], ["a module in place of its definition", { ...good, providers: [fake, { fake }] }, ["providers.1"]],
    ["two definitions of one name", { ...good, providers: [fake, new FakeVendor().definition()] }, ["providers.1"]], ["an unknown option", { ...good, provider: [] }, ["provider"]],
    ["accounts and a directory", { ...good, directory }, ["directory"]], ["accounts without tenants", { providers: [fake], http, accounts: good.accounts }, ["accounts"]], ["neither", { providers: [fake], http }, ["accounts"]], ["a directory that is none", { providers: [fake], http, directory: {} }, ["directory"]],
    ["an account of a provider that is not there", { ...good, accounts: { a: { provider: "acme", config: {} } } }, ["accounts.a.provider"]], ["an account that is nothing", { ...good, accounts: { a: undefined } }, ["accounts.a"]], ["an account's id with a space", { ...good, accounts: { ...good.accounts, "a b": good.accounts.a } }, ["accounts.a b"]],
    ["a tenant of an account that is not there", { ...good, tenants: { clinic: "b", club: "constructor" } }, ["tenants.clinic", "tenants.club"]], ["a tenant's name with a space", { ...good, tenants: { "the clinic": "a" } }, ["tenants.the clinic"]],
    ["fallbacks that are not there, or no list", { ...good, fallbacks: { clinic: ["b"], club: "a" } }, ["fallbacks.clinic", "fallbacks.club"]],
    ["forms and codes that are none", { ...good, policy: { forms: ["fax"], allowLoss: ["field.locations"] } }, ["policy.forms.0", "policy"]], ["an authenticity that is none", { ...good, minimumAuthenticity: "hmac" }, ["minimumAuthenticity"]],
    ["figures that are none", { ...good, maxBodyBytes: "1MB", bodyDeadlineMs: Number.POSITIVE_INFINITY, limits: { titleLength: Number.NaN, tittleLength: 1 }, retries: { attempts: 0, firstDelayMs: -1, deadlineMs: 2 ** 31 } }, ["maxBodyBytes", "bodyDeadlineMs", "limits.titleLength", "limits.tittleLength", "retries.attempts", "retries.firstDelayMs", "retries.deadlineMs"]],
    ["a layer of no slot", { ...good, layers: [{ slot: "cache", wrap: (next: unknown) => next }] }, ["layers.0"]], ["two layers of one slot", { ...good, layers: [{ slot: "router", wrap: (next: unknown) => next }, { slot: "router", wrap: (next: unknown) => next }] }, ["layers.1"]],
  ])("are refused at once, by path: %s", (_, options, expected) => {
    expect(paths(options)).toEqual(expected);
  });

  it("tell all problems together", () => {
    expect(paths({ providers: [undefined], colour: 1, accounts: { a: { provider: "acme" } }, tenants: { clinic: "b" }, limits: [] })).toEqual(["colour", "providers.0", "accounts.a.provider", "tenants.clinic", "limits"]);
  });

  it("quote no configuration", () => {
    try {
      createMessaging({ ...good, providers: [], accounts: { a: { provider: "acme", config: { apiKey: "canary" } } } });
    } catch (error) {
      expect(`${String(error)} ${JSON.stringify(error)}`).not.toContain("canary");
    }
  });
});

describe("registering a handler", () => {
  it("of a kind that does not exist, or that is no function, is refused: it would never be called", () => {
    const on: (type: unknown, handler: unknown) => unknown = Object(bench().messaging.on);
    for (const [type, handler] of [["rvsp", () => 1], ["", () => 1], ["constructor", () => 1], ["rsvp", undefined], ["rsvp", "handler"]]) {
      expect(() => on(type, handler)).toThrow(/cannot be registered/);
    }
  });
});
