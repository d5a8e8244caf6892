import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { Guest, RsvpResponse } from "../model/guest.js";
import { tenantId } from "../model/ids.js";
import { isLid, type Lid } from "../model/recipient.js";
import { instant } from "../model/time.js";
import type { Answer } from "./book.js";
import { compareAnswers } from "./answer-order.js";
import { canonicalJson } from "./canonical-json.js";
import { rsvpFold } from "./rsvp-fold.js";
import { answer, at, GROUP, message, phone, TO } from "./store-suite/suite-data.js";

const ANA = { phone: phone("+351960000001") };
const lid = (text: string): Lid => {
  if (isLid(text)) return text;
  throw new TypeError(text);
};
const fold = rsvpFold();

/** The same receipt, but nobody can read it, or this version has no word for it. */
function unread(from: Answer, type: "rsvp.unreadable" | "rsvp.unrecognized" = "rsvp.unreadable"): Answer {
  const { source, at: time, guest } = from.fact.type === "rsvp" ? from.fact : { ...from.fact };
  const head = { target: message("EVENT1"), guest, source, at: time };
  return { ...from, fact: type === "rsvp.unreadable" ? { type, ...head } : { type, ...head, raw: "SOMEDAY" } };
}

describe("RSVP fold", () => {
  it("lets the newest answer of a guest win, whenever it arrives", () => {
    const { guests } = fold([answer("R2", { guest: ANA, at: 2, response: "NOT_GOING" }), answer("R1", { guest: ANA, at: 1 })]);
    expect(guests).toHaveLength(1);
    expect(guests[0]).toMatchObject({ key: ANA.phone, ids: [ANA.phone], answer: { response: "NOT_GOING", at: at(2), source: "R2", extraGuests: 0 } });
  });

  it("orders by the vendor's clock first, so a guest's phone that runs fast does not pin an answer", () => {
    const first = answer("R1", { guest: ANA, at: 1 });
    const fast: Answer = { ...first, fact: { ...first.fact, guestAt: at(1440) } };
    expect(fold([fast, answer("R2", { guest: ANA, at: 2, response: "MAYBE" })]).guests[0]?.answer?.response).toBe("MAYBE");
  });

  it("orders answers of one vendor second by the guest's clock, then by message id", () => {
    const with_ = (source: string, guestAt: string, response: RsvpResponse): Answer => {
      const plain = answer(source, { guest: ANA, response });
      return { ...plain, fact: { ...plain.fact, guestAt: instant(guestAt) } };
    };
    const early = with_("R9", "2026-11-01T12:01:00.100Z", "GOING");
    const late = with_("R1", "2026-11-01T12:01:00.900Z", "MAYBE");
    expect(fold([late, early]).guests[0]?.answer?.response).toBe("MAYBE");
    expect(fold([answer("R1", { guest: ANA, response: "GOING" }), answer("R2", { guest: ANA, response: "MAYBE" })]).guests[0]?.answer?.response).toBe("MAYBE");
  });

  it("keeps a cleared answer as an answer, and counts extra guests only as whole numbers", () => {
    expect(fold([answer("R1", { guest: ANA }), answer("R2", { guest: ANA, at: 2, response: "CLEARED" })]).guests[0]?.answer?.response).toBe("CLEARED");
    const plain = answer("R1", { guest: ANA });
    const bring = (extraGuests: number) => fold([{ ...plain, fact: { type: "rsvp", target: message("EVENT1"), guest: ANA, response: "GOING", source: "R1", at: at(1), extraGuests } }]).guests[0]?.answer?.extraGuests;
    expect([2, 0, -1, 1.5, Number.NaN].map(bring)).toEqual([2, 0, 0, 0, 0]);
  });

  it("leaves the account's own answers out, also as witnesses of others", () => {
    expect(fold([answer("R1", { fromSelf: true, guest: ANA })])).toEqual({ guests: [] });
    expect(fold([answer("R1", { fromSelf: true }), unread(answer("R1", { guest: ANA }))]).guests[0]?.pending?.kind).toBe("unreadable");
  });

  it("shows a newer answer that cannot be read beside the older one, which is not replaced", () => {
    const [guest] = fold([answer("R1", { guest: ANA }), unread(answer("R2", { guest: ANA, at: 2 }))]).guests;
    expect(guest).toMatchObject({ answer: { response: "GOING", source: "R1" }, pending: { kind: "unreadable", source: "R2", at: at(2) } });
    const [other] = fold([answer("R1", { guest: ANA }), unread(answer("R2", { guest: ANA, at: 2 }), "rsvp.unrecognized")]).guests;
    expect(other?.pending).toEqual({ kind: "unrecognized", source: "R2", at: at(2), revision: 1, raw: "SOMEDAY" });
  });

  it("forgets about an unreadable answer once a newer one is readable", () => {
    expect(fold([unread(answer("R1", { guest: ANA })), answer("R2", { guest: ANA, at: 2 })]).guests[0]).not.toHaveProperty("pending");
  });

  it("lets the readable receipt of a message win over the unreadable one, even if that looks newer", () => {
    for (const late of [1, 9]) {
      const [guest] = fold([answer("R1", { guest: ANA }), unread(answer("R1", { guest: ANA, at: late }))]).guests;
      expect(guest).toMatchObject({ answer: { source: "R1" } });
      expect(guest).not.toHaveProperty("pending");
    }
  });

  it("takes a message seen from a LID and again from a phone for one answer", () => {
    const { guests } = fold([unread(answer("R1", { guest: { lid: lid("7@lid") } })), answer("R1", { guest: ANA })]);
    expect(guests.map(({ ids }) => ids)).toEqual([[ANA.phone]]);
  });

  it("does not let a member hide another's answer by taking its message id", () => {
    const victim = answer("R1", { guest: { ...ANA, lid: lid("7@lid") } });
    const thief = answer("R1", { guest: { lid: lid("8@lid") }, response: "NOT_GOING", at: 5 });
    expect(fold([victim, thief]).guests.map(({ answer: current }) => current?.response)).toEqual(["GOING", "NOT_GOING"]);
    expect(fold([unread(victim), thief]).guests[0]?.pending?.kind).toBe("unreadable");
  });

  it("joins a guest's ids through any answer, with the newest phone, LID and name shown", () => {
    const guests: readonly Guest[] = [{ lid: lid("7@lid"), name: "Ana" }, { phone: phone("+5511987650001") }, { phone: phone("+551187650001"), lid: lid("7@lid"), name: "Ana S." }];
    const state = fold(guests.map((guest, index) => answer(`R${index}`, { guest, at: index, response: "MAYBE" })));
    expect(state.guests).toMatchObject([{ key: "+551187650001", ids: ["+551187650001", "+5511987650001", "7@lid"], guest: { phone: "+551187650001", lid: "7@lid", name: "Ana S." } }]);
  });

  it("joins guests by what is known from elsewhere, without adding anybody", () => {
    const known = [{ ...ANA, lid: lid("7@lid") }, { phone: phone("+351960000777") }];
    const state = rsvpFold({ known })([answer("R1", { guest: ANA }), answer("R2", { guest: { lid: lid("7@lid") }, at: 2, response: "NOT_GOING" })]);
    expect(state.guests.map(({ answer: current }) => current?.response)).toEqual(["NOT_GOING"]);
  });

  it("takes whoever answers in a direct chat for the recipient", () => {
    const direct = (source: string, guest: Guest, minute: number) => answer(source, { guest, at: minute, invitation: { recipient: TO } });
    const state = fold([direct("R1", { phone: phone(TO) }, 1), direct("R2", { lid: lid("7@lid") }, 2), direct("R3", {}, 3)]);
    expect(state.guests.map(({ ids, answer: current }) => [ids, current?.source])).toEqual([[[TO, "7@lid"], "R3"]]);
  });

  it("keeps answers of a group without any id apart, by their message", () => {
    expect(fold([answer("R1"), answer("R2")]).guests.map(({ key }) => key)).toEqual(["?R1", "?R2"]);
  });

  it("refuses answers of two tenants or keys", () => {
    expect(() => fold([answer("R1"), answer("R2", { invitation: { tenant: tenantId("other") } })])).toThrow(TypeError);
    expect(() => fold([answer("R1"), answer("R2", { invitation: { key: "apt_2" } })])).toThrow(TypeError);
  });

  describe("with a new date", () => {
    const revisions = (starts: readonly string[]) => starts.map((start, index) => ({ recipient: GROUP, revision: index + 1, startsAt: instant(start), since: at(index * 10) }));
    const old = answer("R1", { guest: ANA, at: 5, invitation: { revision: 2 } });
    const moved = revisions(["2026-12-01T15:00:00Z", "2026-12-02T15:00:00Z"]);

    it("marks answers from before as stale, even if they arrive after it and are filed under the new revision", () => {
      expect(rsvpFold({ revisions: moved })([old]).guests[0]?.answer).toMatchObject({ stale: true, revision: 1 });
      expect(rsvpFold({ revisions: moved })([answer("R1", { guest: ANA, at: 15, invitation: { revision: 2 } })]).guests[0]?.answer).toMatchObject({ revision: 2 });
    });

    it("takes an answer to the old card for one to the old date, whenever it was given", () => {
      expect(rsvpFold({ revisions: moved })([answer("R1", { guest: ANA, at: 15 })]).guests[0]?.answer?.stale).toBe(true);
    });

    it("marks nothing when only other details changed, when the start came back, when told to keep, or when another chat's start moved", () => {
      const stale = (options: Parameters<typeof rsvpFold>[0]) => rsvpFold(options)([old]).guests[0]?.answer?.stale;
      expect(stale({ revisions: revisions(["2026-12-01T15:00:00Z", "2026-12-01T15:00:00.000Z"]) })).toBeUndefined();
      expect(stale({ revisions: revisions(["2026-12-01T15:00:00Z", "2026-12-02T15:00:00Z", "2026-12-01T15:00:00Z"]) })).toBeUndefined();
      expect(stale({ revisions: moved, newDate: "keep" })).toBeUndefined();
      expect(stale({ revisions: moved.map((seen) => ({ ...seen, recipient: TO })) })).toBeUndefined();
      expect(stale({})).toBeUndefined();
    });
  });
});

const guestArbitrary: fc.Arbitrary<Guest> = fc.record({
  phone: fc.constantFrom(phone("+5511987650001"), phone("+551187650001"), phone("+351960000001")),
  lid: fc.constantFrom(lid("1@lid"), lid("2@lid")),
  name: fc.constantFrom("Ana", "Rui"),
}, { requiredKeys: [] });

const answerArbitrary: fc.Arbitrary<Answer> = fc.record({
  source: fc.constantFrom("R1", "R2", "R3", "R4"), minute: fc.nat(3), guestMinute: fc.option(fc.nat(3), { nil: undefined }), guest: guestArbitrary,
  response: fc.constantFrom<RsvpResponse>("GOING", "NOT_GOING", "MAYBE", "CLEARED"), kind: fc.constantFrom("rsvp", "rsvp", "rsvp.unreadable", "rsvp.unrecognized"),
  fromSelf: fc.option(fc.constant(true as const), { nil: undefined, freq: 9 }), revision: fc.integer({ min: 1, max: 2 }), recipient: fc.constantFrom(GROUP, GROUP, TO),
}).map(({ source, minute, guestMinute, guest, response, kind, fromSelf, revision, recipient }) => {
  const plain = answer(source, { guest, at: minute, response, invitation: { revision, recipient }, ...(fromSelf && { fromSelf }) });
  const timed = guestMinute === undefined ? plain : { ...plain, fact: { ...plain.fact, guestAt: at(guestMinute) } };
  return kind === "rsvp.unreadable" || kind === "rsvp.unrecognized" ? unread(timed, kind) : timed;
});

describe("RSVP fold, as a law", () => {
  it("gives one state, as text, for every order and multiplicity of the same answers", () => {
    const set = fc.array(answerArbitrary, { maxLength: 8 });
    fc.assert(fc.property(set.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }), fc.array(fc.nat(), { maxLength: 6 }))), ([all, shuffled, again]) => {
      const twice = [...again.flatMap((index) => all[index % Math.max(1, all.length)] ?? []), ...shuffled];
      expect(JSON.stringify(fold(twice))).toBe(JSON.stringify(fold(all)));
      expect(canonicalJson(JSON.parse(JSON.stringify(fold(all))))).toBe(canonicalJson(fold(all)));
    }), { numRuns: 300 });
  });

  it("orders answers totally: antisymmetric, transitive, and equal only for the same", () => {
    fc.assert(fc.property(answerArbitrary, answerArbitrary, answerArbitrary, (a, b, c) => {
      expect(Math.sign(compareAnswers(a, b))).toBe(-Math.sign(compareAnswers(b, a)) + 0);
      if (compareAnswers(a, b) <= 0 && compareAnswers(b, c) <= 0) expect(compareAnswers(a, c)).toBeLessThanOrEqual(0);
      expect(compareAnswers(a, b) === 0).toBe(canonicalJson(a) === canonicalJson(b));
    }), { numRuns: 1_000 });
  });

  it("never shows an unreadable answer as one, and never one of ours", () => {
    fc.assert(fc.property(fc.array(answerArbitrary, { maxLength: 8 }), (all) => {
      const readable = new Set(all.filter(({ fact }) => fact.type === "rsvp" && !fact.fromSelf).map(({ fact }) => fact.source));
      for (const { answer: current } of fold(all).guests) if (current) expect(readable.has(current.source)).toBe(true);
    }));
  });
});
