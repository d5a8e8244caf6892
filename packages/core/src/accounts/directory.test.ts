import { describe, expect, it } from "@jest/globals";
import { secret } from "../model/secret.js";
import { contentRevision, staticDirectory } from "./directory.js";

describe("a directory over two records", () => {
  it("reads both at every call, so changing one record moves the tenant", async () => {
    const accounts: Record<string, { provider: string; config: unknown }> = { a: { provider: "waterfall", config: { x: 1 } }, b: { provider: "acme", config: {} } };
    const tenants: Record<string, string> = { clinic: "a" };
    const directory = staticDirectory({ accounts, tenants });
    const before = await directory.forTenant("clinic");
    tenants.clinic = "b";
    expect([before?.id, (await directory.forTenant("clinic"))?.id]).toEqual(["a", "b"]);
    expect(await directory.byId("a")).toEqual(before);
    accounts.a = { provider: "waterfall", config: { x: 2 } };
    expect((await directory.byId("a"))?.revision).not.toBe(before?.revision);
  });

  it("sees a configuration that is changed in place", async () => {
    const config = { x: 1 };
    const directory = staticDirectory({ accounts: { a: { provider: "acme", config } }, tenants: {} });
    const before = (await directory.byId("a"))?.revision;
    config.x = 2;
    expect((await directory.byId("a"))?.revision).not.toBe(before);
  });

  it.each(["constructor", "__proto__", "toString", "", "nobody"])("knows no tenant and no account %j", async (name) => {
    const directory = staticDirectory({ accounts: {}, tenants: {} });
    expect([await directory.forTenant(name), await directory.byId(name)]).toEqual([undefined, undefined]);
  });

  it("knows a rotated credential by its revision, wrapped or not, and shows none of it", () => {
    const revision = (apiKey: unknown, provider = "acme") => contentRevision({ provider, config: { apiKey, list: [apiKey] } });
    expect(revision(secret("canary-1"))).toBe(revision("canary-1"));
    expect(new Set([revision(secret("canary-1")), revision(secret("canary-2")), revision("canary-1", "other")]).size).toBe(3);
    expect(revision("canary-1")).not.toContain("canary");
  });
});
