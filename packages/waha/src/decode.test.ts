import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { fromEpochSeconds, isRecipient, type InvitationDetails } from "@event-messaging/core/driver";
import { fixture } from "../test/support.js";
import { detailsOf, guestOf, instantOf, receiptOf } from "./decode.js";
import { eventBody } from "./encode.js";
import { readMessage } from "./wire.js";

const recipient = (text: string) => {
  if (!isRecipient(text)) throw new Error(text);
  return text;
};

describe("times", () => {
  it.each([
    ["seconds of a message", 1798711500, "2026-12-31T10:05:00Z"],
    ["milliseconds of an answer", 1798711499870, "2026-12-31T10:04:59.870Z"],
    ["seconds as text", "1798711500", "2026-12-31T10:05:00Z"],
    ["milliseconds as text", "1798711500123", "2026-12-31T10:05:00.123Z"],
    ["a 64-bit pair", { low: 1798711500, high: 0, unsigned: true }, "2026-12-31T10:05:00Z"],
    ["RFC 3339", "2026-12-31T10:05:00Z", "2026-12-31T10:05:00Z"],
    ["RFC 3339 with nanoseconds and offset", "2026-12-31T11:05:00.123456789+01:00", "2026-12-31T10:05:00.123Z"],
  ])("waha-9.17; polls-10.16: %s are read by their size", (_, value, expected) => expect(instantOf(value)).toBe(expected));

  it.each([[null], [undefined], [""], ["soon"], [0], [-1], [Number.NaN], [1e20], ["2026-12-31T10:05:00"], [{}], [[]], [true]])("reads no time in %j", (value) =>
    expect(instantOf(value)).toBeUndefined());
});

describe("the answer of a send", () => {
  it("waha-9.5: needs only id and _data", () => {
    expect(receiptOf(fixture("send-answer-direct"), recipient("+351960000123"))).toEqual({
      stage: "handed-over", messageId: "3EB0C4D1A2B3F4E5061728", vendorIds: { id: "true_351960000123@c.us_3EB0C4D1A2B3F4E5061728" },
    });
  });

  it("does not need _data", () => expect(receiptOf(fixture("send-answer-group"), recipient("120363400000000555@g.us"))?.messageId).toBe("3EB0C4D1A2B3F4E5061729"));

  it("keeps the chat that the server wrote to when it rewrote the number", () => {
    const answer = { id: "true_5511987650001@c.us_3EB0", _data: null };
    expect(receiptOf(answer, recipient("+551187650001"))).toMatchObject({ recipient: "+5511987650001", messageId: "3EB0" });
  });

  it.each([
    ["a browser engine's object", { id: { fromMe: true, remote: "351960000123@c.us", id: "3EB0", _serialized: "true_351960000123@c.us_3EB0" } }],
    ["GOWS without a mapped id", { id: null, _data: { Info: { ID: "3EB0" } } }],
    ["NOWEB's key inside _data", { _data: { key: { id: "3EB0" } } }],
    ["NOWEB's key", { key: { remoteJid: "351960000123@s.whatsapp.net", fromMe: true, id: "3EB0" }, message: {} }],
    ["an object that lost its serialised form", { id: { fromMe: true, remote: "351960000123@c.us", id: "3EB0" } }],
  ])("reads the id of %s", (_, answer) => expect(receiptOf(answer, recipient("+351960000123"))?.messageId).toBe("3EB0"));

  it.each([[undefined], [null], [{}], [{ id: 42 }], [{ id: "" }], [{ id: "a_b" }], ["3EB0"], [{ error: "x" }]])("finds no id in %j", (answer) =>
    expect(receiptOf(answer, recipient("+351960000123"))).toBeUndefined());
});

describe("an event in a message", () => {
  const shown = (event: unknown, wrap = (inner: unknown): unknown => inner) => detailsOf(readMessage({ _data: { Message: wrap({ eventMessage: event }) } }));

  it("is read whole, coordinates 0/0 meaning a name only", () => {
    expect(detailsOf(readMessage(fixture<{ payload: unknown }>("message-any-own-event").payload))).toEqual({
      canceled: false,
      details: {
        title: "Colour appointment", description: "Please arrive *10 minutes* early.\nParking behind the shop.", location: { name: "Salon North, Rua do Sol 12" },
        startsAt: "2027-01-01T10:00:00Z", endsAt: "2027-01-01T11:30:00Z", extraGuestsAllowed: false,
      },
    });
  });

  it("says what was sent, whatever was sent", () => {
    const texts = fc.string({ minLength: 1, maxLength: 40 });
    const sent: fc.Arbitrary<InvitationDetails> = fc.record({
      title: texts, startsAt: fc.integer({ min: 1_500_000_000, max: 4_000_000_000 }).map(fromEpochSeconds),
      description: texts, location: fc.record({ name: texts }), endsAt: fc.integer({ min: 1_500_000_000, max: 4_000_000_000 }).map(fromEpochSeconds), extraGuestsAllowed: fc.boolean(),
    }, { requiredKeys: ["title", "startsAt"] });
    fc.assert(fc.property(sent, (details) => {
      const { event } = eventBody({ to: recipient("+351960000123"), details });
      const place = event.location && { degreesLatitude: 0, degreesLongitude: 0, ...event.location };
      expect(shown({ ...event, isCanceled: false, ...(place && { location: place }) })).toEqual({ canceled: false, details });
    }));
  });

  it("may have numbers as text, RFC 3339 or 64-bit pairs", () => {
    for (const startTime of ["1798797600", "2027-01-01T10:00:00Z", { low: 1798797600, high: 0 }]) {
      expect(shown({ name: "x", startTime })?.details.startsAt).toBe("2027-01-01T10:00:00Z");
    }
  });

  it("has no end when the end is 0", () => expect(shown({ name: "x", startTime: 1798797600, endTime: 0 })?.details).toEqual({ title: "x", startsAt: "2027-01-01T10:00:00Z" }));
  it("is found in a chat with disappearing messages", () => expect(shown({ name: "x", startTime: 1798797600 }, (message) => ({ ephemeralMessage: { message } }))).toBeDefined());
  it("keeps a link only when it is a call", () => {
    expect(shown({ name: "x", startTime: 1798797600, joinLink: "https://example.test/a" })?.details.callLink).toBeUndefined();
    expect(shown({ name: "x", startTime: 1798797600, joinLink: "https://call.whatsapp.com/video/Abc" })?.details.callLink).toBe("https://call.whatsapp.com/video/Abc");
  });
  it.each([[{ name: "x" }], [{ startTime: 1798797600 }], [{ name: "", startTime: 1798797600 }], [{ name: "x", startTime: 0 }]])("is nothing without a title and a start: %j", (event) => expect(shown(event)).toBeUndefined());
});

describe("a guest", () => {
  it("has both ids when both are shown", () =>
    expect(guestOf(["271000000000099:5@lid", "351960000123:2@s.whatsapp.net"], "Rita")).toEqual({ lid: "271000000000099@lid", phone: "+351960000123", name: "Rita" }));
  it("is never a group", () => expect(guestOf(["120363400000000555@g.us"])).toEqual({}));
});
