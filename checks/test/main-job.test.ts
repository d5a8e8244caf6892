import { afterEach, describe, expect, it } from "@jest/globals";
import { isMessagingError, type InboundEvent, type InvitationInput, type MessagingError } from "@event-messaging/core";
import { GROUP, startTwoVendors, ZAPI_GROUP, type TwoVendors, type TwoVendorsOptions } from "../src/two-vendors.js";

let stage: TwoVendors | undefined;
afterEach(async () => {
  await stage?.stop();
  stage = undefined;
});

async function open(options?: TwoVendorsOptions) {
  stage = await startTwoVendors(options);
  const rsvps: InboundEvent<"rsvp">[] = [];
  stage.messaging.on("rsvp", (event) => void rsvps.push(event));
  return { ...stage, rsvps };
}

const rehearsal = (key: string, more: Partial<InvitationInput> = {}): InvitationInput => ({ key, to: GROUP, title: "Rehearsal", startsAt: "2026-12-01T19:00:00+00:00", ...more });

async function failure(call: Promise<unknown>): Promise<MessagingError> {
  const error = await call.then(() => undefined, (reason: unknown) => reason);
  if (isMessagingError(error)) return error;
  throw new Error("a MessagingError was expected");
}

describe("one backend, two vendors", () => {
  it("ties answers from both vendors to the caller's own appointments", async () => {
    const { messaging, waha, zapi, settled, rsvps } = await open();
    await messaging.forTenant("clinic").send({ key: "apt_1", to: "+351960000123", title: "Check-up", location: "Clinic North", startsAt: "2026-12-01T15:00:00+00:00", endsAt: "2026-12-01T15:30:00+00:00" });
    await messaging.forTenant("club").send(rehearsal("match_1", { title: "Match" }));
    await settled();
    await waha.answer({ account: "clinic", chat: "351960000123@c.us", guest: { phone: "351960000123", lid: "271000000000099" }, response: "GOING", as: "lid" });
    await zapi.answer({ account: "CLUB1", chat: ZAPI_GROUP, guest: { phone: "5511987650001", lid: "70123456789012" }, response: "NOT_GOING" });
    await settled();
    expect(rsvps.map(({ key, tenant, provider, response, authenticity }) => [key, tenant, provider, response, authenticity])).toEqual([
      ["apt_1", "clinic", "waha", "GOING", "signature"],
      ["match_1", "club", "zapi", "NOT_GOING", "url-secret"],
    ]);
    expect(rsvps[1]?.guest.phone).toBe("+5511987650001");
  });

  it("sends a tenant's next event through another vendor when one record changes, and still counts a late answer to the first", async () => {
    const { messaging, tenants, waha, zapi, settled, rsvps } = await open();
    const choir = messaging.forTenant("choir");
    const first = await choir.send(rehearsal("r1"));
    await settled();
    tenants["choir"] = "choir-zapi";
    const second = await choir.send(rehearsal("r2", { title: "Concert" }));
    expect([first.handle.provider, second.handle.provider]).toEqual(["waha", "zapi"]);
    expect([first.stage, second.stage]).toEqual(["handed-over", "queued"]);
    await settled();
    await waha.answer({ account: "choir", chat: GROUP, guest: { phone: "351960000123" }, response: "MAYBE" });
    await zapi.answer({ account: "CHOIR1", chat: ZAPI_GROUP, guest: { phone: "351960000123" }, response: "GOING" });
    await settled();
    expect(rsvps.map(({ key, response, provider }) => [key, response, provider]).sort()).toEqual([["r1", "MAYBE", "waha"], ["r2", "GOING", "zapi"]]);
  });

  it("gives the same call the same answer without a request, also after the tenant has moved", async () => {
    const { messaging, tenants, waha, zapi } = await open();
    const choir = messaging.forTenant("choir");
    const [one, two] = await Promise.all([choir.send(rehearsal("r1")), choir.send(rehearsal("r1"))]);
    tenants["choir"] = "choir-zapi";
    const three = await choir.send(rehearsal("r1", { startsAt: new Date("2026-12-01T19:00:00Z") }));
    expect(two.handle).toEqual(one.handle);
    expect(three.handle).toEqual(one.handle);
    const cards = [...waha.journal.entries(), ...zapi.journal.entries()].filter(({ act }) => act === "event.created");
    expect(cards).toHaveLength(1);
  });

  it("refuses another call under a key that is taken, and sends nothing", async () => {
    const { messaging, waha } = await open();
    const choir = messaging.forTenant("choir");
    await choir.send(rehearsal("r1"));
    const error = await failure(choir.send(rehearsal("r1", { title: "Concert" })));
    expect([error.code, error.outcome]).toEqual(["CONFLICT", "not-sent"]);
    expect(waha.journal.entries().filter(({ act }) => act === "event.created")).toHaveLength(1);
    await choir.send(rehearsal("r1", { title: "Concert", revision: 2 }));
  });

  it("refuses to move a clinic with direct chats to a vendor that documents none, before any request for an event", async () => {
    const { messaging, tenants, zapi } = await open();
    tenants["clinic"] = "choir-zapi";
    const error = await failure(messaging.forTenant("clinic").send({ ...rehearsal("apt_9"), to: "+351960000123" }));
    expect([error.code, error.outcome, error.plan?.form]).toEqual(["UNSUPPORTED", "not-sent", "none"]);
    expect(error.message).toMatch(/group/);
    expect(zapi.journal.entries().filter(({ operation }) => operation === "send-event")).toEqual([]);
  });

  it("edits and cancels through the account that sent, and refuses with the reason where the vendor has no such thing", async () => {
    const { messaging, accounts, zapi, settled } = await open();
    accounts["club-zapi"] = { provider: "zapi", config: { ...accounts["club-zapi"]?.config, dateTime: "wallclock-default-br" } };
    const club = messaging.forTenant("club");
    const { handle } = await club.send(rehearsal("m1", { location: "Pitch 2" }));
    await settled();
    const moved = await club.update(handle, { startsAt: "2026-12-02T19:00:00+00:00" });
    const stale = await failure(club.update(handle, { title: "Other" }));
    const canceled = await club.cancel(handle);
    const again = await club.cancel(moved.handle);
    await settled();
    expect(stale.code).toBe("CONFLICT");
    expect(again.handle).toEqual(canceled.handle);
    const acts = zapi.journal.entries().filter(({ act }) => ["event.created", "event.edited", "event.canceled"].includes(act));
    expect(acts.map(({ act, shown }) => [act, shown?.startsAt, shown?.location])).toEqual([
      ["event.created", "2026-12-01T19:00:00.000Z", "Pitch 2"],
      ["event.edited", "2026-12-02T19:00:00.000Z", "Pitch 2"],
      ["event.canceled", "2026-12-02T19:00:00.000Z", "Pitch 2"],
    ]);
    const choir = messaging.forTenant("choir");
    const sent = await choir.send(rehearsal("r1"));
    const refused = await failure(choir.cancel(sent.handle));
    expect([refused.code, refused.context.capability]).toEqual(["UNSUPPORTED", "invitation.cancel"]);
  });

  it("refuses to edit a time while nobody has said how the account reads one, and cancels all the same", async () => {
    const { messaging, settled, zapi } = await open();
    const club = messaging.forTenant("club");
    const { handle } = await club.send(rehearsal("m1"));
    await settled();
    const refused = await failure(club.update(handle, { startsAt: "2026-12-02T19:00:00+00:00" }));
    expect([refused.code, refused.outcome]).toEqual(["UNSUPPORTED", "not-sent"]);
    expect(refused.message).toMatch(/dateTime/);
    await club.cancel(handle);
    await settled();
    expect(zapi.journal.entries().map(({ act }) => act).filter((act) => /event\.(created|edited|canceled)/.test(act))).toEqual(["event.created", "event.canceled"]);
  });

  it("answers a member's event, changes its mind, and refuses to answer its own", async () => {
    const { messaging, zapi, settled } = await open();
    const seen: InboundEvent<"invitation.observed">[] = [];
    messaging.on("invitation.observed", (event) => void seen.push(event));
    await zapi.memberEvent({ account: "CLUB1", chat: ZAPI_GROUP, guest: { phone: "5511987650001" }, title: "Barbecue", startsAtMs: Date.UTC(2026, 11, 5, 18) });
    await settled();
    const sighting = seen[0]?.sighting;
    if (sighting === undefined) throw new Error("the member's event was not observed");
    const club = messaging.forTenant("club");
    const handle = await club.adopt({ ...sighting, key: "bbq" });
    expect(handle.createdBy).toBe("other");
    await club.respond(handle, "GOING");
    await club.respond(handle, "GOING");
    await club.respond(handle, "NOT_GOING");
    await settled();
    expect(zapi.journal.entries().filter(({ act }) => act === "event.responded").map(({ response }) => response)).toEqual(["GOING", "NOT_GOING"]);
    const maybe = await failure(club.respond(handle, "MAYBE"));
    expect(maybe.code).toBe("UNSUPPORTED");
    const own = await club.send(rehearsal("m1"));
    const refused = await failure(club.respond(own.handle, "GOING"));
    expect([refused.code, refused.issues[0]?.path]).toEqual(["INVALID_ARGUMENT", "createdBy"]);
  });

  it("tells of an answer that nobody can read, and of the readable one that follows under the same id", async () => {
    const { messaging, waha, settled, rsvps } = await open();
    const unreadable: InboundEvent<"rsvp.unreadable">[] = [];
    messaging.on("rsvp.unreadable", (event) => void unreadable.push(event));
    await messaging.forTenant("clinic").send({ ...rehearsal("apt_1"), to: "+351960000123" });
    await waha.answer({ account: "clinic", chat: "351960000123@c.us", guest: { phone: "351960000123" }, response: "GOING", undecryptable: true, thenReadable: true });
    await settled();
    expect(unreadable.map(({ key }) => key)).toEqual(["apt_1"]);
    expect(rsvps.map(({ key, response }) => [key, response])).toEqual([["apt_1", "GOING"]]);
  });

  it("keeps an answer that overtakes the answer to the send, and tells it once the book knows the event", async () => {
    const { messaging, waha, settled, rsvps } = await open({ waha: { answerOrder: "swapped" } as never });
    await messaging.forTenant("choir").send(rehearsal("r1"));
    await waha.answer({ account: "choir", chat: GROUP, guest: { phone: "351960000123" }, response: "GOING", twice: true });
    await settled();
    expect(rsvps).toHaveLength(1);
  });
});
