import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { factIn, fixture, NOW, parse, variant } from "../test/support.js";

const EVENT = "3EB0C4D1A2B3F4E5061728";

describe("an answer to an event", () => {
  it("in a direct chat names the guest, the event by its bare id, and both times", () => {
    expect(factIn(fixture("event-response-direct"))).toEqual({
      type: "rsvp", source: "3A1F5C9E77B2D4086A9C", target: EVENT, at: "2026-12-31T10:05:00Z", guestAt: "2026-12-31T10:04:59.870Z",
      guest: { phone: "+351960000123", name: "Rita" }, response: "GOING", extraGuests: 0,
    });
  });

  it("from a LID has the phone number too where the engine knows it", () =>
    expect(factIn(fixture("event-response-direct-lid"))).toMatchObject({ target: EVENT, response: "NOT_GOING", guest: { lid: "271000000000099@lid", phone: "+351960000123" } }));

  it("waha-9.10: in a group comes from the participant, not from the group", () =>
    expect(factIn(fixture("event-response-group-lid"))).toMatchObject({ target: EVENT, response: "MAYBE", extraGuests: 1, guest: { lid: "271000000000099@lid" } }));

  it("waha-9.11: payload.to is never the guest", () => {
    for (const to of [null, "me", "351910000777@c.us", "120363400000000555@g.us"]) expect(factIn(variant("event-response-group-lid", { "payload.to": to }))).toMatchObject({ guest: { lid: "271000000000099@lid" } });
  });

  it.each([
    `false_351910000777@c.us_${EVENT}`, `false_184000000000011@lid_${EVENT}`, `true_351960000123@c.us_${EVENT}`, `true_271000000000099@lid_${EVENT}`, `false_120363400000000555@g.us_${EVENT}_184000000000011@lid`,
    `false_120363400000000555@g.us_${EVENT}_351910000777@c.us`, `true_120363400000000555@g.us_${EVENT}_351910000777@c.us`, `false_351910000777@s.whatsapp.net_${EVENT}`, EVENT,
  ])("waha-9.6: finds its event by the bare id in %s", (id) => expect(factIn(variant("event-response-direct", { "payload.eventCreationKey.id": id }))).toMatchObject({ target: EVENT }));

  it("waha-9.7: joins by id alone, so an answer from a LID to an event sent to a phone finds it", () =>
    expect([factIn(fixture("event-response-direct")), factIn(fixture("event-response-direct-lid"))].map((fact) => ("target" in fact ? fact.target : undefined))).toEqual([EVENT, EVENT]));

  it("waha-9.8: does not ask eventCreationKey.fromMe whose event it is", () => {
    for (const fromMe of [true, false, undefined]) expect(factIn(variant("event-response-direct", { "payload.eventCreationKey.fromMe": fromMe }))).toMatchObject({ type: "rsvp", target: EVENT });
  });

  it("waha-9.9: takes nobody for the guest out of eventCreationKey", () =>
    expect(factIn(variant("event-response-direct", { "payload.eventCreationKey.from": "999@c.us", "payload.eventCreationKey.to": "351999999999@c.us" }))).toMatchObject({ guest: { phone: "+351960000123" } }));

  it("waha-9.16: carries the time of the guest's device beside WhatsApp's, so the order of arrival decides nothing", () =>
    expect(factIn(variant("event-response-direct", { "payload.eventResponse.timestampMs": 1798711000000 }))).toMatchObject({ at: "2026-12-31T10:05:00Z", guestAt: "2026-12-31T09:56:40Z" }));

  it("waha-9.18: has the same source whatever the delivery's id is", () =>
    expect(factIn(variant("event-response-direct", { id: "evt_another" })).source).toBe(factIn(fixture("event-response-direct")).source));

  it("of the account itself is marked", () =>
    expect(factIn(fixture("event-response-own"))).toMatchObject({ fromSelf: true, guest: { phone: "+351910000777", lid: "184000000000011@lid" } }));

  it("waha-9.14: of the account itself is recognised by either of its ids", () => {
    for (const from of ["351910000777@c.us", "184000000000011@lid", "351910000777:9@s.whatsapp.net"]) {
      expect(factIn(variant("event-response-direct", { "payload.from": from }))).toMatchObject({ fromSelf: true });
    }
  });

  it("waha-9.15: UNKNOWN is kept as it came, and null is an answer that could not be read", () => {
    expect(factIn(fixture("event-response-unknown"))).toMatchObject({ type: "rsvp.unrecognized", raw: "UNKNOWN", target: EVENT });
    expect(factIn(variant("event-response-direct", { "payload.eventResponse": null }))).toMatchObject({ type: "rsvp.unreadable", target: EVENT });
  });

  it("UNKNOWN takes an answer back when the configuration says so", () =>
    expect(factIn(fixture("event-response-unknown"), { unknownResponse: "cleared" })).toMatchObject({ type: "rsvp", response: "CLEARED" }));

  it.each(["going", "SURE", "", null, 7, "X".repeat(200)])("a word that is none (%j) is kept raw, cut to 64 characters", (response) => {
    const fact = factIn(variant("event-response-direct", { "payload.eventResponse.response": response }), { unknownResponse: "cleared" });
    expect(fact).toMatchObject({ type: "rsvp.unrecognized", raw: typeof response === "string" ? response.slice(0, 64) : "" });
  });

  it("waha-9.50: that the server could not decrypt says who and to what", () =>
    expect(factIn(fixture("event-response-failed"))).toMatchObject({ type: "rsvp.unreadable", target: EVENT, source: "3A4F5C9E77B2D4086A9C", guest: { phone: "+351960000123" } }));

  it("waha-9.39: keeps nothing of the raw message", () => expect(JSON.stringify(factIn(fixture("event-response-direct")))).not.toMatch(/_data|encEvent|whatsapp\.net/));

  it("falls back to the delivery's time, then to the time of receipt", () => {
    const untimed = { "payload.timestamp": undefined, "payload._data": undefined };
    expect(factIn(variant("event-response-direct", untimed)).at).toBe("2026-12-31T10:05:00.123Z");
    expect(factIn(variant("event-response-direct", { ...untimed, timestamp: undefined })).at).toBe(NOW);
  });

  it.each([
    [{ "payload.id": undefined, "payload._data": undefined }, "answer-without-id"],
    [{ "payload.id": 42, "payload._data": undefined }, "answer-without-id"],
    [{ "payload.eventCreationKey": undefined }, "answer-without-event"],
    [{ "payload.eventCreationKey.id": 1e21 }, "answer-without-event"],
    [{ "payload.from": undefined }, "answer-without-guest"],
  ])("that lacks what it needs is malformed: %j", (changes, reason) => expect(parse(variant("event-response-direct", changes))).toEqual({ kind: "malformed", reason }));

  it("never throws, whatever the payload holds", () => {
    fc.assert(fc.property(fc.constantFrom("event.response", "event.response.failed", "message.any", "session.status"), fc.dictionary(fc.constantFrom("id", "from", "participant", "timestamp", "eventCreationKey", "eventResponse", "_data", "status", "fromMe"), fc.jsonValue()), (event, payload) => {
      parse({ event, session: "salon-042", payload });
    }));
  });
});
