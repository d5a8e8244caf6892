import { afterEach, describe, expect, it } from "@jest/globals";
import type { InboundEvent } from "@event-messaging/core";
import { accountId } from "@event-messaging/core/driver";
import { GROUP, startTwoVendors, ZAPI_GROUP, type TwoVendors } from "../src/two-vendors.js";

/** Both accounts of the choir are linked to this number: what one sends, both see, under the same WhatsApp id. */
const NUMBER = "351910000888";
const RITA = { phone: "351960000123", lid: "271000000000099", name: "Rita" };
const ANSWERED_MS = 1_794_492_340_512;

let stage: TwoVendors;
afterEach(() => stage.stop());

async function open() {
  stage = await startTwoVendors();
  const rsvps: InboundEvent<"rsvp">[] = [];
  const observed: InboundEvent<"invitation.observed">[] = [];
  stage.messaging.on("rsvp", (event) => void rsvps.push(event));
  stage.messaging.on("invitation.observed", (event) => void observed.push(event));
  const choir = stage.messaging.forTenant("choir");
  const send = async (key: string) => {
    const { handle } = await choir.send({ key, to: GROUP, title: "Rehearsal", startsAt: "2026-12-01T19:00:00+00:00" });
    await stage.settled();
    return { handle, id: String(handle.messages[0]?.id) };
  };
  return { ...stage, choir, rsvps, observed, send };
}

const zapiHead = (messageId: string) => ({
  type: "ReceivedCallback", instanceId: "CHOIR1", messageId, phone: ZAPI_GROUP, isGroup: true, connectedPhone: NUMBER, momment: ANSWERED_MS, chatName: "Choir",
});

/** What Z-API says of an answer to an event that went out through WAHA. */
const toZapi = async (target: string, response: string, answerId = "3A3F5C9E77B2D4086A9C") => {
  await stage.zapi.callback("CHOIR1", "received", {
    ...zapiHead(answerId), fromMe: false, senderName: "Rita", participantPhone: RITA.phone, participantLid: `${RITA.lid}@lid`,
    eventResponse: { response, responseFrom: RITA.phone, time: ANSWERED_MS, referencedMessage: { messageId: target, fromMe: true, phone: ZAPI_GROUP, participant: null } },
  });
  await stage.settled();
};

/** What WAHA says of an answer to an event that went out through Z-API. */
const toWaha = async (target: string, response: string) => {
  await stage.waha.webhook("choir", "event.response", {
    id: `false_${GROUP}_3A3F5C9E77B2D4086A9C_${RITA.lid}@lid`, timestamp: Math.floor(ANSWERED_MS / 1000), from: GROUP, fromMe: false, to: `${RITA.lid}@lid`, participant: `${RITA.lid}@lid`,
    eventCreationKey: { id: `false_${GROUP}_${target}_184000000000011@lid`, to: GROUP, from: "184000000000011@lid" },
    eventResponse: { response, timestampMs: ANSWERED_MS, extraGuestCount: 0 },
  });
  await stage.settled();
};

const told = (events: readonly InboundEvent<"rsvp">[]) => events.map(({ key, account, response }) => [key, account, response]);

describe("one WhatsApp number, linked to accounts of two vendors", () => {
  it("an answer that both report is one RSVP, of the account that sent the event: WAHA's", async () => {
    const { send, waha, rsvps } = await open();
    const { id } = await send("r1");
    await toZapi(id, "GOING");
    await waha.answer({ account: "choir", chat: GROUP, target: id, guest: RITA, response: "GOING" });
    await stage.settled();
    expect(told(rsvps)).toEqual([["r1", "choir-waha", "GOING"]]);
  });

  it("an answer that both report is one RSVP, of the account that sent the event: Z-API's", async () => {
    const { send, zapi, tenants, rsvps } = await open();
    tenants["choir"] = "choir-zapi";
    const { id } = await send("r1");
    await toWaha(id, "MAYBE");
    await zapi.answer({ account: "CHOIR1", chat: ZAPI_GROUP, target: id, guest: { phone: RITA.phone, lid: RITA.lid }, response: "NOT_GOING" });
    await stage.settled();
    expect(told(rsvps)).toEqual([["r1", "choir-zapi", "NOT_GOING"]]);
  });

  it("after a move an answer to the old event still counts once, by the account that sent it", async () => {
    const { send, waha, tenants, rsvps } = await open();
    const first = await send("r1");
    tenants["choir"] = "choir-zapi";
    const second = await send("r2");
    await toZapi(first.id, "GOING");
    await toWaha(second.id, "GOING");
    expect(rsvps).toEqual([]);
    await waha.answer({ account: "choir", chat: GROUP, target: first.id, guest: RITA, response: "GOING" });
    await stage.settled();
    expect(told(rsvps)).toEqual([["r1", "choir-waha", "GOING"]]);
  });

  it("the other account's echo is a sighting without a handle, and answering it is refused as answering one's own event", async () => {
    const { send, zapi, choir, observed } = await open();
    const { id } = await send("r1");
    const before = observed.length;
    await zapi.callback("CHOIR1", "received", { ...zapiHead(id), fromMe: true, fromApi: false, event: { name: "Rehearsal", canceled: false, joinLink: null, scheduleTime: 1_796_151_600, location: {} } });
    await stage.settled();
    const [seen, ...more] = observed.slice(before);
    expect([seen?.account, seen?.fromSelf, seen?.handle, more]).toEqual(["choir-zapi", true, undefined, []]);
    if (seen === undefined) return;
    const handle = await choir.adopt({ ...seen.sighting, key: "seen-elsewhere" });
    await expect(choir.respond(handle, "GOING")).rejects.toMatchObject({ code: "INVALID_ARGUMENT", outcome: "not-sent" });
  });

  it("when the account that sent is gone, what the other one heard waits, and counts once the event is adopted there", async () => {
    const { send, choir, rsvps } = await open();
    const { handle, id } = await send("r1");
    await toZapi(id, "GOING");
    expect(rsvps).toEqual([]);
    const [message] = handle.messages;
    if (message === undefined) throw new Error("the handle has no message");
    const event = { account: accountId("choir-zapi"), recipient: handle.recipient, messageId: message.id, createdBy: "self", details: handle.details } as const;
    // The key is taken by the sending account's own record; another one says whose the handle is.
    await expect(choir.adopt({ ...event, key: "r1" })).rejects.toMatchObject({ code: "CONFLICT", outcome: "not-sent" });
    const adopted = await choir.adopt({ ...event, key: "r1@choir-zapi" });
    await stage.settled();
    expect([adopted.account, told(rsvps)]).toEqual(["choir-zapi", [["r1@choir-zapi", "choir-zapi", "GOING"]]]);
  });
});
