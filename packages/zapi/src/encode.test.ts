import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { fromEpochSeconds, instant, isCallUrl, toEpochSeconds, type InvitationDetails, type Target } from "@event-messaging/core/driver";
import { id, recipient } from "../test/known.js";
import { CREATE_ZONES, READINGS, type CreateZone, type DateTimeReading } from "./config.js";
import { encodeEdit, encodePoll, encodeResponse, encodeSend, encodeText, eventMessageOf } from "./encode.js";

const group = recipient("120363041234567890@g.us");
const EVENT = id("3EB0C41F7A9D2E6B558011");
const details: InvitationDetails = { title: "Safety briefing", description: "Bring your badge", location: { name: "Warehouse 7" }, startsAt: instant("2026-11-20T18:00:00Z"), callLink: "video" };
const target: Target = { recipient: group, createdBy: "self", messages: [
  { id: EVENT, form: "native", role: "invitation", vendorIds: {} },
  { id: id("3EB0000000000000000002"), form: "native", role: "update", vendorIds: {} },
] };


/** The instant that the service makes of a body, for each reading that its documentation leaves open; `honours` is whether it takes a zero offset. */
function understood(event: { readonly dateTime: string; readonly timeZone?: string }, reading: DateTimeReading, honours = true): number {
  const digits = Date.parse(event.dateTime) / 1000;
  const offset = event.timeZone === "UTC-3" ? -3 : event.timeZone === undefined || !honours ? undefined : 0;
  if (reading === "instant") return digits;
  if (reading === "shift") return digits + (offset ?? 0) * 3600;
  return digits - (offset ?? (reading === "wallclock-default-br" ? -3 : 0)) * 3600;
}

describe("encoding", () => {
  it("zapi-13.31: a new event has every field, zero milliseconds and a zero offset", () => {
    expect(encodeSend({ to: group, details }, "UTC")).toEqual({
      phone: "120363041234567890-group",
      event: { name: "Safety briefing", description: "Bring your badge", dateTime: "2026-11-20T18:00:00.000Z", timeZone: "UTC", location: { name: "Warehouse 7" }, callLinkType: "video", canceled: false },
    });
  });

  it("zapi-11.3: canceled is always sent, and callLinkType is voice, video or absent", () => {
    const link = "https://call.whatsapp.com/voice/AbC1";
    if (!isCallUrl(link)) throw new Error("no link");
    const types = [undefined, "voice", "video", link] as const;
    const bodies = types.map((callLink) => encodeSend({ to: group, details: { title: "x", startsAt: details.startsAt, ...(callLink && { callLink }) } }, "UTC").event);
    expect(bodies.map((event) => event.canceled)).toEqual([false, false, false, false]);
    expect(bodies.map((event) => event.callLinkType)).toEqual([undefined, "voice", "video", "voice"]);
    expect(encodeEdit({ target, details }, EVENT, true, {}).event.canceled).toBe(true);
    expect(encodeEdit({ target, details }, EVENT, false, { reading: "instant" }).event.canceled).toBe(false);
  });

  it("zapi-11.4; zapi-13.5; zapi-13.7: an edit sends the full event under the original id, without a time zone, and leaves out only what was taken away", () => {
    expect(encodeEdit({ target, details }, EVENT, false, { reading: "instant" })).toEqual({
      phone: "120363041234567890-group", eventMessageId: EVENT,
      event: { name: "Safety briefing", description: "Bring your badge", dateTime: "2026-11-20T18:00:00.000Z", location: { name: "Warehouse 7" }, callLinkType: "video", canceled: false },
    });
    const { description: _gone, ...without } = details;
    const keys = Object.keys(encodeEdit({ target, details: without }, EVENT, false, { reading: "instant" }).event);
    expect(keys).toEqual(["name", "dateTime", "location", "callLinkType", "canceled"]);
  });

  it.each(READINGS)("zapi-11.5; zapi-13.7: create then edit keep the same instant when dateTime is read as %s, at any time of any year", (reading) => {
    const zones = ["UTC", "UTC+0"] as const satisfies readonly CreateZone[];
    fc.assert(fc.property(fc.integer({ min: 1_500_000_000, max: 4_000_000_000 }), fc.constantFrom(...zones), (seconds, zone) => {
      const at: InvitationDetails = { title: "x", startsAt: fromEpochSeconds(seconds) };
      expect(understood(encodeSend({ to: group, details: at }, zone).event, reading)).toBe(seconds);
      expect(understood(encodeEdit({ target, details: at }, EVENT, false, { reading }).event, reading)).toBe(seconds);
    }));
  });

  it.each(["wallclock-default-br", "wallclock-default-utc"] as const)("an edit that names its zone says its time as a new event does, whatever the reading without one (%s)", (reading) => {
    for (const zone of CREATE_ZONES) {
      const { event } = encodeEdit({ target, details }, EVENT, false, { zone, reading: "wallclock-default-br" });
      expect([event.timeZone, understood(event, reading)]).toEqual([zone, toEpochSeconds(details.startsAt)]);
      expect(event.dateTime).toBe(encodeSend({ to: group, details }, zone).event.dateTime);
    }
    expect(encodeEdit({ target, details }, EVENT, false, { reading }).event).not.toHaveProperty("timeZone");
  });

  it.each(["2018-11-04T02:59:59Z", "2018-11-04T03:00:00Z", "2026-03-29T00:59:59Z", "2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z"])("zapi-11.5: a change of clocks (%s) shifts nothing", (at) => {
    const event = { title: "x", startsAt: instant(at) };
    for (const reading of READINGS) expect(understood(encodeEdit({ target, details: event }, EVENT, false, { reading }).event, reading)).toBe(toEpochSeconds(event.startsAt));
  });

  it.each(["wallclock-default-br", "wallclock-default-utc"] as const)("createTimeZone UTC-3 keeps the instant under %s, and under a Brazilian default that ignores the zone", (reading) => {
    const { event } = encodeSend({ to: group, details }, "UTC-3");
    expect(event).toMatchObject({ dateTime: "2026-11-20T15:00:00.000Z", timeZone: "UTC-3" });
    expect(understood(event, reading)).toBe(toEpochSeconds(details.startsAt));
    expect(understood({ dateTime: event.dateTime }, "wallclock-default-br")).toBe(toEpochSeconds(details.startsAt));
  });

  it("zapi-13.13: an answer names the event and is a word, not an object", () => {
    expect(encodeResponse({ target, response: "NOT_GOING" }, EVENT)).toEqual({ phone: "120363041234567890-group", eventMessageId: EVENT, eventResponse: "NOT_GOING" });
  });

  it("zapi-13.6: the event's own message stays the target after an edit", () => {
    expect(eventMessageOf(target)).toBe(EVENT);
    expect(eventMessageOf({ ...target, messages: [] })).toBeUndefined();
  });

  it("polls-10.2: a poll asks for a single choice, which is not the vendor's default", () => {
    expect(encodePoll({ to: group, question: "Will you come?", options: ["Going", "Not going"] })).toEqual({
      phone: "120363041234567890-group", message: "Will you come?", pollMaxOptions: 1, poll: [{ name: "Going" }, { name: "Not going" }],
    });
  });

  it("a text quotes by messageId, and only when it is to quote", () => {
    expect(encodeText({ to: recipient("+5511987650001"), text: "1 = yes\n2 = no", replyTo: EVENT })).toEqual({ phone: "5511987650001", message: "1 = yes\n2 = no", messageId: EVENT });
    expect(encodeText({ to: group, text: "hello" })).toEqual({ phone: "120363041234567890-group", message: "hello" });
  });
});
