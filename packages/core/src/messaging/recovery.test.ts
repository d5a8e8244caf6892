import { describe, expect, it } from "@jest/globals";
import type { CapabilityTable } from "../capability/table.js";
import type { InboundEvent } from "../model/inbound.js";
import { createTestMessaging, type TestMessagingOptions } from "../testing/index.js";
import type { UnreadablePolicy } from "./unreadable-options.js";

const ANA = "+351960000123";
const RUI = "+351960000555";
const GROUP = "120363000000000001@g.us";
const START = Date.UTC(2026, 10, 21, 12);
const checkUp = { key: "apt_1", to: ANA, title: "Check-up", startsAt: "2026-12-01T15:00:00Z" };
const absent = { support: "absent", why: "Not here.", source: "test" } as const;

/** Test messaging with one invitation, a clock that is moved by hand, and everything that the handlers were told. */
async function invited(policy: UnreadablePolicy | undefined, more: TestMessagingOptions & { readonly to?: string; readonly afterMs?: number } = {}) {
  const { to = ANA, afterMs = 0, ...options } = more;
  const clock = { ms: START };
  const bench = createTestMessaging({ now: () => new Date(clock.ms), ...options, ...(policy && { unreadable: { policy, afterMs, ...options.unreadable } }) });
  const told: unknown[] = [];
  const texts: InboundEvent<"message.replied">[] = [];
  bench.messaging.on("rsvp", ({ key, response, guest, handle }) => void told.push([key, response, guest.phone ?? guest.lid, handle.revision]));
  bench.messaging.on("rsvp.unreadable", ({ key, recovery }) => void told.push([key, recovery]));
  bench.messaging.on("message.replied", (event) => void texts.push(event));
  const clinic = bench.messaging.forTenant("clinic");
  const { handle } = await clinic.send({ ...checkUp, to });
  const card = handle.messages[0]?.id ?? "";
  const unreadable = (by = ANA, message?: string, mayFollow?: boolean) => {
    clock.ms += 1_000;
    return bench.happen({ type: "answer_unreadable", target: card, by, message, mayFollow });
  };
  const acts = () => bench.vendor.journal().filter(({ operation }) => operation !== "update").slice(1);
  return { ...bench, clinic, handle, card, clock, told, texts, unreadable, acts };
}

describe("an answer that nobody can read", () => {
  it("is a person's business unless told otherwise: the event says so, nothing is sent, and the guest is pending", async () => {
    const { unreadable, told, acts, clinic, close } = await invited(undefined);
    await unreadable();
    expect([told, acts()]).toEqual([[["apt_1", "human"]], []]);
    expect(await clinic.answers("apt_1")).toMatchObject({ guests: [{ key: ANA, pending: { kind: "unreadable" } }], counts: { unread: 1 }, unanswered: [{ recipient: ANA, why: "unread" }] });
    await close();
  });

  it("under the policy `nothing` calls no handler and is pending all the same", async () => {
    const { unreadable, told, acts, clinic, close } = await invited("nothing");
    await unreadable();
    expect([told, acts()]).toEqual([[], []]);
    expect((await clinic.answers("apt_1")).counts.unread).toBe(1);
    await close();
  });

  it("is asked for in a numbered text, whose answer joins the invitation with or without a quote", async () => {
    const { unreadable, told, acts, happen, clinic, clock, close } = await invited("ask-by-text");
    await unreadable();
    const [asked] = acts();
    expect(asked).toMatchObject({ operation: "sendText", chat: "person:351960000123" });
    expect(asked?.text).toMatch(/^Your answer to "Check-up", Tuesday,? 1 December 2026 at 15:00 \(UTC\), could not be read\. .*\n1\. Going\n2\. Not going\n3\. Maybe$/);
    clock.ms += 1_000;
    await happen({ type: "text", by: ANA, text: "2", quotes: asked?.messageId });
    clock.ms += 1_000;
    await happen({ type: "text", by: ANA, text: "1" });
    expect(told).toEqual([["apt_1", "asked-by-text"], ["apt_1", "NOT_GOING", ANA, 1], ["apt_1", "GOING", ANA, 1]]);
    expect((await clinic.answers("apt_1")).guests).toMatchObject([{ answer: { response: "GOING", form: "text" } }]);
    const [handle] = await clinic.find("apt_1");
    expect(handle?.messages).toMatchObject([{ form: "native" }, { id: asked?.messageId, form: "text", choices: [{ label: "Going" }, { label: "Not going" }, { label: "Maybe" }] }]);
    await close();
  });

  it("answered by a text that quotes the card counts too; what is no number stays a text", async () => {
    const { unreadable, told, happen, texts, card, close } = await invited("ask-by-text");
    await unreadable();
    await happen({ type: "text", by: ANA, text: "maybe 2 of us", quotes: card });
    await happen({ type: "text", by: ANA, text: "3)", quotes: card });
    expect(told.slice(1)).toEqual([["apt_1", "MAYBE", ANA, 1]]);
    expect(texts.map(({ text }) => text)).toEqual(["maybe 2 of us"]);
    await close();
  });

  it("is asked for by a poll: a vote replaces the earlier one, an empty one clears it, two labels are unrecognized", async () => {
    const { unreadable, told, acts, happen, clinic, messaging, clock, close } = await invited("poll");
    const odd: string[] = [];
    messaging.on("rsvp.unrecognized", ({ raw }) => void odd.push(raw));
    await unreadable();
    const [asked] = acts();
    expect(asked).toMatchObject({ operation: "sendPoll", options: ["Going", "Not going", "Maybe"] });
    for (const labels of [["Going"], ["Maybe"], [], ["Going", "Maybe"]]) {
      clock.ms += 1_000;
      await happen({ type: "vote", target: asked?.messageId ?? "", by: ANA, labels });
    }
    expect(told).toEqual([["apt_1", "asked-by-poll"], ["apt_1", "GOING", ANA, 1], ["apt_1", "MAYBE", ANA, 1], ["apt_1", "CLEARED", ANA, 1]]);
    expect(odd).toEqual(["Going, Maybe"]);
    expect((await clinic.answers("apt_1")).guests).toMatchObject([{ answer: { response: "CLEARED", form: "poll" }, pending: { kind: "unrecognized", raw: "Going, Maybe" } }]);
    await close();
  });

  it("polls-10.17: given to the card as well as to the question: the later counts, whichever that is", async () => {
    const { unreadable, told, acts, happen, clinic, card, clock, close } = await invited("poll");
    await unreadable();
    const poll = acts()[0]?.messageId ?? "";
    for (const happening of [{ type: "vote", target: poll, by: ANA, labels: ["Going"] }, { type: "answer", target: card, by: ANA, response: "no" }, { type: "vote", target: poll, by: ANA, labels: ["Maybe"] }] as const) {
      clock.ms += 1_000;
      await happen(happening);
      expect((await clinic.answers("apt_1")).guests).toHaveLength(1);
    }
    expect(told.slice(1)).toEqual([["apt_1", "GOING", ANA, 1], ["apt_1", "NOT_GOING", ANA, 1], ["apt_1", "MAYBE", ANA, 1]]);
    expect((await clinic.answers("apt_1")).guests).toMatchObject([{ answer: { response: "MAYBE", form: "poll" } }]);
    await close();
  });

  it("is asked for by the card once more, whose answer joins the same invitation", async () => {
    const { unreadable, told, acts, happen, clinic, card, clock, close } = await invited("resend");
    await unreadable();
    const [again] = acts();
    expect(again).toMatchObject({ operation: "send", card: { title: "Check-up" } });
    expect(again?.messageId).not.toBe(card);
    clock.ms += 1_000;
    await happen({ type: "answer", target: again?.messageId ?? "", by: ANA, response: "yes" });
    expect(told).toEqual([["apt_1", "sent-again"], ["apt_1", "GOING", ANA, 1]]);
    expect((await clinic.answers("apt_1")).counts.going).toBe(1);
    await close();
  });

  it.each<UnreadablePolicy>(["ask-by-text", "poll", "resend"])("polls-10.12: is asked for once by %s, however often it comes, and again for a new revision", async (policy) => {
    const { unreadable, told, acts, clinic, handle, close } = await invited(policy);
    for (let times = 0; times < 3; times += 1) await unreadable();
    expect(acts()).toHaveLength(1);
    expect(told).toHaveLength(3);
    await clinic.update(handle, { startsAt: "2026-12-02T15:00:00Z" });
    await unreadable();
    await unreadable();
    expect(acts()).toHaveLength(2);
    await close();
  });

  it("of two guests of a group asks each in person, and counts both for the group's invitation", async () => {
    const { unreadable, told, acts, happen, clinic, close } = await invited("ask-by-text", { to: GROUP });
    await unreadable(ANA);
    await unreadable(RUI);
    await unreadable("77@lid");
    expect(acts().map(({ chat }) => chat)).toEqual(["person:351960000123", "person:351960000555", "hidden:77"]);
    await happen({ type: "text", by: RUI, text: "1" });
    await happen({ type: "text", by: "77@lid", text: "not going" });
    expect(told.slice(3)).toEqual([["apt_1", "GOING", RUI, 1], ["apt_1", "NOT_GOING", "77@lid", 1]]);
    expect((await clinic.answers("apt_1")).counts).toMatchObject({ going: 1, notGoing: 1, unread: 1 });
    await close();
  });

  it("waits for the readable one that may follow under the same id, which wins and is not asked for", async () => {
    const { unreadable, told, acts, happen, messaging, card, clock, clinic, close } = await invited("ask-by-text", { afterMs: 60_000 });
    await unreadable(ANA, "R1", true);
    expect([told, acts()]).toEqual([[], []]);
    clock.ms += 5_000;
    await happen({ type: "answer", target: card, by: ANA, response: "perhaps", message: "R1" });
    clock.ms += 60_000;
    await messaging.idle();
    expect([told, acts()]).toEqual([[["apt_1", "MAYBE", ANA, 1]], []]);
    await unreadable(ANA, "R2");
    clock.ms += 60_000;
    await messaging.idle();
    expect(acts()).toHaveLength(1);
    await happen({ type: "answer", target: card, by: ANA, response: "yes", message: "R2" });
    expect(told.slice(1)).toEqual([["apt_1", "asked-by-text"], ["apt_1", "GOING", ANA, 1]]);
    expect((await clinic.answers("apt_1")).guests).toMatchObject([{ answer: { response: "GOING", source: "R2" } }]);
    await close();
  });

  it.each<[UnreadablePolicy, CapabilityTable]>([
    ["ask-by-text", { "text.send": absent }], ["ask-by-text", { "text.receive": absent }], ["poll", { "poll.send": { direct: absent, group: { ...absent, support: "native" } } }], ["poll", { "poll.receive": absent }], ["resend", { "rsvp.receive": absent }],
  ])("is a person's business where %s is not supported (%j)", async (policy, capabilities) => {
    const { unreadable, told, acts, close } = await invited(policy, { capabilities });
    await unreadable();
    expect([told, acts()]).toEqual([[["apt_1", "human"]], []]);
    await close();
  });

  it("is nobody's business to ask for when the invitation is cancelled or over, or the answer is no news", async () => {
    const { unreadable, told, acts, clinic, handle, happen, card, clock, close } = await invited("ask-by-text");
    clock.ms += 10_000;
    await happen({ type: "answer", target: card, by: ANA, response: "yes" });
    clock.ms -= 20_000;
    await unreadable();
    expect([told.length, acts()]).toEqual([1, []]);
    clock.ms += 60_000;
    await clinic.cancel(handle);
    await unreadable();
    expect(told.at(-1)).toEqual(["apt_1", "human"]);
    expect(acts().filter(({ operation }) => operation !== "cancel")).toEqual([]);
    await close();
    const late = await invited("ask-by-text");
    late.clock.ms = Date.UTC(2026, 11, 1, 16);
    await late.unreadable();
    expect([late.told, late.acts()]).toEqual([[["apt_1", "human"]], []]);
    await late.close();
  });

  it("asked for with an unknown outcome is a person's business, and is not asked for again", async () => {
    const { unreadable, told, acts, failNext, close } = await invited("ask-by-text");
    failNext({ code: "TIMEOUT", outcome: "unknown", persistence: "transient", acts: true });
    await unreadable();
    await unreadable();
    expect(told).toEqual([["apt_1", "human"], ["apt_1", "human"]]);
    expect(acts()).toHaveLength(1);
    await close();
  });

  it.each(["ask-by-text", "poll"] as const)("asked for (%s) with an unknown outcome is asked for again by reconcile() under its chosen id, which makes one message", async (policy) => {
    const { unreadable, told, acts, vendor, messaging, happen, clinic, clock, close } = await invited(policy);
    vendor.failNext("act-then-reset");
    await unreadable();
    expect(told).toEqual([["apt_1", "human"]]);
    clock.ms += 300_000;
    expect(await messaging.reconcile()).toMatchObject({ examined: 1, accepted: 1, notSent: 0, unresolved: [] });
    const [asked, ...more] = acts();
    expect([asked?.messageId, more]).toEqual([expect.stringMatching(/^3EB0[0-9A-F]{18}$/), []]);
    const [handle] = await clinic.find("apt_1");
    expect(handle?.messages).toMatchObject([{ form: "native" }, { id: asked?.messageId, vendorIds: { cardId: expect.any(String) }, choices: [{ label: "Going" }, { label: "Not going" }, { label: "Maybe" }] }]);
    await happen(policy === "poll" ? { type: "vote", target: asked?.messageId ?? "", by: ANA, labels: ["Going"] } : { type: "text", by: ANA, text: "1" });
    expect(told.at(-1)).toEqual(["apt_1", "GOING", ANA, 1]);
    await close();
  });

  it("asked for with an unknown outcome that never reached the vendor goes out once by the repeat", async () => {
    const { unreadable, acts, failNext, messaging, clock, close } = await invited("ask-by-text");
    failNext({ code: "TIMEOUT", outcome: "unknown", persistence: "transient" });
    await unreadable();
    expect(acts()).toEqual([]);
    clock.ms += 300_000;
    expect(await messaging.reconcile()).toMatchObject({ accepted: 1 });
    expect(await messaging.reconcile()).toMatchObject({ examined: 0 });
    expect(acts()).toHaveLength(1);
    await close();
  });

  it.each([
    ["that was refused proves nothing about the first request", "refuse"], ["of unknown outcome, too, is not made another time", "act-then-reset"],
  ] as const)("a repeat %s, and a person takes over", async (_, fault) => {
    const { unreadable, acts, vendor, messaging, clock, close } = await invited("ask-by-text");
    vendor.failNext("act-then-reset");
    await unreadable();
    vendor.failNext(fault);
    for (const repeats of [1, 0]) {
      clock.ms += 300_000;
      const before = vendor.requests().length;
      expect(await messaging.reconcile()).toMatchObject({ accepted: 0, notSent: 0, unresolved: [{ state: "unknown", operation: "recover", repeated: true }] });
      expect(vendor.requests().slice(before).filter(({ path }) => path === "texts.send")).toHaveLength(repeats);
    }
    expect(acts()).toHaveLength(1);
    await close();
  });

  it.each<[string, TestMessagingOptions, (all: Awaited<ReturnType<typeof invited>>) => unknown]>([
    ["without chosen ids", { capabilities: { "message.chosen-id": absent } }, () => {}],
    ["after the invitation was cancelled", {}, ({ clinic, handle }) => clinic.cancel(handle)],
    ["after the event has begun", {}, ({ clock }) => void (clock.ms = Date.UTC(2026, 11, 2))],
    ["after the invitation was changed", {}, ({ clinic, handle }) => clinic.update(handle, { title: "Another title" })],
  ])("asked for with an unknown outcome stays unknown %s", async (_, options, meanwhile) => {
    const all = await invited("ask-by-text", options);
    all.failNext({ code: "TIMEOUT", outcome: "unknown", persistence: "transient" });
    await all.unreadable();
    await meanwhile(all);
    all.clock.ms += 300_000;
    expect(await all.messaging.reconcile()).toMatchObject({ accepted: 0, notSent: 0, unresolved: [{ operation: "recover" }] });
    expect(all.acts().filter(({ operation }) => operation === "sendText")).toEqual([]);
    await all.close();
  });

  it.each<[string, (all: Awaited<ReturnType<typeof invited>>) => unknown]>([
    ["while sending is stopped", ({ messaging }) => messaging.killSwitch.stop("all")], ["that the vendor cannot take at present", ({ vendor }) => vendor.failNext("not-ready")],
  ])("a repeat %s is made later", async (_, hinder) => {
    const all = await invited("ask-by-text");
    all.failNext({ code: "TIMEOUT", outcome: "unknown", persistence: "transient" });
    await all.unreadable();
    all.clock.ms += 300_000;
    await hinder(all);
    expect(await all.messaging.reconcile()).toMatchObject({ accepted: 0, notSent: 0, unresolved: [{ operation: "recover" }] });
    expect(all.acts()).toEqual([]);
    all.messaging.killSwitch.resume("all");
    expect(await all.messaging.reconcile()).toMatchObject({ accepted: 1, unresolved: [] });
    expect(all.acts()).toHaveLength(1);
    await all.close();
  });

  it("asked for again after a refusal for good is a person's business, once more for the next answer", async () => {
    const { unreadable, told, acts, failNext, close } = await invited("ask-by-text");
    failNext({ code: "REFUSED", outcome: "not-sent", persistence: "permanent" });
    await unreadable();
    expect([told, acts()]).toEqual([[["apt_1", "human"]], []]);
    await unreadable();
    expect(told.at(-1)).toEqual(["apt_1", "asked-by-text"]);
    await close();
  });

  it("is asked for once, also when the handler fails and is called again", async () => {
    const { unreadable, acts, messaging, clock, close } = await invited("ask-by-text", { retries: { attempts: 3 } });
    let calls = 0;
    messaging.on("rsvp.unreadable", () => {
      calls += 1;
      if (calls < 3) throw new Error("the database is down");
    });
    await unreadable().catch(() => undefined);
    for (const _ of [1, 2, 3]) {
      clock.ms += 60_000;
      await messaging.idle();
    }
    expect([calls, acts().length]).toEqual([3, 1]);
    await close();
  });

  it("is asked for in the application's own words; words that could not be answered without doubt are not sent", async () => {
    const german = () => ({ text: "Kommen Sie?", choices: [{ label: "Ja", response: "GOING" as const }, { label: "Nein", response: "NOT_GOING" as const }] });
    const { unreadable, acts, happen, told, close } = await invited("ask-by-text", { unreadable: { policy: "ask-by-text", question: german } });
    await unreadable();
    expect(acts()[0]?.text).toBe("Kommen Sie?\n1. Ja\n2. Nein");
    await happen({ type: "text", by: ANA, text: "ja" });
    expect(told.at(-1)).toEqual(["apt_1", "GOING", ANA, 1]);
    await close();
    for (const choices of [[], [{ label: "Ja", response: "GOING" as const }], [{ label: "Ja", response: "GOING" as const }, { label: "JA ", response: "MAYBE" as const }], [{ label: "1", response: "GOING" as const }, { label: "2", response: "MAYBE" as const }]]) {
      const bad = await invited("ask-by-text", { unreadable: { policy: "ask-by-text", question: () => ({ text: "Kommen Sie?", choices }) } });
      await bad.unreadable();
      expect([bad.told, bad.acts()]).toEqual([[["apt_1", "human"]], []]);
      await bad.close();
    }
  });
});

describe("a text without a quote", () => {
  it("answers only when exactly one invitation is open in that chat; of two, none is chosen", async () => {
    const { unreadable, clinic, happen, told, texts, messaging, clock, close } = await invited("ask-by-text");
    await unreadable();
    const other = await clinic.send({ ...checkUp, key: "apt_2", title: "Vaccination" });
    clock.ms += 1_000;
    await happen({ type: "answer_unreadable", target: other.handle.messages[0]?.id ?? "", by: ANA });
    await happen({ type: "text", by: ANA, text: "1" });
    expect(told).toHaveLength(2);
    expect(messaging.counts()["ambiguous-text"]).toBe(1);
    await clinic.cancel(other.handle);
    clock.ms += 1_000;
    await happen({ type: "text", by: ANA, text: "1" });
    expect(told.slice(2)).toEqual([["apt_1", "GOING", ANA, 1]]);
    expect(texts).toEqual([]);
    await close();
  });

  it("polls-10.13: that quotes another message is about that one, also where one invitation only is open", async () => {
    const { unreadable, happen, told, texts, close } = await invited("ask-by-text");
    await unreadable();
    await happen({ type: "text", by: ANA, text: "1", quotes: "3EB0ANOTHERMESSAGE" });
    expect([told, texts]).toEqual([[["apt_1", "asked-by-text"]], []]);
    await happen({ type: "text", by: ANA, text: "1" });
    expect(told.slice(1)).toEqual([["apt_1", "GOING", ANA, 1]]);
    await close();
  });

  it("polls-10.13: is private chat otherwise: in a group, from somebody else, without a number, after the event", async () => {
    const { unreadable, happen, told, texts, clock, close } = await invited("ask-by-text");
    await unreadable();
    await happen({ type: "text", by: ANA, chat: GROUP, text: "1" });
    await happen({ type: "text", by: RUI, text: "1" });
    await happen({ type: "text", by: ANA, text: "see you at 1" });
    clock.ms = Date.UTC(2026, 11, 1, 15, 1);
    await happen({ type: "text", by: ANA, text: "1" });
    expect([told.length, texts]).toEqual([1, []]);
    await close();
  });
});
