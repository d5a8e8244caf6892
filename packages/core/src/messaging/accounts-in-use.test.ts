import { describe, expect, it } from "@jest/globals";
import type { WebhookPlan } from "../driver/operations.js";
import { isMessagingError } from "../error/messaging-error.js";
import { secret } from "../model/secret.js";
import { bench, checkUp, ending, GROUP } from "../../test/support/bench.js";
import { FakeVendor, held } from "../../test/support/fake-vendor.js";

const absent = { support: "absent", why: "This engine has no events.", source: "probe" } as const;
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

describe("the account of a call", () => {
  it.each<[string, Partial<Parameters<typeof Object.assign>[0]>, string]>([
    ["that is not ready", { status: "not-ready", reason: "SCAN_QR_CODE", self: {}, capabilities: {} }, "ACCOUNT_NOT_READY not-sent"],
    ["on an engine without events", { status: "ready", reason: "", self: {}, capabilities: { "invitation.send": absent } }, "UNSUPPORTED not-sent"],
    ["that is both", { status: "not-ready", reason: "x", self: {}, capabilities: { "invitation.send": absent } }, "UNSUPPORTED not-sent"],
    ["that could not be asked", { status: "unknown", reason: "x", self: {}, capabilities: {} }, "resolved"],
  ])("%s is told by the probe, before any request", async (_, probe, expected) => {
    const { clinic, vendor } = bench();
    vendor.probe = async () => JSON.parse(JSON.stringify(probe));
    expect(await ending(clinic.send(checkUp))).toBe(expected);
    expect(vendor.requests).toHaveLength(expected === "resolved" ? 1 : 0);
  });

  it("that was not ready is asked again at once: the session may have come up a second ago", async () => {
    const { clinic, vendor } = bench();
    vendor.probe = async () => ({ status: vendor.probes > 1 ? "ready" : "not-ready", reason: "starting", self: {}, capabilities: {} });
    expect(await ending(clinic.send(checkUp))).toBe("resolved");
    expect(vendor.probes).toBe(2);
  });

  it.each([["were set up", true], ["may have been set up", false]])("is asked anew after its webhooks %s: what it can do may hang on them", async (_, isTaken) => {
    const vendor = new FakeVendor();
    const definition = vendor.definition();
    const applyWebhooks = async (plan: WebhookPlan) => {
      if (!isTaken) throw new TypeError("the connection was lost");
      return plan;
    };
    const { clinic, messaging } = bench({ providers: [{
      ...definition,
      capabilities: { ...definition.capabilities, "webhook.configure": { support: "native", why: "It does.", source: "test" } },
      open: (config, runtime) => ({ ...definition.open(config, runtime), applyWebhooks }),
    }] });
    await clinic.send(checkUp);
    await clinic.send({ ...checkUp, key: "apt_2", title: "Second" });
    expect(vendor.probes).toBe(1);
    expect(await ending(messaging.account("a").applyWebhooks({ before: secret("{}"), after: secret("{}"), changes: [] }))).toBe(isTaken ? "resolved" : "UNKNOWN unknown");
    await clinic.send({ ...checkUp, key: "apt_3", title: "Third" });
    expect(vendor.probes).toBe(2);
  });

  it("that cannot be asked is an outage only where the definition allows what is wanted", async () => {
    const vendor = new FakeVendor();
    const native = { support: "native", why: "It does.", source: "test" } as const;
    const { clinic } = bench({ providers: [vendor.definition("fake", { "invitation.send": { direct: { ...absent, why: "Groups only." }, group: native } })] });
    vendor.probe = async () => ({ status: "unknown", reason: "no answer", self: {}, capabilities: { "invitation.send": { ...absent, support: "unknown" } } });
    expect(await ending(clinic.send(checkUp))).toBe("UNSUPPORTED not-sent");
    const error: unknown = await clinic.send({ ...checkUp, to: GROUP }).catch((reason: unknown) => reason);
    expect(isMessagingError(error) && [error.code, error.persistence]).toEqual(["UNAVAILABLE", "transient"]);
  });

  it("is not to be found: NOT_FOUND, with what to add", async () => {
    const { messaging } = bench();
    await expect(messaging.forTenant("nobody").send(checkUp)).rejects.toThrow(/Tenant "nobody" has no account/);
    expect(await ending(messaging.account("nobody").probe())).toBe("NOT_FOUND not-sent");
  });

  it("names a provider that is not loaded, or a configuration that does not fit: CONFIG_INVALID, and the next call works once it is corrected", async () => {
    const { clinic, accounts } = bench();
    accounts.a = { provider: "unheard-of", config: {} };
    expect(await ending(clinic.send(checkUp))).toBe("CONFIG_INVALID not-sent");
    accounts.a = { provider: "fake", config: { kye: "k" } };
    await expect(clinic.send(checkUp)).rejects.toMatchObject({ issues: [{ path: "key", message: "is missing" }, { path: "kye", message: "is not a known field" }] });
    accounts.a = { provider: "fake", config: { key: "k" } };
    expect(await ending(clinic.send(checkUp))).toBe("resolved");
  });

  it("that is replaced under load keeps its running calls, takes no new ones, and is closed exactly once", async () => {
    const { clinic, vendor, accounts } = bench();
    const slow = Array.from({ length: 5 }, () => held());
    vendor.next.push(...slow.map(({ behaviour }) => behaviour));
    const running = slow.map((_, index) => ending(clinic.send({ ...checkUp, key: `old_${index}`, title: `${index}` })));
    await Promise.all(slow.map(({ reached }) => reached));
    accounts.a = { provider: "fake", config: { key: "k2" } };
    await Promise.all(Array.from({ length: 20 }, (_, index) => clinic.send({ ...checkUp, key: `new_${index}`, title: `new ${index}` })));
    expect([vendor.opened, vendor.closed]).toEqual([["a", "a"], []]);
    for (const { letGo } of slow) letGo();
    expect(await Promise.all(running)).toEqual(Array.from({ length: 5 }, () => "resolved"));
    await settled();
    expect(vendor.closed).toEqual(["a"]);
  });

  it("that moves to another vendor between plan and request sends nothing", async () => {
    const { clinic, vendor, accounts } = bench({ book: (book) => ({ ...book, begin: async (record) => {
      accounts.a = { provider: "other", config: { key: "k" } };
      return book.begin(record);
    } }) });
    expect(await ending(clinic.send(checkUp))).toBe("CONFLICT not-sent");
    expect(vendor.requests).toEqual([]);
    expect((await clinic.send(checkUp)).handle.provider).toBe("other");
  });
});

describe("promises that are required", () => {
  it("are checked now, for either audience", async () => {
    const vendor = new FakeVendor();
    const { clinic } = bench({ providers: [vendor.definition("fake", { "rsvp.unreadable": absent })] });
    expect(await ending(clinic.require("invitation.send", "field.location"))).toBe("resolved");
    await expect(clinic.require("invitation.send", "rsvp.unreadable")).rejects.toMatchObject({ code: "UNSUPPORTED", outcome: "not-sent", context: { capability: "rsvp.unreadable" } });
    expect(await ending(clinic.require("poll.send"))).toBe("UNSUPPORTED not-sent");
  });

  it("of a definition are what it can do, not what it lists as absent or unproved", async () => {
    const vendor = new FakeVendor();
    const definition = vendor.definition("fake", { "rsvp.unreadable": absent, "track.read": { ...absent, support: "unknown" } });
    const { clinic } = bench({ providers: [definition] });
    expect(await ending(clinic.require(definition))).toBe("resolved");
    vendor.probe = async () => ({ status: "ready", reason: "", self: {}, capabilities: { "invitation.update": absent } });
    expect(await ending(bench({ providers: [definition] }).clinic.require(definition))).toBe("UNSUPPORTED not-sent");
  });

  it("are answered for names that are none", async () => {
    const supports: (code: unknown, audience: unknown) => Promise<unknown> = Object(bench().clinic.supports);
    for (const name of ["constructor", "__proto__", "invitation.sent", ""]) expect(await supports(name, "direct")).toMatchObject({ support: "absent" });
  });
});
