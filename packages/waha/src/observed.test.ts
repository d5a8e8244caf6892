import { describe, expect, it } from "@jest/globals";
import { factIn, fixture, parse, variant } from "../test/support.js";

describe("an event seen in a chat", () => {
  it("of our own is a sighting created by self", () => {
    expect(factIn(fixture("message-any-own-event"))).toMatchObject({
      type: "invitation.observed", source: "3EB0C4D1A2B3F4E5061728", fromSelf: true, canceled: false,
      sighting: { account: "salon", recipient: "+351960000123", messageId: "3EB0C4D1A2B3F4E5061728", createdBy: "self", details: { title: "Colour appointment" } },
    });
  });

  it("of a member of a group is a sighting created by other, with what its card shows", () => {
    expect(factIn(fixture("message-any-other-event-group"))).toMatchObject({
      type: "invitation.observed", canceled: true,
      sighting: {
        recipient: "120363400000000555@g.us", createdBy: "other",
        details: { title: "Team dinner", startsAt: "2027-01-01T10:00:00Z", callLink: "https://call.whatsapp.com/video/AbCdEf123", extraGuestsAllowed: true },
      },
    });
  });

  it("arrives as message too, as the same fact", () => expect(factIn(variant("message-any-other-event-group", { event: "message" }))).toEqual(factIn(fixture("message-any-other-event-group"))));

  it("waha-9.52: needs no earlier send: the echo may come first", () => expect(factIn(fixture("message-any-own-event")).type).toBe("invitation.observed"));

  it("in a channel is none of ours", () =>
    expect(parse(variant("message-any-own-event", { "payload.id": "true_1203@newsletter_3EB0", "payload.from": "1203@newsletter" }))).toEqual({ kind: "foreign", reason: "other-chat" }));

  it("without a start is malformed", () => expect(parse(variant("message-any-own-event", { "payload._data.Message.eventMessage.startTime": null })).kind).toBe("malformed"));
});
