import { describe, expect, it } from "@jest/globals";
import { accountId, messageId, type MessageId } from "../model/ids.js";
import type { InboundEvent, Sighting } from "../model/inbound.js";
import { isRecipient, type Recipient } from "../model/recipient.js";
import { instant } from "../model/time.js";
import { ANA, bench, checkUp, ending, GROUP } from "../../test/support/bench.js";

const id = (text: string): MessageId => messageId(text) ?? JSON.parse("null");
const to = (text: string): Recipient => (isRecipient(text) ? text : JSON.parse("null"));
const sighting: Sighting = { account: accountId("a"), recipient: to(GROUP), messageId: id("THEIRS"), createdBy: "other", details: { title: "Rehearsal", startsAt: instant("2026-12-01T15:00:00Z") } };
const event = { ...sighting, key: "rehearsal" };

describe("adopting an event", () => {
  it("makes a handle of it without a request, and the same one again for the same event", async () => {
    const { clinic, vendor } = bench();
    const handle = await clinic.adopt(event);
    expect(handle).toMatchObject({ v: 1, tenant: "clinic", key: "rehearsal", account: "a", provider: "fake", createdBy: "other", revision: 1, messages: [{ id: "THEIRS", role: "invitation" }] });
    expect(await clinic.adopt(event)).toEqual(handle);
    expect((await Promise.all([clinic.adopt(event), clinic.adopt(event)]))[1]).toEqual(handle);
    expect(await clinic.find("rehearsal")).toEqual([handle]);
    expect([vendor.requests.length, vendor.probes]).toEqual([0, 0]);
  });

  it("gives the handle that stands for an event which this program sent", async () => {
    const { clinic } = bench();
    const { handle } = await clinic.send(checkUp);
    expect(await clinic.adopt({ ...sighting, key: "apt_1", recipient: to(ANA), messageId: id("M1"), createdBy: "self" })).toEqual(handle);
  });

  it("refuses the message of another tenant, and one that is filed under another key", async () => {
    const { clinic, messaging } = bench();
    await clinic.adopt(event);
    expect(await ending(messaging.forTenant("choir").adopt(event))).toBe("INVALID_ARGUMENT not-sent");
    expect(String(await messaging.forTenant("choir").adopt(event).catch((error: unknown) => error))).not.toContain("rehearsal");
    expect(await ending(clinic.adopt({ ...event, key: "other" }))).toBe("INVALID_ARGUMENT not-sent");
    expect(await clinic.find("other")).toEqual([]);
  });

  it("takes the same message id of another account for another event", async () => {
    const { messaging, clinic } = bench();
    await clinic.adopt(event);
    expect((await messaging.forTenant("choir").adopt({ ...event, account: accountId("b") })).tenant).toBe("choir");
  });

  it("refuses an account that is not in the directory, and bad input by path", async () => {
    const { clinic } = bench();
    expect(await ending(clinic.adopt({ ...event, account: accountId("nobody") }))).toBe("NOT_FOUND not-sent");
    const adopt: (given: unknown) => Promise<unknown> = Object(clinic.adopt);
    await expect(adopt({ ...event, key: "", recipient: "x@c.us", messageId: 1, createdBy: "me", details: { title: "", startsAt: "2026-12-01" }, more: 1 })).rejects.toMatchObject({
      code: "INVALID_ARGUMENT", issues: expect.arrayContaining(["key", "recipient", "messageId", "createdBy", "details.title", "details.startsAt", "more"].map((path) => expect.objectContaining({ path }))),
    });
    for (const given of [undefined, null, 1, {}, []]) expect(await ending(adopt(given))).toBe("INVALID_ARGUMENT not-sent");
  });

  it("wakes the answers that came before the book knew the event", async () => {
    const { clinic, messaging, answer } = bench();
    const told: InboundEvent<"rsvp">[] = [];
    messaging.on("rsvp", (one) => void told.push(one));
    expect(await answer("R1", "GOING", { target: "THEIRS" })).toEqual({ handled: true, status: 200 });
    await messaging.idle();
    expect(told).toEqual([]);
    await clinic.adopt(event);
    await messaging.idle();
    expect(told.map(({ key, tenant, response }) => [tenant, key, response])).toEqual([["clinic", "rehearsal", "GOING"]]);
    await messaging.close();
  });

  it("has its times in their one form", async () => {
    const { clinic } = bench();
    const handle = await clinic.adopt({ ...event, details: { title: "Rehearsal", startsAt: JSON.parse('"2026-12-01T16:00:00.5+01:00"') } });
    expect(handle.details.startsAt).toBe("2026-12-01T15:00:00Z");
  });
});
