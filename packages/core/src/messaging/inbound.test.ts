import { describe, expect, it } from "@jest/globals";
import { messageId } from "../model/ids.js";
import { ANA, bench, checkUp, faulty, GROUP } from "../../test/support/bench.js";
import { held } from "../../test/support/fake-vendor.js";

const minute = (n: number) => `2026-11-21T12:${String(n).padStart(2, "0")}:00Z`;

/** Messaging with one invitation to a group, and everything that its `rsvp` handler was told. */
async function invited() {
  const made = bench();
  const told: string[] = [];
  made.messaging.on("rsvp", ({ key, response }) => void told.push(`${key} ${response}`));
  await made.clinic.send({ ...checkUp, to: GROUP });
  return { ...made, told };
}

describe("an answer", () => {
  it("reaches the handlers with the caller's key, once, however often it is delivered", async () => {
    const { answer, messaging, told } = await invited();
    for (let again = 0; again < 3; again += 1) await answer("R1", "GOING");
    await messaging.idle();
    await answer("R1", "GOING");
    await messaging.idle();
    expect(told).toEqual(["apt_1 GOING"]);
  });

  it("joins by any id of the invitation, WhatsApp's or the vendor's, also by that of an edit", async () => {
    const { answer, clinic, messaging, told } = await invited();
    const [handle] = await clinic.find("apt_1");
    if (handle) await clinic.update(handle, { title: "Edited" });
    for (const [index, target] of ["M1", "M2", "q1", "q2"].entries()) await answer(`R${index}`, "GOING", { target, at: minute(index + 1) });
    await messaging.idle();
    expect(told).toHaveLength(4);
  });

  it("of one guest after another reaches the handlers in turn, though the first handler is slow", async () => {
    const { answer, messaging, clinic } = bench();
    const order: string[] = [];
    let letGo = () => {};
    const gate = new Promise<void>((resolve) => (letGo = resolve));
    messaging.on("rsvp", async ({ response }) => {
      order.push(`begin ${response}`);
      if (response === "GOING") await gate;
      order.push(`end ${response}`);
    });
    await clinic.send(checkUp);
    await Promise.all([answer("R1", "GOING", { at: minute(1) }), answer("R2", "NOT_GOING", { at: minute(2) })]);
    await new Promise<void>((resolve) => setImmediate(resolve));
    letGo();
    await messaging.idle();
    expect(order).toEqual(["begin GOING", "end GOING", "begin NOT_GOING", "end NOT_GOING"]);
  });

  it("that is older than the one that counts is kept and not told; the account's own is not told either", async () => {
    const { answer, messaging, told, book, clinic } = await invited();
    await answer("R2", "NOT_GOING", { at: minute(5) });
    await messaging.idle();
    await answer("R1", "GOING", { at: minute(1), guest: { phone: ANA, name: "Ana" } }); // it does teach the guest's name
    await answer("R3", "GOING", { at: minute(9), fromSelf: true });
    await messaging.idle();
    expect(told).toEqual(["apt_1 NOT_GOING"]);
    expect(await book.answers(clinic.tenant, "apt_1")).toHaveLength(3);
  });

  it("through another account finds nothing there, whatever id it names", async () => {
    const { answer, messaging, told } = await invited();
    await answer("R1", "GOING", {}, "/webhooks/b");
    await messaging.idle();
    expect(told).toEqual([]);
  });
});

describe("an answer that comes before the book knows its message", () => {
  it("waits aside and is told when the send ends", async () => {
    const { answer, clinic, vendor, messaging } = bench();
    const told: string[] = [];
    messaging.on("rsvp", ({ key }) => void told.push(key));
    const slow = held();
    vendor.next.push(slow.behaviour);
    const sending = clinic.send(checkUp);
    await slow.reached;
    await answer("R1", "GOING");
    await messaging.idle();
    expect(told).toEqual([]);
    slow.letGo();
    await sending;
    await messaging.idle();
    expect(told).toEqual(["apt_1"]);
  });

  it.each(["settle", "byMessage"] as const)("is not forgotten when the send ends between the look and the settling (at %s)", async (at) => {
    const told: string[] = [];
    const slow = held();
    let sending: Promise<unknown> = Promise.resolve();
    let done = false;
    const end = async () => {
      if (done) return;
      done = true;
      slow.letGo();
      await sending;
    };
    const { answer, clinic, vendor, messaging } = bench({
      inbox: (inbox) => ({ ...inbox, settle: async (...given) => { if (at === "settle") await end(); return inbox.settle(...given); } }),
      book: (book) => ({ ...book, byMessage: async (...given) => { const found = await book.byMessage(...given); if (at === "byMessage") await end(); return found; } }),
    });
    messaging.on("rsvp", ({ key }) => void told.push(key));
    vendor.next.push(slow.behaviour);
    sending = clinic.send(checkUp);
    await slow.reached;
    await answer("R1", "GOING");
    await messaging.idle();
    expect(told).toEqual(["apt_1"]);
  });

  it("is woken by the worker itself where the inbox forgets a wake that comes before the entry waits", async () => {
    const slow = held();
    let sending: Promise<unknown> = Promise.resolve();
    let wakes = 0;
    const { answer, clinic, vendor, messaging } = bench({
      inbox: (inbox) => ({
        ...inbox,
        wake: async (...given) => ((wakes += 1) <= 2 ? 0 : inbox.wake(...given)),
        settle: async (...given) => { slow.letGo(); await sending; return inbox.settle(...given); },
      }),
    });
    const told: string[] = [];
    messaging.on("rsvp", ({ key }) => void told.push(key));
    vendor.next.push(slow.behaviour);
    sending = clinic.send(checkUp);
    await slow.reached;
    await answer("R1", "GOING");
    await messaging.idle();
    expect(told).toEqual(["apt_1"]);
  });

  it("is told also when waking failed at first: the next message of the invitation wakes it", async () => {
    const { answer, clinic, messaging } = bench({ inbox: (inbox) => faulty(inbox, (name, nth) => (name === "wake" && nth <= 2 ? "before" : undefined)) });
    const told: string[] = [];
    messaging.on("rsvp", ({ key }) => void told.push(key));
    await answer("R1", "GOING");
    await messaging.idle();
    const { handle } = await clinic.send(checkUp);
    await messaging.idle();
    expect(told).toEqual([]);
    await clinic.update(handle, { title: "Edited" });
    await messaging.idle();
    expect(told).toEqual(["apt_1"]);
  });
});

describe("an own echo", () => {
  it("teaches the account: it is opened anew with what it learned, once", async () => {
    const { deliver, clinic, messaging, vendor } = bench();
    await clinic.send(checkUp);
    vendor.teaches = { dateTime: "zero-offset" };
    const echo = (source: string) => ({ facts: [{ type: "invitation.observed", source, at: minute(1), fromSelf: true, canceled: false, sighting: { account: "a", recipient: ANA, messageId: messageId("M1"), createdBy: "self", details: { title: "Check-up", startsAt: "2026-12-01T15:00:00Z" } } }] });
    await deliver(echo("E1"));
    await deliver(echo("E2"));
    await messaging.idle();
    await clinic.send({ ...checkUp, key: "apt_2", title: "Next" });
    expect(vendor.learned).toEqual([{}, { dateTime: "zero-offset" }]);
    await messaging.close();
    expect(vendor.closed).toEqual(["a", "a"]);
  });
});
