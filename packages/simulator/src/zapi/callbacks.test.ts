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
const send = async (event: unknown = EVENT, phone: string = GROUP) => {
  const answer = await bench.call("POST", "send-event", { phone, event });
  await bench.zapi.flush();
  return answer.json;
};
const sayGoing = async () => {
  await bench.zapi.answer({ account: ID, chat: GROUP, guest: RITA, response: "GOING" });
  await bench.zapi.flush();
};
const kinds = () => bench.caught.map(({ body }) => (body["type"] === "MessageStatusCallback" ? `status ${String(body["status"])}` : "event" in body ? "echo" : String(body["type"])));

describe("the callbacks of one accepted send", () => {
  it("switch webhookOrder=ordered: echo, delivery, then SENT, RECEIVED and READ, each with the right ids", async () => {
    const { of } = await start();
    const { zaapId, messageId } = await send();
    expect(kinds()).toEqual(["echo", "DeliveryCallback", "status SENT", "status RECEIVED", "status READ"]);
    expect(bench.with("event")).toMatchObject([
      { type: "ReceivedCallback", instanceId: ID, messageId, phone: GROUP, isGroup: true, fromMe: true, fromApi: true, status: "SENT", connectedPhone: "551133334444", chatName: "Shift B", chatLid: null },
    ]);
    expect(of("DeliveryCallback")).toEqual([{ type: "DeliveryCallback", instanceId: ID, phone: GROUP, zaapId, messageId, momment: expect.any(Number) }]);
    for (const status of of("MessageStatusCallback")) expect(status).toMatchObject({ ids: [messageId], phone: GROUP, isGroup: true, instanceId: ID });
  });

  it("switch webhookOrder=reversed sends them the other way round", async () => {
    await startWith({ webhookOrder: "reversed" });
    await send();
    expect(kinds()).toEqual(["status READ", "status RECEIVED", "status SENT", "DeliveryCallback", "echo"]);
  });

  it("without notifySentByMe there is no echo, and delivery and status still come", async () => {
    await start({}, { notifySentByMe: false });
    await send();
    expect(kinds()).toEqual(["DeliveryCallback", "status SENT", "status RECEIVED", "status READ"]);
  });

  it("each kind goes to its own URL, and a kind without one is not sent", async () => {
    const { hooks, call } = await start({}, { webhooks: {} });
    await call("PUT", "update-webhook-received", { value: `${hooks}/received` });
    await call("PUT", "update-webhook-message-status", { value: `${hooks}/status` });
    await send();
    expect(bench.caught.map(({ path }) => path)).toEqual(["/hooks/received", "/hooks/status", "/hooks/status", "/hooks/status"]);
  });

  it("switch echoTiming=before-answer delivers the echo, and even a guest's RSVP, before the send is answered", async () => {
    const { call, zapi } = await startWith({ echoTiming: "before-answer" });
    zapi.script({ account: ID, chat: GROUP, steps: [{ guest: RITA, response: "GOING" }] });
    const { json } = await call("POST", "send-event", { phone: GROUP, event: EVENT });
    expect(bench.with("event")).toMatchObject([{ messageId: json["messageId"] }]);
    expect(bench.with("eventResponse")).toHaveLength(1);
  });

  it("switch echoTiming=after-answer answers the send although the receiver is still busy with the echo", async () => {
    const { call, zapi } = await startWith({ echoTiming: "after-answer" });
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    bench.onCallback(() => gate);
    expect((await call("POST", "send-event", { phone: GROUP, event: EVENT })).status).toBe(200);
    expect(zapi.journal.count("webhook.delivered")).toBe(0);
    open();
    await zapi.flush();
    expect(zapi.journal.count("webhook.delivered")).toBe(5);
  });

  it.each(["message-id", "zaap-id"] as const)("switch failedDeliveryId=%s is the messageId of a failed delivery", async (failedDeliveryId) => {
    const { of } = await startWith({ failedDeliveryId });
    const { zaapId, messageId } = await send(EVENT, "120363000000000000-group");
    expect(of("DeliveryCallback")).toMatchObject([{ zaapId, messageId: failedDeliveryId === "zaap-id" ? zaapId : messageId, error: expect.any(String) }]);
  });

  it("a number without WhatsApp is accepted and fails with the vendor's words", async () => {
    const { call, zapi, of } = await start({}, { notOnWhatsApp: ["351960000999"] });
    await call("POST", "send-text", { phone: "351960000999", message: "hello" });
    await zapi.flush();
    expect(of("DeliveryCallback")).toMatchObject([{ error: "Phone number does not exist" }]);
  });

  it("switch accountBan=shadow-ban fails everything with an errorCode, switch accountBan=none nothing", async () => {
    const { zapi, of } = await startWith({ accountBan: "shadow-ban" });
    const { messageId } = await send();
    expect(of("DeliveryCallback")).toMatchObject([{ messageId, error: expect.any(String), errorCode: "SHADOW_BAN" }]);
    expect(zapi.journal.count("event.created")).toBe(0);
    zapi.setSwitches({ accountBan: "none" });
    await send();
    expect(of("DeliveryCallback")[1]).not.toHaveProperty("error");
  });

  it("switch statusRepeats=once, switch statusRepeats=per-participant", async () => {
    const { zapi, of } = await start({}, { groups: [{ phone: GROUP, name: "Shift B", participants: [RITA, { phone: "351960000123" }] }] });
    await send();
    expect(of("MessageStatusCallback")).toHaveLength(3);
    zapi.setSwitches({ statusRepeats: "per-participant" });
    const { messageId } = await send();
    const repeated = of("MessageStatusCallback").slice(3);
    expect(repeated.map(({ status }) => status)).toEqual(["SENT", "RECEIVED", "RECEIVED", "READ", "READ"]);
    expect(repeated[1]).toMatchObject({ ids: [messageId], participant: "70123456789012@lid" });
  });
});

describe("the HTTP request of a callback", () => {
  it("carries the captured headers; switch zApiToken=instance-token is the instance token, never the account's", async () => {
    await start();
    await send();
    expect(bench.caught[0]?.headers).toMatchObject({ "content-type": "application/json", origin: "https://api.z-api.io", server: "Z-API", "z-api-token": zapiDefaults.token, "user-agent": expect.stringContaining("Mozilla") });
    expect(JSON.stringify(bench.caught)).not.toContain(zapiDefaults.clientToken);
  });

  it("switch zApiToken=absent leaves the header out", async () => {
    await startWith({ zApiToken: "absent" });
    await send();
    expect(bench.caught[0]?.headers).not.toHaveProperty("z-api-token");
  });

  it("switch webhookCopies=twice delivers everything twice, switch webhookCopies=once once", async () => {
    const { zapi } = await startWith({ webhookCopies: "twice" });
    await send();
    expect(bench.caught).toHaveLength(10);
    expect(bench.caught[0]?.body).toEqual(bench.caught[1]?.body);
    zapi.setSwitches({ webhookCopies: "once" });
    await send();
    expect(bench.caught).toHaveLength(15);
  });

  it("switch webhookRetry=never makes one attempt", async () => {
    const { zapi, answerWith } = await startWith({ webhookRetry: "never" });
    answerWith(503);
    await send();
    expect([zapi.journal.count("webhook.failed"), zapi.journal.count("webhook.delivered")]).toEqual([1, 4]);
    expect(bench.with("event")).toHaveLength(1);
  });

  it("switch webhookRetry=3-attempts repeats what was not answered 2xx", async () => {
    const { zapi, answerWith } = await startWith({ webhookRetry: "3-attempts" });
    answerWith(503);
    await send();
    expect([zapi.journal.count("webhook.failed"), zapi.journal.count("webhook.delivered")]).toEqual([1, 5]);
    expect(bench.with("event")).toHaveLength(2);
    expect(zapi.journal.entries({ act: "webhook.failed" })).toMatchObject([{ status: 503, operation: "ReceivedCallback" }]);
  });

  it.each([["none", ["echo", "answered"]], ["5-seconds", ["answered", "echo"]]] as const)("switch webhookDelay=%s: the echo and what a guest does four seconds later come as %j", async (webhookDelay, order) => {
    const { zapi } = await startWith({ webhookDelay });
    zapi.script({ account: ID, chat: GROUP, steps: [{ guest: RITA, response: "GOING", afterMs: 4000 }] });
    const { messageId } = await send();
    const entries = zapi.journal.entries().filter((entry) => entry.act === "event.answered" || (entry.act === "webhook.delivered" && entry.operation === "ReceivedCallback" && entry.messageId === messageId));
    expect(entries.map(({ act }) => (act === "event.answered" ? "answered" : "echo"))).toEqual(order);
  });

  it.each([["momment"], ["moment"]] as const)("switch momentKey=%s names the time", async (momentKey) => {
    await startWith({ momentKey });
    await send();
    for (const { body } of bench.caught) expect(body).toHaveProperty(momentKey, expect.any(Number));
  });

  it.each(["ReceivedCallback", "ReceivedCallBack"] as const)("switch receivedType=%s spells the type", async (receivedType) => {
    await startWith({ receivedType });
    await send();
    expect(bench.caught[0]?.body["type"]).toBe(receivedType);
  });
});

describe("event and eventResponse", () => {
  it("an RSVP names the event by its id, the answerer, and a time in milliseconds", async () => {
    await start();
    const { messageId } = await send();
    await sayGoing();
    const [rsvp] = bench.with("eventResponse");
    expect(rsvp).toMatchObject({
      phone: GROUP, fromMe: false, fromApi: false, status: "RECEIVED", waitingMessage: false, senderName: "Rita", participantPhone: RITA.phone, participantLid: "70123456789012@lid", senderLid: "70123456789012@lid",
      eventResponse: { response: "GOING", responseFrom: RITA.phone, time: expect.any(Number), referencedMessage: { messageId, fromMe: true, phone: GROUP, participant: null } },
    });
    expect(rsvp?.["messageId"]).toMatch(/^[0-9A-F]{32}$/);
    expect(rsvp?.["messageId"]).not.toBe(messageId);
  });

  it.each([["number", "5511987650001"], ["lid", "70123456789012@lid"], ["number-12", "551187650001"]] as const)("switch personForm=%s writes %s", async (personForm, written) => {
    await startWith({ personForm });
    await send();
    await sayGoing();
    expect(bench.with("eventResponse")).toMatchObject([{ participantPhone: written, eventResponse: { responseFrom: written } }]);
  });

  it.each([["set", RITA.phone], ["null", null]] as const)("switch eventParticipantPhone=%s", async (eventParticipantPhone, written) => {
    await startWith({ eventParticipantPhone });
    await send();
    await sayGoing();
    expect(bench.with("eventResponse")[0]?.["participantPhone"]).toBe(written);
    expect(bench.with("event")[0]?.["participantPhone"] === null).toBe(written === null);
  });

  it("switch participantLid=set, switch participantLid=null, switch participantLid=absent", async () => {
    const { zapi } = await startWith({ participantLid: "set" });
    await send();
    for (const participantLid of ["set", "null", "absent"] as const) {
      zapi.setSwitches({ participantLid });
      await sayGoing();
    }
    expect(bench.with("eventResponse").map((body) => [body["participantLid"], body["senderLid"]])).toEqual([["70123456789012@lid", "70123456789012@lid"], [null, null], [undefined, undefined]]);
  });

  it("switch chatLid=set, switch chatLid=null, switch chatLid=absent in direct chats", async () => {
    const { call, zapi } = await startWith({ chatLid: "set" });
    await call("POST", "send-text", { phone: RITA.phone, message: "Will you come?" });
    await zapi.flush();
    for (const chatLid of ["set", "null", "absent"] as const) {
      zapi.setSwitches({ chatLid });
      await zapi.answer({ account: ID, chat: RITA.phone, guest: RITA, text: "1" });
      await zapi.flush();
    }
    expect(bench.with("text").slice(1).map((body) => body["chatLid"])).toEqual(["70123456789012@lid", null, undefined]);
  });

  it.each([["null", null], ["empty", ""], ["absent", undefined]] as const)("switch noJoinLink=%s", async (noJoinLink, written) => {
    const { callLinkType: _, ...event } = EVENT;
    await startWith({ noJoinLink });
    await send(event);
    expect(bench.with("event")[0]?.["event"]).toEqual({ name: EVENT.name, description: EVENT.description, canceled: false, scheduleTime: 1_795_197_600, location: { name: "Warehouse 7" }, ...(written === undefined ? {} : { joinLink: written }) });
  });

  it.each([["empty-object", {}], ["null", null], ["absent", undefined]] as const)("switch noLocation=%s", async (noLocation, written) => {
    const { location: _, ...event } = EVENT;
    await startWith({ noLocation });
    await send(event);
    const content = bench.with("event")[0]?.["event"];
    expect(content).toEqual(expect.objectContaining({ name: EVENT.name }));
    expect(content).toEqual(written === undefined ? expect.not.objectContaining({ location: expect.anything() }) : expect.objectContaining({ location: written }));
  });

  it("a change of mind is a new message about the same event, later in time", async () => {
    const { zapi } = await start();
    zapi.script({ account: ID, chat: GROUP, steps: [{ guest: RITA, response: "GOING" }, { guest: RITA, response: "NOT_GOING", afterMs: 1000 }, { guest: { phone: "351960000123" }, response: "MAYBE", afterMs: 500 }] });
    const { messageId } = await send();
    const rsvps = bench.with("eventResponse").map((body) => body["eventResponse"]);
    expect(rsvps).toMatchObject([{ response: "GOING" }, { response: "MAYBE" }, { response: "NOT_GOING" }]);
    expect(zapi.journal.entries({ act: "event.answered" })).toMatchObject([{ target: messageId, response: "GOING", by: RITA.phone }, { response: "MAYBE" }, { response: "NOT_GOING" }]);
    expect(new Set(bench.with("eventResponse").map((body) => body["messageId"])).size).toBe(3);
    const times = rsvps.map((rsvp) => (rsvp !== null && typeof rsvp === "object" && "time" in rsvp ? Number(rsvp.time) : 0));
    expect(times[2]).toBeGreaterThan(times[0] ?? Infinity);
  });

  it("a guest shown as a LID, one who answers twice, and one with a clock of his own", async () => {
    const { zapi } = await start();
    await send();
    await zapi.answer({ account: ID, chat: GROUP, guest: RITA, response: "GOING", as: "lid", twice: true, timestampMs: 1_795_000_000_000 });
    await zapi.flush();
    const [one, two] = bench.with("eventResponse");
    expect(one).toMatchObject({ participantPhone: "70123456789012@lid", eventResponse: { responseFrom: "70123456789012@lid", time: 1_795_000_000_000 } });
    expect(two).toEqual(one);
    expect(zapi.journal.count("event.answered")).toBe(1);
  });

  it("the account's owner may not answer his own event, and answers a member's on his phone", async () => {
    const { zapi } = await start();
    await send();
    await expect(zapi.answer({ account: ID, chat: GROUP, guest: RITA, own: true, response: "GOING" })).rejects.toThrow("creator");
    await zapi.memberEvent({ account: ID, chat: GROUP, guest: RITA, title: "Drinks", startsAtMs: 0 });
    await zapi.answer({ account: ID, chat: GROUP, guest: RITA, own: true, response: "GOING" });
    await zapi.flush();
    expect(bench.with("eventResponse")).toMatchObject([{ fromMe: true, fromApi: false, status: "RECEIVED" }]);
    expect(zapi.journal.count("event.responded")).toBe(1);
  });

  it("two answers within one millisecond still have different times", async () => {
    const { zapi } = await start({ now: () => 1_795_000_000_000 });
    await send();
    await sayGoing();
    await zapi.answer({ account: ID, chat: GROUP, guest: RITA, response: "NOT_GOING" });
    await zapi.flush();
    expect(bench.with("eventResponse").map((body) => body["eventResponse"])).toMatchObject([{ time: 1_795_000_000_000 }, { time: 1_795_000_000_001 }]);
  });

  it("what the account's owner does on his phone is not told without notifySentByMe", async () => {
    const { zapi } = await start({}, { notifySentByMe: false });
    await zapi.memberEvent({ account: ID, chat: GROUP, guest: RITA, title: "Drinks", startsAtMs: 0 });
    await zapi.answer({ account: ID, chat: GROUP, guest: RITA, own: true, response: "GOING" });
    await zapi.flush();
    expect([bench.with("eventResponse").length, zapi.journal.count("event.responded")]).toEqual([0, 1]);
  });

  it.each([["dropped", 0], ["on-reconnect", 1]] as const)("switch missedWhileLost=%s: of an RSVP given while the session is lost, %d arrives later", async (missedWhileLost, arrives) => {
    const { zapi } = await startWith({ missedWhileLost });
    await send();
    zapi.setConnection(ID, "lost");
    await sayGoing();
    expect([bench.with("eventResponse").length, zapi.journal.count("event.answered")]).toEqual([0, 1]);
    zapi.setConnection(ID, "connected");
    await zapi.flush();
    expect(bench.with("eventResponse")).toHaveLength(arrives);
  });

  it("what was missed is gone once the account is logged out", async () => {
    const { zapi } = await startWith({ missedWhileLost: "on-reconnect" });
    await send();
    zapi.setConnection(ID, "lost");
    await sayGoing();
    for (const connection of ["unpaired", "connected"] as const) zapi.setConnection(ID, connection);
    await zapi.flush();
    expect(bench.with("eventResponse")).toHaveLength(0);
  });

  it("an RSVP to an event that nobody here knows is reported with its id", async () => {
    const { zapi } = await start();
    await zapi.answer({ account: ID, chat: GROUP, guest: RITA, response: "GOING", target: "3EB0FOREIGN" });
    await zapi.flush();
    expect(bench.with("eventResponse")).toMatchObject([{ eventResponse: { referencedMessage: { messageId: "3EB0FOREIGN", fromMe: false } } }]);
  });
});

describe("placeholders", () => {
  it("an answer that cannot be decrypted arrives as a placeholder only, and the journal says so", async () => {
    const { zapi } = await start();
    await send();
    const { messageId } = await zapi.answer({ account: ID, chat: GROUP, guest: RITA, response: "GOING", undecryptable: true });
    await zapi.flush();
    expect(bench.with("eventResponse")).toHaveLength(0);
    const [placeholder] = bench.caught.map(({ body }) => body).filter((body) => body["waitingMessage"] === true);
    expect(placeholder).toMatchObject({ messageId, phone: GROUP });
    for (const key of ["connectedPhone", "senderLid", "isEdit"]) expect(placeholder).not.toHaveProperty(key);
    expect(zapi.journal.entries({ act: "event.answered" })).toMatchObject([{ messageId, response: "GOING", unreadable: true }]);
  });

  it("thenReadable lets the real message follow under the same id", async () => {
    const { zapi } = await start();
    await send();
    const { messageId } = await zapi.answer({ account: ID, chat: GROUP, guest: RITA, response: "GOING", undecryptable: true, thenReadable: true });
    await zapi.flush();
    expect(bench.with("eventResponse")).toMatchObject([{ messageId, waitingMessage: false }]);
    expect(zapi.journal.entries({ act: "event.answered" }).map(({ unreadable }) => unreadable)).toEqual([true, undefined]);
  });

  it.each([["never", [false]], ["then-real", [true, false]], ["never-real", [true]]] as const)("switch placeholder=%s", async (placeholder, flags) => {
    await startWith({ placeholder });
    await send();
    await sayGoing();
    const received = bench.caught.map(({ body }) => body).filter((body) => body["type"] === "ReceivedCallback" && !("event" in body));
    expect(received.map((body) => body["waitingMessage"])).toEqual(flags);
    expect(new Set(received.map((body) => body["messageId"])).size).toBe(1);
  });
});
