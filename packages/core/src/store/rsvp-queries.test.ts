import { describe, expect, it } from "@jest/globals";
import { instant } from "../model/time.js";
import type { BookRecord } from "./book.js";
import { headCount, history, rsvpsByRecipient, rsvpsOf, unanswered } from "./rsvp-queries.js";
import { answer, at, GROUP, message, phone, record, recipient, TO } from "./store-suite/suite-data.js";

const ANA = { phone: phone("+351960000001") };
const RUI = { phone: phone("+351960000002") };
const sentTo = (to: typeof GROUP, given: Parameters<typeof record>[0] = {}): BookRecord => ({ ...record({ recipient: to, state: "accepted", ...given }), version: 1 });
const to = (text: string) => recipient(text);

describe("queries over answers", () => {
  it("gives everybody's standing for an appointment, a person invited twice being one", () => {
    const answers = [answer("R1", { guest: ANA }), answer("R2", { guest: RUI }), answer("R3", { guest: ANA, at: 2, response: "NOT_GOING", invitation: { recipient: to(ANA.phone) } })];
    const records = [sentTo(GROUP), sentTo(to(ANA.phone))];
    expect(rsvpsOf(records, answers).guests.map(({ key, answer: current }) => [key, current?.response])).toEqual([[ANA.phone, "NOT_GOING"], [RUI.phone, "GOING"]]);
    const byChat = rsvpsByRecipient([...records, sentTo(TO)], answers);
    expect([...byChat].map(([chat, { guests }]) => [chat, guests.length])).toEqual([[ANA.phone, 1], [TO, 0], [GROUP, 2]]);
  });

  it("counts heads with the guests that the going bring, each guest once", () => {
    const bring = (source: string, extraGuests: number, given: Parameters<typeof answer>[1]) => {
      const plain = answer(source, given);
      return plain.fact.type === "rsvp" ? { ...plain, fact: { ...plain.fact, extraGuests } } : plain;
    };
    const unread = answer("R7", { guest: ANA, at: 9 });
    const answers = [
      bring("R1", 2, { guest: ANA }), bring("R2", 3, { response: "MAYBE" }), bring("R3", 1, { guest: RUI }), answer("R4", { response: "NOT_GOING" }), answer("R5", { response: "CLEARED" }),
      { ...unread, fact: { type: "rsvp.unreadable", target: message("EVENT1"), guest: ANA, source: "R7", at: at(9) } } as const,
      { ...unread, guest: {}, fact: { type: "rsvp.unreadable", target: message("EVENT1"), guest: {}, source: "R8", at: at(9) } } as const,
    ];
    expect(headCount(rsvpsOf([], answers))).toEqual({ going: 2, notGoing: 1, maybe: 1, cleared: 1, unread: 1, extraGuests: 3, expected: 5, stale: 0, doubtful: 1 });
  });

  it("marks consents to another date by the records' own starts", () => {
    const moved = sentTo(GROUP, { revision: 2, operation: "update", begunAt: at(10) });
    const records = [sentTo(GROUP), { ...moved, handle: { ...moved.handle, details: { ...moved.handle.details, startsAt: instant("2026-12-09T15:00:00Z") } } }];
    const answers = [answer("R1", { guest: ANA, at: 5 }), answer("R2", { guest: RUI, at: 15, invitation: { revision: 2 } })];
    expect(headCount(rsvpsOf(records, answers))).toMatchObject({ going: 2, stale: 1 });
    const failed = records.map((each) => (each.revision === 2 ? { ...each, state: "not-sent" as const } : each));
    expect(headCount(rsvpsOf(failed, answers))).toMatchObject({ going: 2, stale: 0 });
    expect(headCount(rsvpsOf(records, answers, { newDate: "keep" }))).toMatchObject({ stale: 0 });
  });

  it("says who was invited directly and has no answer that counts, and why", () => {
    const people = ["+351960000010", "+351960000011", "+351960000012", "+351960000013", "+5511987650001"].map(to);
    const [silent, cleared, unread, going, brazilian] = people;
    if (!silent || !cleared || !unread || !going || !brazilian) throw new Error("five people");
    const records = [GROUP, ...people].map((each) => sentTo(each));
    const unreadable = answer("R2", { invitation: { recipient: unread } });
    const answers = [
      answer("R1", { invitation: { recipient: cleared }, response: "CLEARED" }),
      { ...unreadable, fact: { type: "rsvp.unreadable", target: message("EVENT1"), guest: {}, source: "R2", at: at(1) } } as const,
      answer("R3", { invitation: { recipient: going }, response: "NOT_GOING" }),
      answer("R4", { guest: { phone: phone("+551187650001") } }),
    ];
    expect(unanswered(records, answers)).toEqual([{ recipient: silent, why: "silent" }, { recipient: cleared, why: "cleared" }, { recipient: unread, why: "unread" }]);
  });

  it("does not ask those whose invitation was cancelled, never went out, or is somebody else's", () => {
    const one = sentTo(TO);
    const cancel = sentTo(TO, { revision: 2, operation: "cancel" });
    expect(unanswered([one], [])).toEqual([{ recipient: TO, why: "silent" }]);
    expect(unanswered([one, { ...cancel, handle: { ...cancel.handle, canceled: true } }], [])).toEqual([]);
    expect(unanswered([{ ...one, state: "not-sent" }], [])).toEqual([]);
    expect(unanswered([{ ...one, handle: { ...one.handle, createdBy: "other" } }], [])).toEqual([]);
  });

  it("tells the history oldest first, of everybody or of one guest by any id", () => {
    const lid = { providerIds: { memory: ["ana"] } };
    const answers = [answer("R3", { guest: lid, at: 3 }), answer("R1", { guest: ANA }), answer("R2", { guest: { ...ANA, ...lid }, at: 2 }), answer("R4", { guest: RUI, at: 4 }), answer("R5", { guest: RUI, at: 5, fromSelf: true })];
    const sources = (all: readonly { readonly fact: { readonly source: string } }[]) => all.map(({ fact }) => fact.source);
    expect(sources(history(answers))).toEqual(["R1", "R2", "R3", "R4", "R5"]);
    expect(sources(history(answers, ANA))).toEqual(["R1", "R2", "R3"]);
    expect(sources(history(answers, RUI))).toEqual(["R4"]);
    expect(history(answers, {})).toEqual([]);
  });
});
