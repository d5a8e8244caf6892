import { afterEach, describe, expect, it } from "@jest/globals";
import { zapiDefaults } from "./start.js";
import { EVENT, GROUP, RITA, startBench } from "./test-bench.js";
import type { Bench } from "./test-bench.js";
import type { ZapiSwitches } from "./switches.js";

let bench: Bench;
const start = async (...args: Parameters<typeof startBench>): Promise<Bench> => (bench = await startBench(...args));
const startWith = (switches: Partial<ZapiSwitches>): Promise<Bench> => start({ switches });
afterEach(() => bench.stop());

const ID = zapiDefaults.instanceId;
const PERSON = "351960000123";

const create = async (event: unknown = EVENT, phone: string = GROUP): Promise<string> => {
  const answer = await bench.call("POST", "send-event", { phone, event });
  await bench.zapi.flush();
  return String(answer.json["messageId"]);
};
const edit = async (eventMessageId: string, event: unknown): Promise<string> => {
  const answer = await bench.call("POST", "send-edit-event", { phone: GROUP, eventMessageId, event });
  await bench.zapi.flush();
  return String(answer.json["messageId"]);
};
const shown = (act: "event.created" | "event.edited" | "event.canceled") => bench.zapi.journal.entries({ act }).at(-1)?.shown;

describe("send-event", () => {
  it("answers with zaapId, messageId and id, and the phone shows the whole event", async () => {
    const { call, zapi } = await start();
    const { status, json } = await call("POST", "send-event", { phone: GROUP, event: EVENT });
    expect(status).toBe(200);
    expect(json["zaapId"]).toMatch(/^[0-9A-F]{32}$/);
    expect(json["messageId"]).toMatch(/^3EB0[0-9A-F]{18}$/);
    expect(json["id"]).toBe(json["messageId"]);
    await zapi.flush();
    expect(zapi.journal.entries({ act: "event.created" })).toMatchObject([{ account: ID, chat: GROUP, messageId: json["messageId"] }]);
    expect(shown("event.created")).toMatchObject({ title: "Safety briefing", description: "Bring your badge", startsAt: "2026-11-20T18:00:00.000Z", location: "Warehouse 7", call: "video", canceled: false });
  });

  it("switch sendAnswerId=present repeats the id, switch sendAnswerId=absent does not", async () => {
    const { call, zapi } = await startWith({ sendAnswerId: "absent" });
    expect((await call("POST", "send-event", { phone: GROUP, event: EVENT })).json).not.toHaveProperty("id");
    zapi.setSwitches({ sendAnswerId: "present" });
    expect((await call("POST", "send-event", { phone: GROUP, event: EVENT })).json).toHaveProperty("id");
  });

  it.each([
    ["wallclock-default-br", "2026-11-20T21:00:00.000Z"],
    ["instant", "2026-11-20T18:00:00.000Z"],
    ["wallclock-default-utc", "2026-11-20T18:00:00.000Z"],
    ["shift", "2026-11-20T18:00:00.000Z"],
  ] as const)("switch dateTimeMode=%s without a timeZone shows %s, and the own echo says the same in seconds", async (dateTimeMode, startsAt) => {
    const { timeZone: _, ...event } = EVENT;
    await startWith({ dateTimeMode });
    await create(event);
    expect(shown("event.created")?.startsAt).toBe(startsAt);
    expect(bench.with("event")[0]).toMatchObject({ event: { scheduleTime: Date.parse(startsAt) / 1000 } });
  });

  it.each([["delivery-error"], ["400-invalid-phone"], ["delivered"]] as const)("switch nonGroupEvent=%s decides on an event to a person", async (nonGroupEvent) => {
    const { call, zapi, of } = await startWith({ nonGroupEvent });
    const answer = await call("POST", "send-event", { phone: PERSON, event: EVENT });
    await zapi.flush();
    expect(answer.status).toBe(nonGroupEvent === "400-invalid-phone" ? 400 : 200);
    expect(zapi.journal.count("event.created")).toBe(nonGroupEvent === "delivered" ? 1 : 0);
    expect(of("DeliveryCallback").filter(({ error }) => error !== undefined)).toHaveLength(nonGroupEvent === "delivery-error" ? 1 : 0);
  });

  it("an unknown group is accepted and fails in the delivery callback", async () => {
    const { zapi, of } = await start();
    const messageId = await create(EVENT, "120363099999999999-group");
    expect(of("DeliveryCallback")).toMatchObject([{ messageId, error: "Group does not exist" }]);
    expect(zapi.journal.entries({ act: "message.failed" })).toMatchObject([{ messageId }]);
  });

  it("in an admins-only group nothing appears and nothing is reported, unless the account is an admin", async () => {
    const group = { phone: GROUP, name: "Shift B", participants: [], adminOnlyMessage: true };
    const { zapi, of } = await start({}, { groups: [group] });
    await create();
    expect(zapi.journal.count("event.created")).toBe(0);
    expect(bench.with("event")).toHaveLength(0);
    expect(of("MessageStatusCallback")).toHaveLength(0);
    expect(of("DeliveryCallback")[0]).not.toHaveProperty("error");
    zapi.putInstance({ id: ID, groups: [{ ...group, accountIsAdmin: true }] });
    await create();
    expect(zapi.journal.count("event.created")).toBe(1);
  });

  it.each(["120363041234567890@g.us", "+351960000123", "", undefined])("%j is no phone", async (phone) => {
    const { call } = await start();
    expect(await call("POST", "send-event", { phone, event: EVENT })).toMatchObject({ status: 400, json: { error: "Invalid phone" } });
  });

  it.each(["400", "delivery-error"] as const)("switch invalidEvent=%s decides on an event without a name or a date", async (invalidEvent) => {
    const { call, zapi, of } = await startWith({ invalidEvent });
    for (const event of [{ ...EVENT, name: "" }, { ...EVENT, dateTime: "tomorrow" }, undefined]) {
      expect((await call("POST", "send-event", { phone: GROUP, event })).status).toBe(invalidEvent === "400" ? 400 : 200);
    }
    await zapi.flush();
    expect(of("DeliveryCallback").filter(({ error }) => error !== undefined)).toHaveLength(invalidEvent === "400" ? 0 : 3);
  });

  it.each([["accepted", "2026-11-20T18:00:00.000Z"], ["ignored", "2026-11-20T21:00:00.000Z"], ["refused", undefined]] as const)("switch zeroOffset=%s shows %s for timeZone UTC", async (zeroOffset, startsAt) => {
    await startWith({ zeroOffset });
    await create();
    expect(shown("event.created")?.startsAt).toBe(startsAt);
  });

  it("a callLinkType that is neither voice nor video makes no call link", async () => {
    await start();
    await create({ ...EVENT, callLinkType: "voice | video" });
    expect(shown("event.created")).not.toHaveProperty("call");
    await create({ ...EVENT, callLinkType: "voice" });
    expect(shown("event.created")?.joinLink).toMatch(/^https:\/\/call\.whatsapp\.com\/voice\//);
  });
});

describe("send-edit-event", () => {
  const SLIM = { name: "Moved", dateTime: "2026-11-21T15:00:00.000Z", canceled: false };

  it.each(["removed", "kept"] as const)("switch editOmittedFields=%s decides on what an edit leaves out", async (editOmittedFields) => {
    await startWith({ editOmittedFields });
    await edit(await create(), SLIM);
    const kept = editOmittedFields === "kept";
    expect([shown("event.edited")?.description, shown("event.edited")?.location, shown("event.edited")?.call]).toEqual(kept ? ["Bring your badge", "Warehouse 7", "video"] : [undefined, undefined, undefined]);
    expect(shown("event.edited")).toMatchObject({ title: "Moved", startsAt: "2026-11-21T18:00:00.000Z" });
  });

  it.each([["ignored", "2026-11-20T21:00:00.000Z"], ["honoured", "2026-11-20T18:00:00.000Z"]] as const)("switch timeZoneOnEdit=%s makes 18:00Z with timeZone UTC %s", async (timeZoneOnEdit, startsAt) => {
    await startWith({ timeZoneOnEdit });
    await edit(await create(), EVENT);
    expect(shown("event.edited")?.startsAt).toBe(startsAt);
  });

  it("the answer has ids of its own, and the original id edits again", async () => {
    const { zapi } = await start();
    const original = await create();
    const first = await edit(original, SLIM);
    const second = await edit(original, { ...SLIM, name: "Again" });
    expect(new Set([original, first, second]).size).toBe(3);
    expect(zapi.journal.entries({ act: "event.edited" })).toMatchObject([{ target: original, messageId: first }, { target: original, messageId: second }]);
  });

  it("canceled: true cancels, and the card stays with its content", async () => {
    const { zapi } = await start();
    const original = await create();
    await edit(original, { ...EVENT, canceled: true });
    expect(zapi.journal.entries({ act: "event.canceled" })).toMatchObject([{ target: original, shown: { title: "Safety briefing", canceled: true } }]);
    expect(bench.with("event").at(-1)).toMatchObject({ event: { canceled: true } });
  });

  it.each([["new-message", 2, 0], ["works", 1, 1]] as const)("switch editWithoutWebhook=%s on an instance without webhooks leaves %d events, %d of them edited", async (editWithoutWebhook, created, edited) => {
    const { zapi } = await start({ switches: { editWithoutWebhook } }, { webhooks: {} });
    await edit(await create(), SLIM);
    expect([zapi.journal.count("event.created"), zapi.journal.count("event.edited")]).toEqual([created, edited]);
  });

  it("with one webhook set, an edit is an edit", async () => {
    const { zapi } = await start({}, { webhooks: { delivery: "http://127.0.0.1:9/none" } });
    await edit(await create(), SLIM);
    expect([zapi.journal.count("event.created"), zapi.journal.count("event.edited")]).toEqual([1, 1]);
  });

  it.each([["no-effect", 200], ["400", 400]] as const)("switch unknownEvent=%s answers an edit and a response to an unknown event with %d", async (unknownEvent, status) => {
    const { call, zapi } = await startWith({ unknownEvent });
    expect((await call("POST", "send-edit-event", { phone: GROUP, eventMessageId: "3EB0UNKNOWN", event: EVENT })).status).toBe(status);
    expect((await call("POST", "send-event-response", { phone: GROUP, eventMessageId: "3EB0UNKNOWN", eventResponse: "GOING" })).status).toBe(status);
    await zapi.flush();
    expect([zapi.journal.count("event.edited"), zapi.journal.count("event.responded")]).toEqual([0, 0]);
  });

  it.each([["is-edit", true], ["not-edit", false]] as const)("switch editedEventFlag=%s writes isEdit %s", async (editedEventFlag, isEdit) => {
    await startWith({ editedEventFlag });
    await edit(await create(), EVENT);
    expect(bench.with("event").map((body) => body["isEdit"])).toEqual([false, isEdit]);
  });

  it.each(["original", "edit"] as const)("switch editedEventId=%s is the messageId of the edited event's callback", async (editedEventId) => {
    await startWith({ editedEventId });
    const original = await create();
    const edited = await edit(original, EVENT);
    expect(bench.with("event").at(-1)?.["messageId"]).toBe(editedEventId === "original" ? original : edited);
  });

  it.each(["original", "edit"] as const)("switch rsvpAfterEdit=%s is the id that a later RSVP refers to", async (rsvpAfterEdit) => {
    const { zapi } = await startWith({ rsvpAfterEdit });
    const original = await create();
    const edited = await edit(original, EVENT);
    await zapi.answer({ account: ID, chat: GROUP, guest: RITA, response: "GOING" });
    await zapi.flush();
    expect(bench.with("eventResponse")[0]).toMatchObject({ eventResponse: { referencedMessage: { messageId: rsvpAfterEdit === "original" ? original : edited } } });
    expect(zapi.journal.entries({ act: "event.answered" })).toMatchObject([{ target: original }]);
  });

  it.each(["kept", "replaced"] as const)("switch joinLinkOnEdit=%s decides on the join link of an edited call", async (joinLinkOnEdit) => {
    await startWith({ joinLinkOnEdit });
    const original = await create();
    const before = shown("event.created")?.joinLink;
    await edit(original, EVENT);
    expect(shown("event.edited")?.joinLink === before).toBe(joinLinkOnEdit === "kept");
  });

  it("an event is edited and answered in its own chat only", async () => {
    const other = "120363000000000001-group";
    const { call, zapi } = await start({}, { groups: [{ phone: GROUP, name: "Shift B", participants: [] }, { phone: other, name: "Shift C", participants: [] }] });
    const { messageId } = await zapi.memberEvent({ account: ID, chat: GROUP, guest: RITA, title: "Drinks", startsAtMs: 0 });
    await call("POST", "send-edit-event", { phone: other, eventMessageId: await create(), event: EVENT });
    await call("POST", "send-event-response", { phone: other, eventMessageId: messageId, eventResponse: "GOING" });
    await zapi.flush();
    expect([zapi.journal.count("event.edited"), zapi.journal.count("event.responded")]).toEqual([0, 0]);
  });

  it("nobody but its creator can edit an event", async () => {
    const { zapi } = await start();
    const { messageId } = await zapi.memberEvent({ account: ID, chat: GROUP, guest: RITA, title: "Drinks", startsAtMs: 1_795_197_600_000 });
    await edit(messageId, EVENT);
    expect(zapi.journal.count("event.edited")).toBe(0);
  });
});

describe("send-event-response", () => {
  it("answers a member's event as the account", async () => {
    const { call, zapi } = await start();
    const { messageId } = await zapi.memberEvent({ account: ID, chat: GROUP, guest: RITA, title: "Drinks", startsAtMs: 1_795_197_600_500, location: "Bar" });
    const answer = await call("POST", "send-event-response", { phone: GROUP, eventMessageId: messageId, eventResponse: "NOT_GOING" });
    await zapi.flush();
    expect(answer).toMatchObject({ status: 200, json: { messageId: expect.stringMatching(/^3EB0/) } });
    expect(zapi.journal.entries({ act: "event.responded" })).toMatchObject([{ target: messageId, messageId: answer.json["messageId"], response: "NOT_GOING", chat: GROUP }]);
    expect(bench.with("event")).toMatchObject([{ messageId, fromMe: false, participantPhone: RITA.phone, event: { name: "Drinks", scheduleTime: 1_795_197_600, location: { name: "Bar" } } }]);
    expect(bench.with("eventResponse")).toHaveLength(0);
  });

  it("switch responseEcho=no says nothing of it, switch responseEcho=yes echoes it with the event's creator", async () => {
    const { call, zapi } = await startWith({ responseEcho: "yes" });
    const { messageId } = await zapi.memberEvent({ account: ID, chat: GROUP, guest: RITA, title: "Drinks", startsAtMs: 0 });
    await call("POST", "send-event-response", { phone: GROUP, eventMessageId: messageId, eventResponse: "GOING" });
    await zapi.flush();
    expect(bench.with("eventResponse")).toMatchObject([{ fromMe: true, fromApi: true, eventResponse: { response: "GOING", referencedMessage: { messageId, fromMe: false, participant: RITA.phone } } }]);
    zapi.setSwitches({ responseEcho: "no" });
    await call("POST", "send-event-response", { phone: GROUP, eventMessageId: messageId, eventResponse: "NOT_GOING" });
    await zapi.flush();
    expect(bench.with("eventResponse")).toHaveLength(1);
  });

  it.each([["no-effect", 200], ["400", 400]] as const)("switch ownEventResponse=%s answers a response to the account's own event with %d, and nothing changes", async (ownEventResponse, status) => {
    const { call, zapi } = await startWith({ ownEventResponse });
    const messageId = await create();
    expect((await call("POST", "send-event-response", { phone: GROUP, eventMessageId: messageId, eventResponse: "GOING" })).status).toBe(status);
    await zapi.flush();
    expect(zapi.journal.count("event.responded")).toBe(0);
    expect(bench.with("eventResponse")).toHaveLength(0);
  });

  it("takes GOING and NOT_GOING only", async () => {
    const { call } = await start();
    expect((await call("POST", "send-event-response", { phone: GROUP, eventMessageId: "x", eventResponse: "MAYBE" })).status).toBe(400);
  });
});

