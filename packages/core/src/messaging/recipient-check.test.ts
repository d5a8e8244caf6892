import { afterEach, describe, expect, it } from "@jest/globals";
import { memoryProvider, memoryVendor, type MemoryVendor, type MemoryVendorOptions } from "../memory/index.js";
import { RECIPIENT_CHECKS, type CallOptions } from "./call-options.js";
import type { CommonOptions, Messaging } from "./messaging-types.js";
import { createMessaging } from "./create-messaging.js";
import { parseHandle } from "./read-input.js";


const DIALLED = "+5511987650001";
const KEPT = "+551187650001";
const NOBODY = "+351960000199";
const NEWS = "120363000000000002@g.us";
const CHOIR = "120363000000000001@g.us";
const absent = { support: "absent", why: "Not today.", source: "test" } as const;

let messaging: Messaging;
afterEach(() => messaging.close());

function start(vendorOptions: MemoryVendorOptions = {}, common: Partial<CommonOptions> = {}, known = KEPT, onAsked = (_: MemoryVendor) => {}) {
  const vendor = memoryVendor({
    groups: [{ id: CHOIR, name: "Choir" }, { id: NEWS, name: "News", adminsOnly: true }],
    // The vendor in memory finds a contact by any id of it: here by the dialled form, and names the one that WhatsApp keeps.
    contacts: [{ phone: NOBODY, exists: false }], ...vendorOptions,
  });
  const exchange: typeof vendor.exchange = async (request, signal) => {
    const answer = await vendor.exchange(request, signal);
    if (request.path === "people.find") onAsked(vendor);
    return request.path === "people.find" && request.body.includes(DIALLED.slice(1)) ? { status: 200, body: JSON.stringify({ exists: true, person: { phone: known.slice(1) } }) } : answer;
  };
  messaging = createMessaging({ providers: [memoryProvider({ ...vendor, exchange })], accounts: { a: { provider: "memory", config: vendor.configFor("a") } }, tenants: { clinic: "a" }, ...common });
  const clinic = messaging.forTenant("clinic");
  const input = (to: string) => ({ key: "apt_1", to, title: "Check-up", startsAt: "2090-12-01T15:00:00Z" });
  return {
    vendor, clinic, input,
    send: (to: string, options?: CallOptions) => clinic.send(input(to), options),
    asked: () => vendor.requests().filter(({ path }) => path === "people.find" || path === "groups.list").length,
  };
}

describe("asking the vendor about a recipient", () => {
  it("is off by default: one request and no question", async () => {
    const { send, asked, vendor } = start();
    await send(DIALLED);
    expect([asked(), vendor.journal()[0]?.chat]).toEqual([0, `person:${DIALLED.slice(1)}`]);
  });

  it.each([[NOBODY, "NOT_FOUND"], [DIALLED, "INVALID_ARGUMENT"], [NEWS, "PERMISSION_DENIED"], ["120363000000000009@g.us", "NOT_FOUND"]] as const)("warns of %s, or refuses it with %s before anything is sent", async (to, code) => {
    const { send, vendor, clinic } = start();
    await expect(send(to, { recipientCheck: "refuse" })).rejects.toMatchObject({ code, outcome: "not-sent", issues: [{ path: "to", message: expect.any(String) }] });
    expect([vendor.requests().some(({ path }) => path === "cards.send"), await clinic.find("apt_1")]).toEqual([false, []]);
    const { plan } = await send(to, { recipientCheck: "warn" });
    expect(plan?.warnings).toEqual([{ path: "to", message: expect.any(String) }]);
    expect(vendor.requests().some(({ path }) => path === "cards.send")).toBe(true);
  });

  it("corrects a number by the vendor's own answer; the handle keeps what the caller wrote and says where the card went", async () => {
    const { send, vendor } = start({}, { recipientCheck: "correct" });
    const { handle, plan } = await send(DIALLED);
    expect(vendor.journal()).toMatchObject([{ operation: "send", chat: `person:${KEPT.slice(1)}` }]);
    expect([handle.recipient, handle.messages[0]?.recipient]).toEqual([DIALLED, KEPT]);
    expect(plan?.warnings[0]?.message).toContain(`the invitation goes to ${KEPT}`);
  });

  it("never follows a vendor to somebody else: a number that ends otherwise is refused", async () => {
    const { send, vendor } = start({}, { recipientCheck: "correct" }, "+351960000123");
    await expect(send(DIALLED)).rejects.toMatchObject({ code: "INVALID_ARGUMENT", outcome: "not-sent" });
    expect(vendor.journal()).toEqual([]);
  });

  it("lets no broken look-up stand in the way of a send", async () => {
    const { send, vendor } = start({}, { recipientCheck: "refuse" });
    vendor.failNext({ code: "REFUSED", outcome: "not-sent", persistence: "permanent" });
    expect((await send("+351960000123")).plan?.warnings).toEqual([{ path: "to", message: expect.stringContaining("gave no answer") }]);
    expect(vendor.journal()).toHaveLength(1);
  });

  it("looks for a send of unknown outcome where the card went, so that nobody gets it twice", async () => {
    let now = new Date("2026-11-20T10:00:00Z");
    const { send, vendor, clinic } = start({ now: () => now }, { recipientCheck: "correct", now: () => now }, KEPT, (asked) => asked.failNext("act-then-reset"));
    await expect(send(DIALLED)).rejects.toMatchObject({ outcome: "unknown" });
    now = new Date(now.getTime() + 3_600_000);
    expect(await messaging.reconcile()).toMatchObject({ examined: 1, accepted: 1, notSent: 0, unresolved: [] });
    const [handle] = await clinic.find("apt_1");
    expect([handle?.recipient, handle?.sentTo, handle?.messages.length, vendor.journal().length]).toEqual([DIALLED, KEPT, 1, 1]);
    await clinic.cancel(parseHandle(JSON.parse(JSON.stringify(handle))));
    expect(vendor.journal().at(-1)).toMatchObject({ operation: "cancel", chat: `person:${KEPT.slice(1)}` });
  });

  it("asks once for an invitation: the same call again is answered by the book", async () => {
    const { send, asked } = start({}, { recipientCheck: "correct" });
    const first = await send(DIALLED);
    expect((await send(DIALLED)).handle).toEqual(first.handle);
    expect(asked()).toBe(1);
  });

  it("edits and cancels the card where it went", async () => {
    const { send, clinic, vendor } = start({}, { recipientCheck: "correct" });
    const { handle } = await send(DIALLED);
    const { handle: moved } = await clinic.update(handle, { title: "Check-up, moved" });
    await clinic.cancel(moved);
    expect(vendor.journal().map(({ operation, chat }) => [operation, chat])).toEqual(["send", "update", "cancel"].map((operation) => [operation, `person:${KEPT.slice(1)}`]));
  });

  it.each(RECIPIENT_CHECKS.filter((check) => check !== "off"))("with %s says of what cannot be known that it could not be checked, and sends", async (recipientCheck) => {
    const { send, vendor } = start({ capabilities: { "contact.resolve": absent } }, { recipientCheck });
    expect((await send("+351960000123")).plan?.warnings).toEqual([{ path: "to", message: expect.stringContaining("could not be checked") }]);
    expect(vendor.journal()).toHaveLength(1);
  });

  it.each(["+351960000123", CHOIR, "77@lid"])("says nothing of %s, of whom nothing is wrong", async (to) => {
    const { send } = start({}, { recipientCheck: "refuse" });
    expect((await send(to)).plan?.warnings).toEqual([]);
  });

  it("shows in a plan what a send would meet, and throws for none of it", async () => {
    const { clinic, input, vendor } = start();
    const warned = async (to: string, recipientCheck: CallOptions["recipientCheck"]) => (await clinic.plan(input(to), { recipientCheck })).warnings.map(({ message }) => message).join();
    expect(await warned(NOBODY, "refuse")).toContain("not on WhatsApp");
    expect(await warned(NOBODY, "correct")).toContain("not on WhatsApp");
    expect(await warned(DIALLED, "correct")).toContain(KEPT);
    expect(await warned(DIALLED, "off")).toBe("");
    expect(vendor.journal()).toEqual([]);
  });

  it("is a setting with four values", () => {
    start();
    // As plain JavaScript would write it.
    const wrong: CommonOptions = JSON.parse('{"providers":[],"recipientCheck":"always"}');
    expect(() => createMessaging({ ...wrong, accounts: {}, tenants: {} })).toThrow(expect.objectContaining({ code: "CONFIG_INVALID", issues: [{ path: "recipientCheck", message: expect.any(String) }] }));
  });
});

describe("the groups of an account", () => {
  it("are listed, one or all, and what is no group is refused", async () => {
    start();
    const account = messaging.account("a");
    expect((await account.groups()).map(({ name, mayWrite }) => [name, mayWrite])).toEqual([["Choir", true], ["News", false]]);
    expect(await account.groups({ only: NEWS })).toHaveLength(1);
    await expect(account.groups({ only: "+351960000123" })).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
    await expect(account.groups({ only: "120363000000000009@g.us" })).rejects.toMatchObject({ code: "NOT_FOUND", outcome: "not-sent" });
  });
});
