import { describe, expect, it } from "@jest/globals";
import type { RawWebhook } from "./receiver.js";
import { createMessaging } from "../messaging/create-messaging.js";
import { ANA, bench, checkUp, faulty, http } from "../../test/support/bench.js";

const fact = (given: object = {}) => ({ type: "rsvp", source: "R1", at: "2026-11-21T12:00:01Z", target: "M1", guest: { phone: ANA }, response: "GOING", ...given });
const rsvp = { facts: [fact()] };
const REFUSED = { handled: true, status: 404 };

const kept = async ({ inbox, now }: ReturnType<typeof bench>) => (await inbox.take(JSON.parse(JSON.stringify(now().toISOString().replace("2026", "2027"))), 100)).map(({ fact: one }) => one);
/** A messaging whose worker never comes, so that what was kept is still there. */
const quiet = (options: Parameters<typeof bench>[0] = {}) => bench({ ...options, inbox: (inbox) => ({ ...inbox, take: async () => [] }) });

describe("a delivery", () => {
  it.each<[string, unknown, object, object, readonly string[]]>([
    ["with a fact", rsvp, {}, { handled: true, status: 200 }, []],
    ["with nothing to keep", { kind: "ignored" }, {}, { handled: true, status: 200 }, ["ignored:test"]],
    ["of ordinary chat", { kind: "foreign" }, {}, { handled: false, status: 200 }, ["foreign:test"]],
    ["that names another account than its own", { kind: "refused" }, {}, REFUSED, ["refused:test"]],
    ["that is ours and unreadable", { kind: "malformed" }, {}, { handled: true, status: 200 }, ["malformed:test"]],
    ["of JSON that is no object", "3", {}, { handled: true, status: 200 }, ["malformed:no-object"]],
    ["that makes the adapter throw", { explode: "canary" }, {}, { handled: true, status: 200 }, ["malformed:adapter-threw"]],
    ["that is no JSON", "<html>", {}, { handled: true, status: 400 }, ["not-json"]],
    ["that is empty", "", {}, { handled: true, status: 400 }, ["not-json"]],
    ["nested beyond reason", "[".repeat(200) + "]".repeat(200), {}, { handled: true, status: 400 }, ["not-json"]],
    ["with a wrong key", rsvp, { key: "bad" }, REFUSED, ["unauthentic:wrong-key"]],
    ["of an unknown account", rsvp, { path: "/webhooks/nobody" }, REFUSED, ["no-such-account"]],
    ["of an account named like a prototype", rsvp, { path: "/webhooks/__proto__" }, REFUSED, ["no-such-account"]],
    ["larger than allowed", "x".repeat(1025), {}, { handled: true, status: 413 }, ["too-large"]],
    ["to another path", rsvp, { path: "/elsewhere/a" }, { handled: false, status: 404 }, []],
    ["to the base path itself", rsvp, { path: "/webhooks" }, { handled: false, status: 404 }, []],
  ])("%s is answered and counted by a fixed word", async (_, json, where, expected, counts) => {
    const made = quiet({ maxBodyBytes: 1024 });
    expect(await made.deliver(json, where)).toEqual(expected);
    expect(Object.keys(made.messaging.counts())).toEqual(counts);
    expect(await kept(made)).toHaveLength(json === rsvp && counts.length === 0 && !("path" in where) ? 1 : 0);
  });

  it.each(["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "post "])("by %s is refused like one of an unknown account", async (method) => {
    const { messaging } = bench();
    const raw: RawWebhook = { method, path: "/webhooks/a", headers: [["x-key", "good"]], body: Buffer.from(JSON.stringify(rsvp)) };
    expect(await messaging.receive("/webhooks", raw)).toEqual(REFUSED);
  });

  it("that is not authentic gets the very same answer whatever its body and account: there is no oracle", async () => {
    const made = quiet();
    const answers = await Promise.all([
      made.deliver(rsvp, { key: "bad" }), made.deliver("<html>", { key: "bad" }), made.deliver("", { key: "bad" }), made.deliver({ explode: 1 }, { key: "bad" }),
      made.deliver(rsvp, { path: "/webhooks/nobody" }), made.deliver(rsvp, { path: "/webhooks/nobody", key: "bad" }), made.deliver(rsvp, { path: "/webhooks/a%00b" }), made.deliver(rsvp, { path: "/webhooks/b/secret/x", key: "bad" }),
    ]);
    for (const one of answers) expect(one).toEqual(REFUSED);
    expect(await kept(made)).toEqual([]);
  });

  it.each([["none", "none", 200], ["none", "url-secret", 404], ["none", "signature", 404], ["url-secret", "none", 200], ["url-secret", "url-secret", 200], ["url-secret", "signature", 404], ["signature", "signature", 200], ["none", undefined, 404], ["url-secret", undefined, 200]] as const)(
    "proved by %s where %s is the least gets %i", async (by, minimumAuthenticity, status) => {
      const made = quiet({ minimumAuthenticity });
      made.accounts.a = { provider: "fake", config: { key: "k", by } };
      expect((await made.deliver(rsvp)).status).toBe(status);
      expect(await kept(made)).toHaveLength(status === 200 ? 1 : 0);
    });

  it("carries what proved it, and remarks on its times that keep nothing back", async () => {
    const { deliver, clinic, messaging } = bench();
    await clinic.send(checkUp);
    const told: (readonly string[])[] = [];
    messaging.on("rsvp", ({ authenticity, flags }) => void told.push([authenticity, ...flags]));
    for (const [source, at, guestAt] of [["R1", "2026-11-21T12:00:01Z"], ["R2", "2026-11-21T12:05:01Z"], ["R3", "2026-11-21T12:05:02Z", "2026-11-20T12:00:00Z"]]) await deliver({ facts: [fact({ source, at, ...(guestAt && { guestAt }) })] });
    await messaging.idle();
    expect(told.map(([by, ...flags]) => [by, flags])).toEqual([["signature", []], ["signature", ["in-the-future"]], ["signature", ["in-the-future", "clock-skew"]]]);
  });

  it("comes twice and is kept once; its fact under another delivery is the same fact; another edition is another", async () => {
    const made = quiet();
    for (const given of [{}, {}, { at: "2026-11-21T12:00:09Z" }, { edition: "2" }]) expect((await made.deliver({ facts: [fact(given)] })).status).toBe(200);
    expect([(await kept(made)).length, made.messaging.counts().duplicate]).toEqual([2, 2]);
  });

  it("that only announces another never takes its place", async () => {
    const made = quiet();
    const waiting = { type: "rsvp.unreadable", source: "R1", at: "2026-11-21T12:00:01Z", target: "M1", guest: {}, placeholder: true };
    for (const one of [waiting, fact({ type: "rsvp.unreadable", response: undefined }), fact({})]) await made.deliver({ facts: [one] });
    expect((await kept(made)).map(({ type }) => type)).toEqual(["rsvp.unreadable", "rsvp.unreadable", "rsvp"]);
  });
});

describe("private chat", () => {
  const text = (given: object = {}) => ({ type: "message.replied", source: "T1", at: "2026-11-21T12:00:01Z", recipient: ANA, guest: { phone: ANA }, text: "private canary", ...given });

  it("is never stored, nor counted by its content, whether it quotes something else or nothing", async () => {
    const stored: string[] = [];
    const { deliver, clinic, messaging } = bench({ inbox: (inbox) => ({ ...inbox, put: (entries) => (stored.push(JSON.stringify(entries)), inbox.put(entries)) }) });
    await clinic.send(checkUp);
    for (const given of [{}, { target: "M999" }, { recipient: "+351960000999" }]) expect(await deliver({ facts: [text(given)] })).toEqual({ handled: false, status: 200 });
    expect(await deliver({ facts: [text(), fact()] })).toEqual({ handled: true, status: 200 });
    expect(await deliver({ kind: "malformed", text: "canary" })).toEqual({ handled: true, status: 200 });
    expect(`${stored.join()} ${JSON.stringify(messaging.counts())}`).not.toContain("canary");
    expect(stored).toHaveLength(1);
  });

  it("that quotes an invitation is an answer, and comes to its handlers", async () => {
    const { deliver, clinic, messaging } = bench();
    await clinic.send(checkUp);
    const told: string[] = [];
    messaging.on("message.replied", ({ key, text: said }) => void told.push(`${key}: ${said}`));
    expect(await deliver({ facts: [text({ target: "M1" })] })).toEqual({ handled: true, status: 200 });
    await messaging.idle();
    expect(told).toEqual(["apt_1: private canary"]);
  });

  it("of another account that quotes the same id is not ours", async () => {
    const { deliver, clinic } = bench();
    await clinic.send(checkUp);
    expect(await deliver({ facts: [text({ target: "M1" })] }, { path: "/webhooks/b" })).toEqual({ handled: false, status: 200 });
  });
});

describe("a part that fails", () => {
  it("is answered 503 and keeps nothing when the inbox refuses, and the repetition is kept", async () => {
    const made = bench({ inbox: (inbox) => ({ ...faulty(inbox, (name, nth) => (name === "put" && nth === 1 ? "before" : undefined)), take: async () => [] }) });
    expect(await made.deliver(rsvp)).toEqual({ handled: true, status: 503 });
    expect(await kept(made)).toEqual([]);
    expect(await made.deliver(rsvp)).toEqual({ handled: true, status: 200 });
  });

  it.each([["the directory", "byId"], ["the book", "byMessage"]])("is answered 503 when %s refuses", async (_, method) => {
    const made = bench({ book: (book) => (method === "byMessage" ? faulty(book, (name) => (name === method ? "before" : undefined)) : book) });
    const replied = { facts: [{ type: "message.replied", source: "T1", at: "2026-11-21T12:00:01Z", recipient: ANA, guest: {}, text: "x", target: "M1" }] };
    const failing = { forTenant: async () => undefined, byId: () => Promise.reject(new Error("down")) };
    const messaging = method === "byId" ? createMessaging({ providers: [made.vendor.definition()], http, directory: failing }) : made.messaging;
    expect(await messaging.receive("/webhooks", { method: "POST", path: "/webhooks/a", headers: [["X-Key", "good"]], body: Buffer.from(JSON.stringify(replied)) })).toEqual({ handled: true, status: 503 });
  });

  it("never reaches the application's directory with what is no account's id", async () => {
    const asked: string[] = [];
    const made = bench();
    const messaging = createMessaging({ providers: [made.vendor.definition()], http, directory: { forTenant: async () => undefined, byId: async (id) => void asked.push(id) } });
    for (const id of ["%00", "a%20b", "a%0Ab", "x".repeat(257)]) {
      expect(await messaging.receive("/webhooks", { method: "POST", path: `/webhooks/${id}`, headers: [], body: Buffer.from("{}") })).toEqual(REFUSED);
    }
    expect(asked).toEqual([]);
  });
});
