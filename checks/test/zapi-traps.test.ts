import { afterEach, describe, expect, it } from "@jest/globals";
import { createMessaging, type CommonOptions, type InboundEvent, type InvitationInput } from "@event-messaging/core";
import { waha } from "@event-messaging/waha";
import { zapi } from "@event-messaging/zapi";
import { GROUP, startTwoVendors, ZAPI_GROUP, type TwoVendors, type TwoVendorsOptions } from "../src/two-vendors.js";

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function open(options?: TwoVendorsOptions) {
  const stage = await startTwoVendors(options);
  closing.push(() => stage.stop());
  const rsvps: InboundEvent<"rsvp">[] = [];
  stage.messaging.on("rsvp", (event) => void rsvps.push(event));
  const club = stage.messaging.forTenant("club");
  return { ...stage, club, rsvps, acts: (act: "event.created" | "event.edited" | "event.canceled" | "poll.created" | "text.sent") => stage.zapi.journal.entries({ act }) };
}

const RITA = { phone: "5511987650001", lid: "70123456789012", name: "Rita" };
const match: InvitationInput = { key: "match_1", to: GROUP, title: "Match", startsAt: "2090-12-01T19:00:00+00:00" };
const withoutEcho = ({ zapi: vendor }: TwoVendors) => vendor.putInstance({ id: "CLUB1", notifySentByMe: false });

/** A callback of Z-API in the group, with the keys that every kind has. */
const received = ({ zapi: vendor }: TwoVendors, messageId: string, more: object) =>
  vendor.callback("CLUB1", "received", { type: "ReceivedCallback", instanceId: "CLUB1", messageId, phone: ZAPI_GROUP, isGroup: true, fromMe: false, momment: Date.now(), connectedPhone: "551133334444", ...more });

describe("a send through Z-API whose answer is lost", () => {
  it.each(["act-then-reset", "act-then-hang", "act-then-cut-body", "act-then-nonsense"] as const)("zapi-13.3: (%s) makes one card, however often the caller asks for it", async (fault) => {
    const stage = await open();
    withoutEcho(stage);
    stage.zapi.faults.add({ operation: "send-event", fault });
    const tries = [];
    for (let times = 0; times < 3; times += 1) tries.push(await stage.club.send(match, { deadlineMs: 500 }).then(() => "sent", ({ outcome }) => String(outcome)));
    await stage.settled();
    expect([tries, stage.acts("event.created").length]).toEqual([["unknown", "unknown", "unknown"], 1]);
  });

  /** The club, with the clinic's session to stand in for its instance, and all layers as they are by default. */
  function withStandIn({ accounts }: TwoVendors, options: Partial<CommonOptions> = {}) {
    const messaging = createMessaging({ providers: [waha, zapi], accounts, tenants: { club: "club-zapi" }, fallbacks: { club: ["clinic-waha"] }, ...options });
    closing.push(() => messaging.close());
    return messaging;
  }

  it("zapi-13.34: goes to no other vendor, which would be a second invitation", async () => {
    const stage = await open();
    const messaging = withStandIn(stage);
    stage.zapi.faults.add({ operation: "send-event", fault: "act-then-reset" });
    await expect(messaging.forTenant("club").send(match)).rejects.toMatchObject({ outcome: "unknown" });
    await stage.settled();
    expect([stage.acts("event.created").length, stage.waha.journal.entries({ act: "event.created" }).length]).toEqual([1, 0]);
    // One that was proved not to have been sent does go there.
    messaging.killSwitch.stop({ account: "club-zapi" });
    expect((await messaging.forTenant("club").send({ ...match, key: "match_2", title: "Another match" })).handle.provider).toBe("waha");
  });
});

describe("an event at Z-API", () => {
  it("zapi-13.5: that is moved, and then cancelled, keeps its description, place and call", async () => {
    const stage = await open({ zapi: { editOmittedFields: "removed" } });
    const { accounts, club, acts, settled } = stage;
    accounts["club-zapi"] = { provider: "zapi", config: { ...accounts["club-zapi"]?.config, dateTime: "wallclock-default-br" } };
    const { handle } = await club.send({ ...match, description: "Bring boots", location: "Field 2", callLink: "video" });
    await settled();
    const moved = await club.update(handle, { startsAt: "2090-12-02T19:00:00+00:00" });
    await settled();
    await club.cancel(moved.handle);
    await settled();
    const card = { title: "Match", description: "Bring boots", location: "Field 2", call: "video", startsAt: "2090-12-02T19:00:00.000Z" };
    expect([acts("event.edited").map(({ shown }) => shown), acts("event.canceled").map(({ shown }) => shown)]).toMatchObject([[card], [{ ...card, canceled: true }]]);
  });

  it("zapi-13.12: has a creator who goes without an answer, is none of the guests that are counted, and cannot answer", async () => {
    const stage = await open();
    const { handle } = await stage.club.send(match);
    await stage.settled();
    const counts = async () => (await stage.club.answers("match_1")).counts;
    expect(await counts()).toMatchObject({ going: 0, expected: 0 });
    const to = { referencedMessage: { messageId: handle.messages[0]?.id, fromMe: true, phone: ZAPI_GROUP } };
    await received(stage, "5D0B7E1F2A3C4D5E6F708192A3B4C5D6", { fromMe: true, eventResponse: { response: "GOING", responseFrom: "551133334444", time: Date.now(), ...to } });
    await stage.zapi.answer({ account: "CLUB1", chat: ZAPI_GROUP, guest: RITA, response: "GOING" });
    await stage.settled();
    expect([stage.rsvps.map(({ guest }) => guest.phone), await counts()]).toMatchObject([["+5511987650001"], { going: 1, expected: 1 }]);
    await expect(stage.club.respond(handle, "NOT_GOING")).rejects.toMatchObject({ code: "INVALID_ARGUMENT", outcome: "not-sent" });
  });

  it("zapi-13.14: has one guest who answers by number, by the number without its ninth digit, and by LID", async () => {
    const stage = await open();
    const { handle } = await stage.club.send(match);
    await stage.settled();
    const said = [
      ["GOING", "5511987650001", { participantPhone: "5511987650001", participantLid: `${RITA.lid}@lid` }],
      ["NOT_GOING", "551187650001", { participantPhone: null }],
      ["MAYBE", `${RITA.lid}@lid`, { participantPhone: null, participantLid: null }],
    ] as const;
    for (const [index, [response, responseFrom, who]] of said.entries()) {
      await received(stage, `5D0B7E1F2A3C4D5E6F708192A3B4C5D${index}`, { ...who, eventResponse: { response, responseFrom, time: 1_794_492_340_000 + index * 1_000, referencedMessage: { messageId: handle.messages[0]?.id } } });
      await stage.settled();
    }
    const { guests } = await stage.club.answers("match_1");
    expect([stage.rsvps.map(({ response }) => response), guests.map(({ answer }) => answer?.response)]).toEqual([["GOING", "NOT_GOING", "MAYBE"], ["MAYBE"]]);
  });

  it("zapi-13.16: is told of again when it is edited under its id, and so is an answer whose placeholder had its id", async () => {
    const stage = await open({ zapi: { editedEventId: "original" } });
    const { accounts, club, messaging, settled, rsvps } = stage;
    accounts["club-zapi"] = { provider: "zapi", config: { ...accounts["club-zapi"]?.config, dateTime: "wallclock-default-br" } };
    const seen: (readonly [string, string])[] = [];
    messaging.on("invitation.observed", ({ sighting }) => void seen.push([sighting.messageId, sighting.details.title]));
    const { handle } = await club.send(match);
    await settled();
    await club.update(handle, { title: "Match (moved)" });
    await settled();
    const id = handle.messages[0]?.id ?? "";
    expect(seen).toEqual([[id, "Match"], [id, "Match (moved)"]]);
    const eventResponse = { response: "GOING", responseFrom: RITA.phone, time: Date.now(), referencedMessage: { messageId: id } };
    for (const waitingMessage of [true, false]) {
      await received(stage, "5D0B7E1F2A3C4D5E6F708192A3B4C5D6", { participantPhone: RITA.phone, waitingMessage, eventResponse });
      await settled();
    }
    expect(rsvps.map(({ response }) => response)).toEqual(["GOING"]);
  });

  it.each([[true], [false]])("zapi-13.17: (own messages echoed: %s) is one invitation whose answer joins, and its echo is nobody's answer and causes no request", async (echoed) => {
    const stage = await open();
    if (!echoed) withoutEcho(stage);
    await stage.club.send(match);
    await stage.settled();
    await stage.zapi.answer({ account: "CLUB1", chat: ZAPI_GROUP, guest: RITA, response: "GOING" });
    await stage.settled();
    const requests = stage.zapi.journal.entries({ act: "request.received" }).map(({ operation }) => operation).filter((operation) => !["status", "device", "me"].includes(operation ?? ""));
    expect([stage.rsvps.map(({ key, response }) => [key, response]), (await stage.club.find("match_1")).length, requests]).toEqual([[["match_1", "GOING"]], 1, ["send-event"]]);
  });
});

describe.each(["zapi", "waha"] as const)("an invitation through %s", (vendor) => {
  it("polls-10.17: is a card and nothing beside it", async () => {
    const stage = await open();
    await stage.messaging.forTenant(vendor === "zapi" ? "club" : "clinic").send(match);
    await stage.settled();
    const made = stage[vendor].journal.entries().map(({ act }) => act).filter((act) => ["event.created", "poll.created", "text.sent"].includes(act));
    expect(made).toEqual(["event.created"]);
  });
});
