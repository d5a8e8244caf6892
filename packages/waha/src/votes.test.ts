import { describe, expect, it } from "@jest/globals";
import { factIn, fixture, parse, variant } from "../test/support.js";

const POLL = "3EB0D7E8F9A0B1C2233445";
const phone = { phone: "+351960000123" };
const lid = { lid: "271000000000099@lid" };

describe("a vote", () => {
  it.each([
    ["GOWS, direct", "poll-vote-gows-direct", { ...phone, ...lid, name: "Rita" }, ["Going"]],
    ["GOWS, group", "poll-vote-gows-group", lid, ["Not going"]],
    ["NOWEB, group", "poll-vote-noweb-group", lid, ["Maybe"]],
    ["WEBJS, direct", "poll-vote-webjs-direct", phone, ["Going"]],
    ["WPP, direct", "poll-vote-wpp-direct", phone, ["Going"]],
  ])("polls-10.5: on %s names the poll by its bare id, the voter and the whole choice", (_, name, guest, labels) => {
    const fact = factIn(fixture(name));
    expect(fact).toMatchObject({ type: "poll.voted", target: POLL, labels, guestAt: "2026-12-31T10:04:59.870Z" });
    expect("guest" in fact && fact.guest).toEqual(guest);
    expect(fact.fromSelf).toBeUndefined();
  });

  it.each([
    `true_351960000123@c.us_${POLL}`, `true_271000000000099@lid_${POLL}`, `false_999000000000011@lid_${POLL}`,
    `true_120363400000000555@g.us_${POLL}`, `true_120363400000000555@g.us_${POLL}_351910000777@c.us`, POLL,
  ])("polls-10.4; polls-10.5: finds its poll by the bare id in %s, whatever poll.fromMe says", (id) => {
    for (const fromMe of [true, false, undefined]) expect(factIn(variant("poll-vote-gows-direct", { "payload.poll.id": id, "payload.poll.fromMe": fromMe }))).toMatchObject({ target: POLL });
  });

  it("polls-10.7: that is taken back is a vote for nothing", () => expect(factIn(variant("poll-vote-gows-direct", { "payload.vote.selectedOptions": [] }))).toMatchObject({ type: "poll.voted", labels: [] }));

  it.each([["poll-vote-failed-gows"], ["poll-vote-failed-noweb"]])("that failed (%s) is an answer nobody can read", (name) =>
    expect(factIn(fixture(name))).toMatchObject({ type: "rsvp.unreadable", target: POLL, guest: lid }));

  it("polls-10.6: that failed on NOWEB counts in seconds, and is as new as others", () =>
    expect(factIn(fixture("poll-vote-failed-noweb"))).toMatchObject({ at: "2026-12-31T10:04:59Z", guestAt: "2026-12-31T10:04:59Z" }));

  it("polls-10.8: has its poll's key in our view, an answer its event's in the guest's, and neither says who wrote", () => {
    const ours = { id: `true_351960000123@c.us_${POLL}`, to: "351960000123@c.us", from: "me", fromMe: true };
    const theirs = { id: `false_351910000777@c.us_${POLL}`, to: "351910000777@c.us", from: "351910000777@c.us", fromMe: false };
    for (const key of [ours, theirs]) {
      for (const fact of [factIn(variant("poll-vote-gows-direct", { "payload.poll": key })), factIn(variant("event-response-direct", { "payload.eventCreationKey": key }))]) {
        expect(fact).toMatchObject({ target: POLL, guest: phone });
        expect(fact.fromSelf).toBeUndefined();
      }
    }
  });

  it("polls-10.7: that failed is unreadable with null and with an empty choice", () => {
    for (const selected of [null, [], undefined]) expect(factIn(variant("poll-vote-failed-gows", { "payload.vote.selectedOptions": selected })).type).toBe("rsvp.unreadable");
  });

  it.each([[null], [undefined]])("that failed and names %j as its choice was taken back where failedVote says so", (selected) => {
    const failed = variant("poll-vote-failed-gows", { "payload.vote.selectedOptions": selected });
    expect(factIn(failed, { failedVote: "cleared" })).toMatchObject({ type: "poll.voted", target: POLL, labels: [], guest: lid });
    expect(factIn(failed, { failedVote: "unreadable" }).type).toBe("rsvp.unreadable");
  });

  it("that failed with an empty choice or one of another shape is unreadable whatever failedVote says, and a vote that did not fail is no matter of it", () => {
    for (const selected of [[], "", ["Going"], [1]]) expect(factIn(variant("poll-vote-failed-gows", { "payload.vote.selectedOptions": selected }), { failedVote: "cleared" }).type).toBe("rsvp.unreadable");
    expect(factIn(fixture("poll-vote-failed-noweb"), { failedVote: "cleared" }).type).toBe("rsvp.unreadable");
    expect(factIn(variant("poll-vote-gows-direct", { "payload.vote.selectedOptions": null }), { failedVote: "cleared" }).type).toBe("rsvp.unreadable");
  });

  it.each([[null], [undefined], ["Going"], [[1]]])("polls-10.7: with a choice of another shape (%j) is unreadable, not cleared", (selected) =>
    expect(factIn(variant("poll-vote-gows-direct", { "payload.vote.selectedOptions": selected })).type).toBe("rsvp.unreadable"));

  it.each([[1798711499, "2026-12-31T10:04:59Z"], [1798711499870, "2026-12-31T10:04:59.870Z"], ["1798711499870", "2026-12-31T10:04:59.870Z"]])("polls-10.6; polls-10.16: at %j is read in its own unit", (timestamp, expected) =>
    expect(factIn(variant("poll-vote-gows-direct", { "payload.vote.timestamp": timestamp })).guestAt).toBe(expected));

  it("without a time has that of the delivery", () => {
    const fact = factIn(variant("poll-vote-gows-direct", { "payload.vote.timestamp": undefined }));
    expect([fact.at, fact.guestAt]).toEqual(["2026-12-31T10:05:00.412Z", undefined]);
  });

  it("has WhatsApp's own time first where the engine shows it", () =>
    expect(factIn(variant("poll-vote-gows-direct", { "payload._data.Info.Timestamp": "2026-12-31T10:05:00Z" }))).toMatchObject({ at: "2026-12-31T10:05:00Z", guestAt: "2026-12-31T10:04:59.870Z" }));

  it("polls-10.6: that changes is another fact, although WEBJS and WPP give every vote the id of the poll", () => {
    for (const name of ["poll-vote-webjs-direct", "poll-vote-wpp-direct"]) {
      const first = factIn(fixture(name));
      const second = factIn(variant(name, { "payload.vote.selectedOptions": ["Maybe"], "payload.vote.timestamp": 1798711599870 }));
      const back = factIn(variant(name, { "payload.vote.timestamp": 1798711699870 }));
      expect(new Set([first, second, back].map(({ source, edition }) => `${source} ${edition ?? ""}`)).size).toBe(3);
    }
  });

  it("without a time of its own is told apart by the delivery's, where votes share the poll's id", () => {
    const editions = [1798711500412, 1798711700412].map((timestamp) => factIn(variant("poll-vote-webjs-direct", { timestamp, "payload.vote.timestamp": undefined })).edition);
    expect(editions[0]).not.toBe(editions[1]);
  });

  it("that the engine reports twice is one fact", () => {
    const again = variant("poll-vote-gows-direct", { id: "evt_other", timestamp: 1798711500999 });
    expect([factIn(again).source, factIn(again).edition]).toEqual([factIn(fixture("poll-vote-gows-direct")).source, factIn(fixture("poll-vote-gows-direct")).edition]);
  });

  it("polls-10.5: of the account itself is marked, although its chat is the guest's", () =>
    expect(factIn(variant("poll-vote-gows-direct", { "payload.vote.fromMe": true }))).toMatchObject({ fromSelf: true, guest: { phone: "+351910000777" } }));

  it.each([[{ "payload.poll": undefined }, "vote-without-poll"], [{ "payload.poll.id": 7 }, "vote-without-poll"], [{ "payload.vote.from": undefined, "payload._data": undefined }, "vote-without-voter"]])(
    "that lacks what it needs is malformed: %j", (changes, reason) => expect(parse(variant("poll-vote-gows-direct", changes))).toEqual({ kind: "malformed", reason }));
});
