import { describe, expect, it } from "@jest/globals";
import { createTestMessaging } from "../testing/index.js";
import { ANA, bench, checkUp, ending, GROUP } from "../../test/support/bench.js";

const RUI = "+351960000555";
const at = (minute: number) => `2026-11-21T12:${String(minute).padStart(2, "0")}:00Z`;

describe("the answers of an appointment", () => {
  it("are everybody's standing, head counts with extra guests, and who was invited and has no answer", async () => {
    const { messaging, answer, close } = createTestMessaging();
    const clinic = messaging.forTenant("clinic");
    for (const to of [ANA, RUI, "+351960000777"]) await clinic.send({ ...checkUp, to });
    await answer(ANA, "GOING", { extraGuests: 2, name: "Ana" });
    await answer(RUI, "MAYBE");
    await answer(RUI, "CLEARED");
    expect(await clinic.answers("apt_1")).toEqual({
      key: "apt_1",
      guests: [
        expect.objectContaining({ key: ANA, guest: { phone: ANA, name: "Ana" }, answer: expect.objectContaining({ response: "GOING", extraGuests: 2, revision: 1, form: "native" }) }),
        expect.objectContaining({ key: RUI, answer: expect.objectContaining({ response: "CLEARED" }) }),
      ],
      counts: { going: 1, notGoing: 0, maybe: 0, cleared: 1, unread: 0, extraGuests: 2, expected: 3, stale: 0, doubtful: 0 },
      unanswered: [{ recipient: RUI, why: "cleared" }, { recipient: "+351960000777", why: "silent" }],
    });
    await close();
  });

  it("of a key that nobody used, or of another tenant's, are nobody's", async () => {
    const { messaging, answer, close } = createTestMessaging({ tenants: ["clinic", "choir"] });
    await messaging.forTenant("clinic").send(checkUp);
    await answer(ANA, "GOING");
    expect(await messaging.forTenant("choir").answers("apt_1")).toMatchObject({ guests: [], unanswered: [], counts: { expected: 0 } });
    expect(await messaging.forTenant("choir").history("apt_1")).toEqual([]);
    await close();
  });

  it.each([["mark", 1, [{ recipient: ANA, why: "stale" }]], ["keep", 0, []], [undefined, 1, [{ recipient: ANA, why: "stale" }]]] as const)("to an earlier date under newDate %s", async (newDate, stale, unanswered) => {
    const clock = { ms: Date.UTC(2026, 10, 21, 12) };
    const { messaging, answer, close } = createTestMessaging({ now: () => new Date(clock.ms), ...(newDate && { newDate }) });
    const clinic = messaging.forTenant("clinic");
    const { handle } = await clinic.send(checkUp);
    clock.ms += 60_000;
    await answer(ANA, "GOING");
    clock.ms += 60_000;
    const typo = await clinic.update(handle, { title: "Check up" });
    expect((await clinic.answers("apt_1")).counts.stale).toBe(0);
    await clinic.update(typo.handle, { startsAt: "2026-12-02T15:00:00Z" });
    expect(await clinic.answers("apt_1")).toMatchObject({ counts: { going: 1, stale }, unanswered });
    clock.ms += 60_000;
    await answer(ANA, "GOING");
    expect(await clinic.answers("apt_1")).toMatchObject({ counts: { going: 1, stale: 0 }, unanswered: [] });
    await close();
  });

  it("have a history: all that came in, oldest first, of everybody or of one guest by any of their ids", async () => {
    const { clinic, answer, messaging } = bench();
    await clinic.send({ ...checkUp, to: GROUP });
    await answer("R2", "GOING", { at: at(2), guest: { phone: ANA } });
    await answer("R1", "MAYBE", { at: at(1), guest: { phone: ANA, lid: "7@lid" } });
    await answer("R3", "NOT_GOING", { at: at(3), guest: { phone: RUI } });
    await answer("R4", "GOING", { at: at(4), fromSelf: true, guest: { phone: "+351910000777" } });
    await messaging.idle();
    const sources = async (guest?: string) => (await clinic.history("apt_1", guest)).map(({ fact }) => fact.source);
    expect(await sources()).toEqual(["R1", "R2", "R3", "R4"]);
    expect(await sources("7@lid")).toEqual(["R1", "R2"]);
    expect(await sources(RUI)).toEqual(["R3"]);
    expect(await sources("9@lid")).toEqual([]);
    expect(await ending(clinic.history("apt_1", "Ana"))).toBe("INVALID_ARGUMENT not-sent");
    await messaging.close();
  });
});

describe("a number and a LID that came together", () => {
  it("are one guest in every other appointment of the tenant, and of no other tenant", async () => {
    const { clinic, answer, messaging } = bench();
    const choir = messaging.forTenant("choir");
    await clinic.send({ ...checkUp, to: GROUP });
    await clinic.send({ ...checkUp, key: "apt_2", title: "Vaccination", to: GROUP });
    await choir.send({ ...checkUp, to: GROUP });
    for (const [account, target] of [["a", "M2"], ["b", "M3"]] as const) {
      await answer(`by-phone-${account}`, "GOING", { target, at: at(1), guest: { phone: ANA } }, `/webhooks/${account}`);
      await answer(`by-lid-${account}`, "NOT_GOING", { target, at: at(2), guest: { lid: "7@lid" } }, `/webhooks/${account}`);
    }
    await messaging.idle();
    expect((await clinic.answers("apt_2")).counts).toMatchObject({ going: 1, notGoing: 1 });
    await answer("both", "MAYBE", { target: "M1", at: at(3), guest: { phone: ANA, lid: "7@lid" } });
    await messaging.idle();
    expect((await clinic.answers("apt_2")).counts).toMatchObject({ going: 0, notGoing: 1 });
    expect((await clinic.history("apt_2", ANA)).map(({ fact }) => fact.source)).toEqual(["by-phone-a", "by-lid-a"]);
    expect((await choir.answers("apt_1")).counts).toMatchObject({ going: 1, notGoing: 1 });
    await messaging.close();
  });

  it("keep a late older answer under the other id from being told", async () => {
    const { clinic, answer, messaging } = bench();
    const told: string[] = [];
    messaging.on("rsvp", ({ key, response }) => void told.push(`${key} ${response}`));
    await clinic.send({ ...checkUp, to: GROUP });
    await clinic.send({ ...checkUp, key: "apt_2", title: "Vaccination", to: GROUP });
    await answer("R1", "GOING", { at: at(1), guest: { phone: ANA, lid: "7@lid" } });
    await answer("R3", "GOING", { target: "M2", at: at(3), guest: { phone: ANA } });
    await answer("R2", "NOT_GOING", { target: "M2", at: at(2), guest: { lid: "7@lid" } });
    await messaging.idle();
    expect(told).toEqual(["apt_1 GOING", "apt_2 GOING"]);
    await messaging.close();
  });

  it("in the vendor's answer about a recipient are one guest from then on", async () => {
    const { messaging, answer, vendor, close } = createTestMessaging({ contacts: [{ phone: ANA, lid: "7@lid" }] });
    const clinic = messaging.forTenant("clinic");
    await clinic.send({ ...checkUp, to: GROUP });
    await answer("7@lid", "GOING");
    await answer(ANA, "NOT_GOING", { key: "apt_1" });
    expect((await clinic.answers("apt_1")).counts).toMatchObject({ going: 1, notGoing: 1 });
    await clinic.send({ ...checkUp, key: "apt_2" }, { recipientCheck: "warn" });
    expect(vendor.requests().filter(({ path }) => path === "people.find")).toHaveLength(1);
    expect((await clinic.answers("apt_1")).counts).toMatchObject({ going: 0, notGoing: 1 });
    await close();
  });

  it("of the account itself make nobody", async () => {
    const { clinic, answer, messaging, book } = bench();
    await clinic.send({ ...checkUp, to: GROUP });
    await answer("R1", "GOING", { fromSelf: true, guest: { phone: ANA, lid: "7@lid" } });
    await messaging.idle();
    expect(await book.people(clinic.tenant, ["7@lid"])).toEqual([]);
    await messaging.close();
  });
});

describe("answers that share a message id", () => {
  it("are told one by one, and of each guest the last counts: the vote of one is not the vote of another", async () => {
    const { clinic, answer, messaging } = bench();
    const told: string[] = [];
    messaging.on("rsvp", ({ guest, response }) => void told.push(`${guest.phone} ${response}`));
    await clinic.send({ ...checkUp, to: GROUP });
    for (const [index, [phone, response]] of [[ANA, "GOING"], [RUI, "GOING"], [ANA, "NOT_GOING"]].entries()) {
      await answer("M1", response ?? "", { edition: `${phone}-${index}`, at: at(index + 1), guest: { phone } });
      await messaging.idle();
    }
    expect(told).toEqual([`${ANA} GOING`, `${RUI} GOING`, `${ANA} NOT_GOING`]);
    expect((await clinic.answers("apt_1")).counts).toMatchObject({ going: 1, notGoing: 1 });
    await messaging.close();
  });
});

describe("dead letters", () => {
  async function dead() {
    const made = bench({ retries: { attempts: 1 } });
    const told: string[] = [];
    const state = { broken: true };
    made.messaging.on("rsvp", ({ response }) => {
      if (state.broken) throw new Error("the database is down");
      told.push(response);
    });
    await made.clinic.send({ ...checkUp, to: GROUP });
    await made.answer("R1", "GOING", { at: at(1) });
    await made.messaging.idle();
    return { ...made, told, state };
  }

  it("are listed with what they say and why, and told once they are revived", async () => {
    const { messaging, told, state } = await dead();
    const letters = await messaging.deadLetters();
    expect(letters).toMatchObject([{ reason: "handlers-failed", account: "a", fact: { type: "rsvp", source: "R1", response: "GOING" } }]);
    expect(await messaging.deadLetters(0)).toEqual([]);
    state.broken = false;
    expect(await messaging.revive(letters[0]?.id ?? "")).toBe(true);
    await messaging.idle();
    expect([told, await messaging.deadLetters()]).toEqual([["GOING"], []]);
    expect(await messaging.revive(letters[0]?.id ?? "")).toBe(false);
    await messaging.close();
  });

  it("that fail again are dead again", async () => {
    const { messaging, told } = await dead();
    const [letter] = await messaging.deadLetters();
    await messaging.revive(letter?.id ?? "");
    await messaging.idle();
    expect([told, (await messaging.deadLetters()).map(({ id }) => id)]).toEqual([[], [letter?.id]]);
    await messaging.close();
  });

  it("that a newer answer has replaced meanwhile call nobody", async () => {
    const { messaging, answer, told, state } = await dead();
    const [letter] = await messaging.deadLetters();
    state.broken = false;
    await answer("R2", "NOT_GOING", { at: at(2) });
    await messaging.idle();
    await messaging.revive(letter?.id ?? "");
    await messaging.idle();
    expect([told, await messaging.deadLetters()]).toEqual([["NOT_GOING"], []]);
    await messaging.close();
  });
});

describe("the options about answers", () => {
  it.each([
    [{ newDate: "forget" }, "newDate"], [{ unreadable: "poll" }, "unreadable"], [{ unreadable: {} }, "unreadable.policy"], [{ unreadable: { policy: "shout" } }, "unreadable.policy"],
    [{ unreadable: { policy: "poll", afterMs: -1 } }, "unreadable.afterMs"], [{ unreadable: { policy: "poll", question: "?" } }, "unreadable.question"], [{ unreadable: { policy: "poll", afterms: 1 } }, "unreadable.afterms"],
  ])("%j is refused at the start, by path", (options, path) => {
    const start = () => bench(JSON.parse(JSON.stringify(options)));
    expect(start).toThrow(expect.objectContaining({ code: "CONFIG_INVALID", issues: expect.arrayContaining([expect.objectContaining({ path })]) }));
  });
});
