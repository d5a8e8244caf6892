import { describe, expect, it } from "@jest/globals";
import { staticDirectory } from "../accounts/directory.js";
import type { InvitationBook } from "../store/book.js";
import { memoryBook } from "../store/memory-book.js";
import { createMessaging } from "../messaging/create-messaging.js";
import { checkUp, ending, http } from "../../test/support/bench.js";
import { FakeVendor, type Behaviour } from "../../test/support/fake-vendor.js";
import { failure } from "../../test/support/layer-bench.js";
import type { MessagingErrorInit } from "../error/messaging-error.js";

const fails = (init: Partial<MessagingErrorInit>): Behaviour => () => Promise.reject(failure(init));

/** Tenant `clinic` on account `a`, with `b` and `c` to stand in for it; each account is a vendor of its own. */
function three(options: { readonly wrap?: (book: InvitationBook) => InvitationBook; readonly b?: object } = {}) {
  const vendors = { a: new FakeVendor(), b: new FakeVendor(), c: new FakeVendor() };
  const book = memoryBook();
  const config = { key: "k" };
  const accounts = { a: { provider: "a", config }, b: { provider: "b", config: options.b ?? config }, c: { provider: "c", config } };
  const directory = staticDirectory({ accounts, tenants: { clinic: "a" }, fallbacks: { clinic: ["b", "a", "c", "nobody"] } });
  const messaging = createMessaging({ providers: [vendors.a.definition("a"), vendors.b.definition("b"), vendors.c.definition("c")], directory, http, layers: [], book: options.wrap?.(book) ?? book });
  return { vendors, book, messaging, clinic: messaging.forTenant("clinic") };
}

describe("failover", () => {
  it.each(["UNAUTHENTICATED", "PERMISSION_DENIED", "ACCOUNT_NOT_READY", "RATE_LIMITED", "UNAVAILABLE", "TIMEOUT"] as const)("takes an invitation that was not sent (%s) to the next account, planned anew", async (code) => {
    const { vendors, clinic } = three();
    vendors.a.next.push(fails({ code, persistence: "permanent" }));
    const { handle, plan } = await clinic.send(checkUp);
    expect([handle.account, handle.provider, plan?.account, plan?.provider]).toEqual(["b", "b", "b", "b"]);
    expect([vendors.a, vendors.b, vendors.c].map(({ requests }) => requests.length)).toEqual([1, 1, 0]);
  });

  it.each([
    ["an unknown outcome", { outcome: "unknown" }], ["an unknown outcome of a refused credential", { code: "UNAUTHENTICATED", outcome: "unknown" }],
    ["content that was refused", { code: "REFUSED", persistence: "permanent" }], ["a caller who gave up", { code: "CANCELED", persistence: "permanent" }],
  ] as const)("never follows %s", async (_, init) => {
    const { vendors, clinic } = three();
    vendors.a.next.push(fails(init));
    expect(await ending(clinic.send(checkUp))).not.toBe("resolved");
    expect(vendors.b.requests).toHaveLength(0);
  });

  it("passes over accounts that cannot plan it, and gives the last failure when there is none left", async () => {
    const { vendors, clinic } = three({ b: { wrong: true } });
    vendors.a.next.push(fails({ code: "UNAUTHENTICATED" }));
    vendors.c.next.push(fails({ code: "UNAVAILABLE" }));
    expect(await ending(clinic.send(checkUp))).toBe("UNAVAILABLE not-sent");
    expect(vendors.c.requests).toHaveLength(1);
  });

  it("begins with an account that is ready, when the tenant's own is not", async () => {
    const { vendors, clinic } = three();
    vendors.a.probe = async () => ({ status: "not-ready", reason: "no", self: {}, capabilities: {} });
    expect((await clinic.send(checkUp)).handle.account).toBe("b");
    vendors.b.probe = vendors.c.probe = vendors.a.probe;
    expect(await ending(three().clinic.send(checkUp))).toBe("resolved");
  });

  it("says what the tenant's own account says when none is ready", async () => {
    const { vendors, clinic } = three();
    vendors.a.probe = async () => ({ status: "not-ready", reason: "no", self: {}, capabilities: {} });
    vendors.b.probe = vendors.c.probe = async () => Promise.reject(new Error("x"));
    vendors.b.next.push(fails({ code: "UNAVAILABLE" }));
    vendors.c.next.push(fails({ code: "UNAVAILABLE" }));
    expect(await ending(clinic.send(checkUp))).toMatch(/not-sent$/);
  });

  it("never moves what was sent: edits and cancellations go to the account that took it, whatever becomes of them", async () => {
    const { vendors, clinic } = three();
    const { handle } = await clinic.send(checkUp);
    vendors.a.next.push(fails({ code: "UNAVAILABLE" }));
    expect(await ending(clinic.update(handle, { title: "Later" }))).toBe("UNAVAILABLE not-sent");
    expect(vendors.b.requests).toHaveLength(0);
  });

  it("is in the book before the next account's request, so a crash there leaves the right account to look at", async () => {
    const { vendors, clinic, book } = three();
    vendors.a.next.push(fails({}));
    let seen: unknown;
    vendors.b.next.push(async (act) => {
      seen = (await book.records(clinic.tenant, "apt_1")).map(({ state, handle }) => [state, handle.account, handle.provider]);
      return act();
    });
    await clinic.send(checkUp);
    expect(seen).toEqual([["attempting", "b", "b"]]);
  });

  it("does not happen when the book cannot say so", async () => {
    const { vendors, clinic } = three({ wrap: (book) => ({ ...book, change: (key, version, change) => (change.handle && change.state === undefined ? Promise.reject(new Error("down")) : book.change(key, version, change)) }) });
    vendors.a.next.push(fails({}));
    expect(await ending(clinic.send(checkUp))).toBe("UNAVAILABLE not-sent");
    expect(vendors.b.requests).toHaveLength(0);
  });

  it("leaves an unknown outcome of the second account with the second account", async () => {
    const { vendors, clinic, book } = three();
    vendors.a.next.push(fails({}));
    vendors.b.next.push(fails({ outcome: "unknown" }));
    expect(await ending(clinic.send(checkUp))).toBe("UNAVAILABLE unknown");
    expect(await ending(clinic.send(checkUp))).toBe("UNAVAILABLE unknown");
    expect(vendors.c.requests).toHaveLength(0);
    expect(await book.records(clinic.tenant, "apt_1")).toMatchObject([{ state: "unknown", handle: { account: "b" } }]);
  });

  it("takes the calls of a stopped account elsewhere", async () => {
    const { messaging, clinic } = three();
    messaging.killSwitch.stop({ account: "a" });
    expect((await clinic.send(checkUp)).handle.account).toBe("b");
    messaging.killSwitch.stop({ tenant: "clinic" });
    expect(await ending(clinic.send({ ...checkUp, key: "apt_2" }))).toBe("STOPPED not-sent");
  });
});
