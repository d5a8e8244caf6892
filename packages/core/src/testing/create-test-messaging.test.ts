import { describe, expect, it, jest } from "@jest/globals";
import fc from "fast-check";
import { isMessagingError } from "../error/index.js";
import type { InboundEvent } from "../model/inbound.js";
import { createTestMessaging } from "./index.js";

const ana = "+351960000123";
const group = "120363000000000001@g.us";
const checkUp = { key: "apt_123", to: ana, title: "Check-up", location: "Clinic North", startsAt: "2026-12-01T15:00:00+00:00", endsAt: "2026-12-01T15:30:00+00:00" };

describe("createTestMessaging", () => {
  it("brings an answer to the handlers under the caller's own key before it resolves", async () => {
    const { messaging, answer, close } = createTestMessaging();
    const seen: InboundEvent<"rsvp">[] = [];
    messaging.on("rsvp", async (event) => {
      await new Promise(setImmediate);
      seen.push(event);
    });
    await messaging.forTenant("clinic").send(checkUp);
    await answer(ana, "GOING", { extraGuests: 2, name: "Ana" });
    await answer(ana, "NOT_GOING");
    await answer(ana, "CLEARED");
    expect(seen.map(({ key, response, authenticity }) => [key, response, authenticity])).toEqual([
      ["apt_123", "GOING", "signature"], ["apt_123", "NOT_GOING", "signature"], ["apt_123", "CLEARED", "signature"],
    ]);
    expect(seen[0]).toMatchObject({ tenant: "clinic", account: "clinic-memory", provider: "memory", guest: { phone: ana, name: "Ana" }, extraGuests: 2 });
    await close();
  });

  it("edits, cancels, finds and answers through the real messaging", async () => {
    const { messaging, vendor, happen, close } = createTestMessaging();
    const clinic = messaging.forTenant("clinic");
    const { handle } = await clinic.send(checkUp);
    const updated = await clinic.update(handle, { title: "Check-up, later" });
    await clinic.cancel(updated.handle);
    const observed: InboundEvent<"invitation.observed">[] = [];
    messaging.on("invitation.observed", (event) => void observed.push(event));
    await happen({ type: "member-event", chat: group, by: ana, card: { title: "Rehearsal", begins_at: 1_796_137_200 } });
    const sighting = observed[0]?.sighting;
    if (sighting === undefined) throw new Error("not observed");
    await clinic.respond(await clinic.adopt({ ...sighting, key: "rehearsal" }), "MAYBE");
    expect(vendor.journal().map(({ operation }) => operation)).toEqual(["send", "update", "cancel", "respond"]);
    expect((await clinic.find("apt_123"))[0]).toMatchObject({ canceled: true, details: { title: "Check-up, later" } });
    await close();
  });

  it("lets a guest answer the newest invitation, the one of a key, or the group's", async () => {
    const { messaging, answer, close } = createTestMessaging({ tenants: ["clinic", "choir"] });
    const seen: unknown[] = [];
    messaging.on("rsvp", ({ tenant, key, guest }) => seen.push([tenant, key, guest.phone ?? guest.lid]));
    await messaging.forTenant("clinic").send(checkUp);
    await messaging.forTenant("choir").send({ ...checkUp, key: "rehearsal", to: group });
    await messaging.forTenant("clinic").send({ ...checkUp, key: "apt_124", title: "Vaccination" });
    await answer(ana, "GOING");
    await answer(ana, "GOING", { key: "apt_123" });
    await answer("77@lid", "MAYBE", { key: "apt_123" });
    await answer("+351960000999", "GOING");
    expect(seen).toEqual([["clinic", "apt_124", ana], ["clinic", "apt_123", ana], ["clinic", "apt_123", "77@lid"], ["choir", "rehearsal", "+351960000999"]]);
    await close();
  });

  it("says so when there is nothing that the guest could answer", async () => {
    const { messaging, answer, happen, close } = createTestMessaging();
    await expect(answer(ana, "GOING")).rejects.toThrow(`nothing was sent that ${ana} could answer`);
    await messaging.forTenant("clinic").send(checkUp);
    await expect(answer(ana, "GOING", { key: "apt_999" })).rejects.toThrow('no invitation under key "apt_999"');
    await expect(answer("+351960000999", "GOING")).rejects.toThrow("nothing was sent");
    await expect(answer("Ana", "GOING")).rejects.toThrow("a guest must be");
    await expect(happen({ type: "line_status", status: "ready" }, { tenant: "choir" })).rejects.toThrow('"choir" is not among the tenants');
    await close();
  });

  it("gives a handler's own error to the test, once", async () => {
    const { messaging, answer, close } = createTestMessaging();
    let calls = 0;
    messaging.on("rsvp", () => {
      calls += 1;
      if (calls === 1) throw new Error("the database is down");
    });
    await messaging.forTenant("clinic").send(checkUp);
    await expect(answer(ana, "GOING")).rejects.toThrow("the database is down");
    await answer(ana, "NOT_GOING");
    expect(calls).toBe(2);
    await close();
  });

  it("fails the next request as told: proved not sent may be sent again, unknown may not", async () => {
    const { messaging, failNext, sent, answer, close } = createTestMessaging();
    const clinic = messaging.forTenant("clinic");
    failNext({ code: "RATE_LIMITED", outcome: "not-sent", persistence: "transient", retryAfterMs: 50 });
    await expect(clinic.send(checkUp)).rejects.toMatchObject({ code: "RATE_LIMITED", outcome: "not-sent", persistence: "transient", retryAfterMs: 50 });
    expect(sent()).toEqual([]);
    await clinic.send(checkUp);
    expect(sent()).toEqual([{
      to: ana, details: { title: "Check-up", location: { name: "Clinic North" }, startsAt: "2026-12-01T15:00:00Z", endsAt: "2026-12-01T15:30:00Z" },
    }]);

    failNext({ code: "TIMEOUT", outcome: "unknown", persistence: "transient", acts: true });
    const error: unknown = await clinic.send({ ...checkUp, key: "apt_124" }).catch((reason: unknown) => reason);
    expect(isMessagingError(error) && error.outcome).toBe("unknown");
    expect(sent()).toHaveLength(2);
    await expect(clinic.send({ ...checkUp, key: "apt_124" })).rejects.toMatchObject({ outcome: "unknown" });
    expect(sent()).toHaveLength(2);
    await answer(ana, "GOING"); // the guest did get it; the book does not know the message, so no handler hears of it
    await close();
  });

  it("refuses before any request what the accounts cannot do", async () => {
    const absent = { support: "absent", why: "This vendor has no events in direct chats.", source: "test" } as const;
    const native = { support: "native", why: "It does.", source: "test" } as const;
    const { messaging, vendor, close } = createTestMessaging({ capabilities: { "invitation.send": { direct: absent, group: native } } });
    await expect(messaging.forTenant("clinic").send(checkUp)).rejects.toMatchObject({ code: "UNSUPPORTED", outcome: "not-sent", plan: { form: "none" } });
    await messaging.forTenant("clinic").send({ ...checkUp, to: group });
    expect(vendor.requests().filter(({ path }) => path !== "line.status")).toEqual([{ line: "line-1", path: "cards.send" }]);
    await close();
  });

  it("shares nothing between two test messagings", async () => {
    const one = createTestMessaging();
    const other = createTestMessaging();
    await one.messaging.forTenant("clinic").send(checkUp);
    expect(other.sent()).toEqual([]);
    expect(await other.messaging.forTenant("clinic").find("apt_123")).toEqual([]);
    await Promise.all([one.close(), other.close(), one.close()]);
  });

  it("tells the handlers, of whatever guests answer in whatever order, each guest's last word last", async () => {
    const responses = fc.constantFrom("GOING", "NOT_GOING", "MAYBE", "CLEARED");
    const guests = fc.constantFrom("+351960000001", "+351960000002", "77@lid");
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(guests, responses), { minLength: 1, maxLength: 6 }), async (answers) => {
      const { messaging, answer, close } = createTestMessaging();
      const last = new Map<string | undefined, string>();
      messaging.on("rsvp", ({ guest, response }) => void last.set(guest.phone ?? guest.lid, response));
      await messaging.forTenant("clinic").send({ ...checkUp, to: group });
      for (const [guest, response] of answers) await answer(guest, response);
      expect(last).toEqual(new Map(answers));
      await close();
    }), { numRuns: 25 });
  });

  it("leaves no timer, no socket and no handle behind", async () => {
    const running = new Set<unknown>();
    const set = globalThis.setTimeout;
    const clear = globalThis.clearTimeout;
    jest.spyOn(globalThis, "setTimeout").mockImplementation(Object.assign((work: () => void, ms?: number) => {
      const timer = set(() => {
        running.delete(timer);
        work();
      }, ms);
      running.add(timer);
      return timer;
    }, { __promisify__: set.__promisify__ }));
    jest.spyOn(globalThis, "clearTimeout").mockImplementation((timer) => {
      running.delete(timer);
      clear(timer);
    });
    const before = process.getActiveResourcesInfo();
    const { messaging, answer, close } = createTestMessaging();
    messaging.on("rsvp", () => undefined);
    await messaging.forTenant("clinic").send(checkUp);
    expect(jest.mocked(setTimeout)).toHaveBeenCalled();
    await answer(ana, "GOING");
    expect([...running]).toEqual([]);
    await close();
    expect([...running]).toEqual([]);
    expect(process.getActiveResourcesInfo()).toEqual(before);
    jest.restoreAllMocks();
  });
});
