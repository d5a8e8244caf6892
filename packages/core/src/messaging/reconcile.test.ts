import { describe, expect, it } from "@jest/globals";
import { ANA, bench, checkUp, ending, START } from "../../test/support/bench.js";
import type { Behaviour } from "../../test/support/fake-vendor.js";
import { failure } from "../../test/support/layer-bench.js";
import { settled } from "../../test/support/virtual-time.js";

const doubt: Behaviour = () => Promise.reject(failure({ code: "TIMEOUT", outcome: "unknown" }));
const details = { title: checkUp.title, startsAt: checkUp.startsAt };
/** An own card as the vendor reports it. */
const echo = (changes: object = {}, shown: object = {}) => ({
  facts: [{ type: "invitation.observed", source: "W1", at: new Date(START + 1_000).toISOString(), fromSelf: true, canceled: false, ...changes, sighting: { account: "a", recipient: ANA, messageId: "W1", createdBy: "self", details, ...shown } }],
});
const ANSWERED = { facts: [{ type: "rsvp", source: "R1", at: new Date(START + 2_000).toISOString(), target: "W1", guest: { phone: ANA }, response: "GOING" }] };
const NOTICE = (type: string, target: string) => ({ facts: [{ type, source: target, at: new Date(START + 3_000).toISOString(), target, reached: "whatsapp", vendorCode: "x", outcome: "unknown" }] });

async function inDoubt(options: Parameters<typeof bench>[0] = {}) {
  const all = bench(options);
  all.vendor.next.push(doubt);
  expect(await ending(all.clinic.send(checkUp))).toBe("TIMEOUT unknown");
  const record = async () => (await all.book.records(all.clinic.tenant, checkUp.key))[0];
  const receives = async (json: object) => {
    await all.deliver(json);
    await all.messaging.idle();
    return (await record())?.state;
  };
  return { ...all, record, receives };
}

describe("the echo of an own card", () => {
  it("proves a send of unknown outcome, gives it its id, and lets the answer in that waited", async () => {
    const { receives, messaging, clinic, vendor } = await inDoubt();
    const told: unknown[] = [];
    messaging.on("rsvp", ({ key, response }) => void told.push([key, response]));
    expect(await receives(ANSWERED)).toBe("unknown");
    expect(await receives(echo())).toBe("accepted");
    expect(told).toEqual([["apt_1", "GOING"]]);
    expect(await clinic.send(checkUp)).toMatchObject({ stage: "handed-over", handle: { messages: [{ id: "W1", role: "invitation" }] } });
    expect(vendor.requests).toHaveLength(1);
  });

  it.each<[string, object, object]>([
    ["of another title", {}, { details: { ...details, title: "Check-up 2" } }], ["of another start", {}, { details: { ...details, startsAt: "2026-12-01T15:00:01Z" } }],
    ["with a text that was not sent", {}, { details: { ...details, description: "Bring papers" } }], ["in another chat", {}, { recipient: "+351960000124" }],
    ["of a member", { fromSelf: undefined }, { createdBy: "other" }], ["that was made on the phone", { byApi: false }, {}], ["that was cancelled", { canceled: true }, {}],
    ["from before the attempt", { at: new Date(START - 121_000).toISOString() }, {}],
  ])("%s proves nothing", async (_, changes, shown) => {
    const { receives } = await inDoubt();
    expect(await receives(echo(changes, shown))).toBe("unknown");
  });

  it.each([["+5511987650001", "+551187650001"], ["+551187650001", "+5511987650001"]])("to %s is known when the vendor writes %s", async (to, seen) => {
    const { clinic, vendor, deliver, messaging, book } = bench();
    vendor.next.push(doubt);
    expect(await ending(clinic.send({ ...checkUp, to }))).toBe("TIMEOUT unknown");
    await deliver(echo({}, { recipient: seen }));
    await messaging.idle();
    expect(await book.records(clinic.tenant, "apt_1")).toMatchObject([{ state: "accepted", recipient: to }]);
  });

  it("that is not authentic proves nothing", async () => {
    const { accounts, receives } = await inDoubt({ minimumAuthenticity: "none" });
    accounts.a = { provider: "fake", config: { key: "k", by: "none" } };
    expect(await receives(echo())).toBe("unknown");
  });

  it("proves nothing where two sends look alike, and both are told to a person", async () => {
    const { receives, clinic, vendor, messaging, clock } = await inDoubt();
    vendor.next.push(doubt);
    expect(await ending(clinic.send({ ...checkUp, key: "apt_2", location: "North" }))).toBe("TIMEOUT unknown");
    expect(await receives(echo())).toBe("unknown");
    clock.ms += 600_000;
    expect((await messaging.reconcile()).unresolved.map(({ key }) => key)).toEqual(["apt_1", "apt_2"]);
    expect((await messaging.unresolved()).map(({ key }) => key)).toEqual(["apt_1", "apt_2"]);
  });

  it("that comes before the request ends makes an unknown end an accepted one", async () => {
    const { clinic, vendor, deliver, messaging } = bench();
    let end = () => {};
    vendor.next.push(() => new Promise((_, reject) => (end = () => reject(failure({ code: "TIMEOUT", outcome: "unknown" })))));
    const sent = clinic.send(checkUp);
    await settled();
    await deliver(echo());
    await messaging.idle();
    end();
    expect(await sent).toMatchObject({ stage: "handed-over", handle: { messages: [{ id: "W1" }] } });
  });

  it("that comes before the request ends does not outweigh the proof that nothing was sent", async () => {
    const { clinic, vendor, deliver, messaging, book } = bench();
    let end = () => {};
    vendor.next.push(() => new Promise((_, reject) => (end = () => reject(failure({ code: "REFUSED", persistence: "permanent" })))));
    const sent = ending(clinic.send(checkUp));
    await settled();
    await deliver(echo());
    await messaging.idle();
    end();
    expect(await sent).toBe("REFUSED not-sent");
    expect(await book.records(clinic.tenant, "apt_1")).toMatchObject([{ state: "not-sent" }]);
  });
});

describe("reports about a message", () => {
  it("that WhatsApp has it turn queued into handed over; a failure does not", async () => {
    const { clinic, deliver, messaging, book } = bench();
    await clinic.send(checkUp);
    const stage = async () => (await book.records(clinic.tenant, "apt_1"))[0]?.stage;
    await deliver(NOTICE("invitation.failed", "M1"));
    await messaging.idle();
    expect(await stage()).toBe("queued");
    await deliver(NOTICE("invitation.delivered", "M1"));
    await messaging.idle();
    expect(await stage()).toBe("handed-over");
  });

  it("about the invitation prove nothing about an edit of unknown outcome", async () => {
    const { clinic, vendor, deliver, messaging, book } = bench();
    const { handle } = await clinic.send(checkUp);
    vendor.next.push(doubt);
    expect(await ending(clinic.update(handle, { title: "Later" }))).toBe("TIMEOUT unknown");
    await deliver(NOTICE("invitation.delivered", "M1"));
    await messaging.idle();
    expect((await book.records(clinic.tenant, "apt_1"))[0]).toMatchObject({ operation: "update", state: "unknown" });
  });
});

describe("a process that crashed", () => {
  it("leaves an attempt that becomes unknown when its time is over, and nothing sends it again", async () => {
    const { clinic, vendor, messaging, clock, book } = bench();
    vendor.next.push(() => new Promise(() => {}));
    void clinic.send(checkUp).catch(() => undefined);
    await settled();
    expect((await messaging.reconcile()).examined).toBe(0);
    clock.ms += 90_001;
    const restarted = bench({ book: () => book });
    restarted.clock.ms = clock.ms;
    expect(await messaging.reconcile()).toMatchObject({ examined: 1, accepted: 0, notSent: 0, unresolved: [{ key: "apt_1", state: "unknown" }] });
    expect(await ending(restarted.clinic.send(checkUp))).toBe("UNKNOWN unknown");
    expect(vendor.requests.length + restarted.vendor.requests.length).toBe(1);
  });
});

describe("what a person found out", () => {
  it.each([[true, "accepted", 1], [false, "not-sent", 2]] as const)("sent: %s is final, and only then may it be sent again", async (sent, state, requests) => {
    const { messaging, clinic, vendor, record } = await inDoubt();
    const key = await record();
    if (key === undefined) throw new Error("no record");
    expect(await messaging.resolve(key, { sent })).toMatchObject({ state });
    expect(await messaging.resolve(key, { sent: !sent })).toBeUndefined();
    await clinic.send(checkUp);
    expect(vendor.requests).toHaveLength(requests);
  });

  it("with the card's message id lets the answers in that waited for it, and those that follow", async () => {
    const { messaging, clinic, record, receives } = await inDoubt();
    const told: unknown[] = [];
    messaging.on("rsvp", ({ key, response }) => void told.push([key, response]));
    expect(await receives(ANSWERED)).toBe("unknown");
    const key = await record();
    if (key === undefined) throw new Error("no record");
    expect(await messaging.resolve(key, { sent: true, messageId: "W1" })).toMatchObject({ state: "accepted", handle: { messages: [{ id: "W1", role: "invitation" }] } });
    await messaging.idle();
    expect(told).toEqual([["apt_1", "GOING"]]);
    expect((await clinic.answers("apt_1")).counts).toMatchObject({ going: 1 });
  });

  it.each([
    ["no id", { sent: true, messageId: "true_351960000123@c.us_W1" }, "INVALID_ARGUMENT not-sent"], ["an id of what was not sent", { sent: false, messageId: "W1" }, "INVALID_ARGUMENT not-sent"],
    ["another invitation's id", { sent: true, messageId: "M1" }, "CONFLICT not-sent"],
  ])("with %s is refused, and the outcome stays unknown", async (_, verdict, expected) => {
    const { messaging, clinic, record } = await inDoubt();
    expect((await clinic.send({ ...checkUp, key: "apt_2", title: "Another" })).handle.messages[0]?.id).toBe("M1");
    const key = await record();
    if (key === undefined) throw new Error("no record");
    expect(await ending(messaging.resolve(key, verdict))).toBe(expected);
    expect((await record())?.state).toBe("unknown");
  });

  it("of an edit has no id of its own: the card keeps its own", async () => {
    const { messaging, clinic, vendor, book } = bench();
    const { handle } = await clinic.send(checkUp);
    vendor.next.push(doubt);
    expect(await ending(clinic.update(handle, { title: "Moved" }))).toBe("TIMEOUT unknown");
    const edit = (await book.records(clinic.tenant, checkUp.key)).find(({ operation }) => operation === "update");
    if (edit === undefined) throw new Error("no record");
    expect(await ending(messaging.resolve(edit, { sent: true, messageId: "W1" }))).toBe("INVALID_ARGUMENT not-sent");
    expect(await messaging.resolve(edit, { sent: true })).toMatchObject({ state: "accepted", handle: { details: { title: "Moved" }, messages: [{ id: "M1" }] } });
  });
});
