import { describe, expect, it } from "@jest/globals";
import { instant, isRecipient, messageId, type InvitationDetails, type Recipient } from "@event-messaging/core/driver";
import { eventBody } from "./encode.js";

const to = (text: string): Recipient => {
  if (!isRecipient(text)) throw new Error(text);
  return text;
};
const whole: InvitationDetails = {
  title: "Colour appointment", description: "Please arrive *10 minutes* early.\nParking behind the shop.",
  startsAt: instant("2027-01-01T10:00:00Z"), endsAt: instant("2027-01-01T11:30:00Z"),
  location: { name: "Salon North, Rua do Sol 12" }, extraGuestsAllowed: false,
};

describe("the request of an invitation", () => {
  it("carries every field that WAHA has, in its spelling", () => {
    const replyTo = messageId("3EB0A71D33C0F9E2B4D650");
    expect(eventBody({ to: to("+351960000123"), details: whole, ...(replyTo && { replyTo }) })).toEqual({
      chatId: "351960000123@c.us",
      reply_to: "3EB0A71D33C0F9E2B4D650",
      event: {
        name: "Colour appointment", description: "Please arrive *10 minutes* early.\nParking behind the shop.",
        startTime: 1798797600, endTime: 1798803000, location: { name: "Salon North, Rua do Sol 12" }, extraGuestsAllowed: false,
      },
    });
  });

  it("leaves out what is not given", () => {
    expect(eventBody({ to: to("120363400000000555@g.us"), details: { title: "Rehearsal", startsAt: instant("2027-01-01T10:00:00Z") } }))
      .toEqual({ chatId: "120363400000000555@g.us", event: { name: "Rehearsal", startTime: 1798797600 } });
  });

  it("waha-9.1: it has a name, a location object and numbers, not the title, text and ISO times of the other sample", () => {
    const { event } = eventBody({ to: to("+351960000123"), details: whole });
    expect(Object.keys(event).sort()).toEqual(["description", "endTime", "extraGuestsAllowed", "location", "name", "startTime"]);
    expect([typeof event.startTime, typeof event.endTime, typeof event.location]).toEqual(["number", "number", "object"]);
  });

  it("waha-9.2: times are seconds, not milliseconds", () => expect(eventBody({ to: to("+351960000123"), details: whole }).event.startTime).toBeLessThan(1e10));

  it("waha-9.3: times are whole seconds even when an instant has a fraction", () => {
    const details = { title: "x", startsAt: instant("2027-01-01T10:00:00.900Z"), endsAt: instant("2027-01-01T10:30:00.100Z") };
    const { event } = eventBody({ to: to("+351960000123"), details });
    expect([event.startTime, event.endTime]).toEqual([1798797600, 1798799400]);
  });
});
