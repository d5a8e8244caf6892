import { afterEach, describe, expect, it } from "@jest/globals";
import { zapiDefaults } from "./start.js";
import { EVENT, GROUP, startBench } from "./test-bench.js";
import type { Bench } from "./test-bench.js";

let bench: Bench;
const start = async (...args: Parameters<typeof startBench>): Promise<Bench> => (bench = await startBench(...args));
afterEach(() => bench.stop());

const HOOK = "https://hooks.example/a";
const ID = zapiDefaults.instanceId;

describe("status and data", () => {
  it("a connected instance fills error, too", async () => {
    const { call } = await start();
    expect((await call("GET", "status")).json).toMatchObject({ connected: true, smartphoneConnected: true, session: false, error: "You are already connected." });
  });

  it.each([["lost", "You need to restore the session."], ["unpaired", "You are not connected."]] as const)("a %s instance says so", async (connection, error) => {
    const { call, zapi } = await start();
    zapi.setConnection(ID, connection);
    expect((await call("GET", "status")).json).toMatchObject({ connected: false, smartphoneConnected: false, error });
  });

  it("switch suspendedStatus=connected still says connected, switch suspendedStatus=400-subscribe answers as the sends do", async () => {
    const { call, zapi } = await start({}, { suspended: true });
    expect((await call("GET", "status")).json).toMatchObject({ connected: true });
    zapi.setSwitches({ suspendedStatus: "400-subscribe" });
    const subscribe = { status: 400, json: { error: "To continue sending a message, you must subscribe to this instance again" } };
    expect(await call("GET", "status")).toMatchObject(subscribe);
    expect(await call("POST", "send-event", { phone: GROUP, event: EVENT })).toMatchObject(subscribe);
  });

  it("device names the connected number", async () => {
    const { call } = await start({}, { phone: "351960000123" });
    expect((await call("GET", "device")).json).toMatchObject({ phone: "351960000123", originalDevice: "smba", isBusiness: true });
  });

  it("GET disconnect logs out without a callback and GET restore-session does not bring it back; a lost session is restored", async () => {
    const { call, zapi, of } = await start();
    expect((await call("GET", "disconnect")).json).toEqual({ value: true });
    await call("GET", "restore-session");
    expect((await call("GET", "status")).json).toMatchObject({ error: "You are not connected." });
    expect((await call("GET", "device")).status).toBe(400);
    zapi.setConnection(ID, "lost");
    await call("GET", "restore-session");
    expect((await call("GET", "status")).json).toMatchObject({ connected: true });
    await zapi.flush();
    expect(of("DisconnectedCallback")).toMatchObject([{ disconnected: true, error: "Device has been disconnected", instanceId: ID }]);
    expect(of("ConnectedCallback")).toMatchObject([{ connected: true, phone: "551133334444", instanceId: ID }]);
  });

  it.each([["seconds", 10], ["milliseconds", 13]] as const)("switch connectionMoment=%s gives %d digits", async (connectionMoment, digits) => {
    const { zapi, of } = await start({ switches: { connectionMoment } });
    zapi.setConnection(ID, "lost");
    await zapi.flush();
    expect(String(of("DisconnectedCallback")[0]?.["momment"])).toHaveLength(digits);
  });

  it("the pairing calls give a code only while nothing is linked", async () => {
    const { call, zapi } = await start();
    expect((await call("GET", "qr-code/image")).json).toEqual({ connected: true });
    zapi.setConnection(ID, "unpaired");
    expect(String((await call("GET", "qr-code/image")).json["value"])).toMatch(/^data:image\/png;base64,/);
  });
});

describe("setting up webhooks", () => {
  it.each([
    ["update-webhook-delivery", "deliveryCallbackUrl"],
    ["update-webhook-received", "receivedCallbackUrl"],
    ["update-webhook-message-status", "messageStatusCallbackUrl"],
    ["update-webhook-connected", "connectedCallbackUrl"],
    ["update-webhook-disconnected", "disconnectedCallbackUrl"],
    ["update-webhook-chat-presence", "presenceChatCallbackUrl"],
  ])("%s shows in /me as %s, and an empty value takes it back", async (operation, field) => {
    const { call } = await start({}, { webhooks: {} });
    expect(await call("PUT", operation, { value: HOOK })).toMatchObject({ status: 200, text: "" });
    const me = (await call("GET", "me")).json;
    expect(me).toMatchObject({ [field]: HOOK, id: ID, token: zapiDefaults.token });
    expect(Object.values(me).filter((value) => value === HOOK)).toHaveLength(1);
    await call("PUT", operation, { value: "" });
    expect((await call("GET", "me")).json).toMatchObject({ [field]: null });
  });

  it("switch webhookSetAnswer=empty answers with nothing, switch webhookSetAnswer=value with {value: true}", async () => {
    const { call, zapi } = await start();
    expect((await call("PUT", "update-webhook-received", { value: HOOK })).text).toBe("");
    zapi.setSwitches({ webhookSetAnswer: "value" });
    expect((await call("PUT", "update-webhook-received", { value: HOOK })).json).toEqual({ value: true });
  });

  it("update-webhook-received-delivery turns the echo on, written as notifySentByMe and read as receiveCallbackSentByMe", async () => {
    const { call } = await start({}, { webhooks: {}, notifySentByMe: false });
    await call("PUT", "update-webhook-received-delivery", { value: HOOK });
    expect((await call("GET", "me")).json).toMatchObject({ receivedCallbackUrl: HOOK, receiveCallbackSentByMe: true });
    expect((await call("PUT", "update-notify-sent-by-me", { notifySentByMe: false })).json).toEqual({ value: true });
    expect((await call("GET", "me")).json).toMatchObject({ receiveCallbackSentByMe: false });
  });

  it("update-notify-sent-by-me is refused with {value: false} while no receive webhook is set", async () => {
    const { call } = await start({}, { webhooks: {} });
    expect(await call("PUT", "update-notify-sent-by-me", { notifySentByMe: true })).toMatchObject({ status: 200, json: { value: false } });
  });

  it("update-every-webhooks sets all six, and the echo only when it is given", async () => {
    const { call } = await start({}, { webhooks: {}, notifySentByMe: false });
    expect((await call("PUT", "update-every-webhooks", { value: HOOK })).json).toEqual({ value: true });
    const me = (await call("GET", "me")).json;
    expect(Object.values(me).filter((value) => value === HOOK)).toHaveLength(6);
    expect(me["receiveCallbackSentByMe"]).toBe(false);
    await call("PUT", "update-every-webhooks", { value: HOOK, notifySentByMe: true });
    expect((await call("GET", "me")).json["receiveCallbackSentByMe"]).toBe(true);
  });

  it("a URL that is not https is refused with {value: false} and changes nothing", async () => {
    const { call } = await start({}, { webhooks: {} });
    for (const value of ["http://hooks.example/a", "ftp://hooks.example", "nonsense", 7]) {
      expect(await call("PUT", "update-webhook-received", { value })).toMatchObject({ status: 200, json: { value: false } });
      expect((await call("PUT", "update-every-webhooks", { value })).json).toEqual({ value: false });
    }
    expect((await call("GET", "me")).json).toMatchObject({ receivedCallbackUrl: null });
  });

  it("switch httpWebhooks=loopback takes plain http on this machine, switch httpWebhooks=refused does not", async () => {
    const { call, zapi, hooks } = await start();
    zapi.setSwitches({ webhookSetAnswer: "value" });
    expect((await call("PUT", "update-webhook-received", { value: hooks })).json).toEqual({ value: true });
    zapi.setSwitches({ httpWebhooks: "refused" });
    expect((await call("PUT", "update-webhook-received", { value: hooks })).json).toEqual({ value: false });
  });
});
