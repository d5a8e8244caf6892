import { afterEach, describe, expect, it } from "@jest/globals";
import { zapiDefaults } from "./start.js";
import { EVENT, GROUP, RITA, startBench } from "./test-bench.js";
import type { Bench } from "./test-bench.js";

let bench: Bench;
const start = async (...args: Parameters<typeof startBench>): Promise<Bench> => (bench = await startBench(...args));
afterEach(() => bench.stop());

const ID = zapiDefaults.instanceId;
const sim = async (method: string, path: string, body?: unknown): Promise<{ status: number; json: unknown }> => {
  const response = await fetch(`${bench.zapi.url}/__sim/${path}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  return { status: response.status, json: await response.json() };
};

describe("the controls over HTTP", () => {
  it("script a guest, read the journal and the chats", async () => {
    const { call } = await start();
    await sim("POST", "guests", { account: ID, chat: GROUP, steps: [{ guest: RITA, response: "MAYBE" }] });
    const { json } = await call("POST", "send-event", { phone: GROUP, event: EVENT });
    await sim("POST", "flush");
    expect((await sim("GET", "journal?act=event.answered")).json).toMatchObject([{ vendor: "zapi", account: ID, target: json["messageId"], response: "MAYBE" }]);
    expect((await sim("GET", "chats")).json).toMatchObject([{ account: ID, chat: GROUP, messages: [{ kind: "event", delivered: true, shown: { title: "Safety briefing" }, answers: [{ by: RITA.phone, response: "MAYBE" }] }] }]);
  });

  it("make a member's event and let guests answer now", async () => {
    await start();
    expect(await sim("POST", "events", { account: ID, chat: GROUP, guest: RITA, title: "Drinks", startsAtMs: 1_795_197_600_000 })).toMatchObject({ status: 200, json: { messageId: expect.stringMatching(/^[0-9A-F]{32}$/) } });
    expect((await sim("POST", "answers", { account: ID, chat: GROUP, guest: { phone: "351960000123" }, response: "GOING" })).status).toBe(200);
    expect((await sim("POST", "answers", { account: ID, chat: GROUP, guest: RITA, response: "GOING" })).status).toBe(409);
    expect((await sim("POST", "answers", { account: "nobody", chat: GROUP, guest: RITA, response: "GOING" })).status).toBe(404);
    expect((await sim("POST", "answers", { account: ID, chat: GROUP, guest: RITA })).status).toBe(400);
  });

  it("read and change switches, and refuse what is none", async () => {
    await start();
    expect((await sim("PATCH", "switches", { dateTimeMode: "instant" })).json).toMatchObject({ dateTimeMode: "instant", zeroOffset: "accepted" });
    expect(await sim("PATCH", "switches", { dateTimeMode: "lunar", colour: "red" })).toEqual({ status: 400, json: { error: "dateTimeMode: one of wallclock-default-br, instant, wallclock-default-utc, shift; colour: no such switch" } });
  });

  it("create and alter instances, and show them without token or webhook URL", async () => {
    await start();
    const token = "AAAABBBBCCCCDDDDEEEEFFFF";
    expect((await sim("PUT", "accounts/SECOND", { phone: "351910000777", token, webhooks: "https://hooks.example/secret", groups: [{ phone: GROUP, name: "Choir", participants: [RITA] }] })).status).toBe(200);
    const { json } = await sim("GET", "accounts/SECOND");
    expect(json).toMatchObject({ id: "SECOND", phone: "351910000777", connected: true, queued: 0 });
    expect(JSON.stringify(json)).not.toMatch(/AAAABBBB|secret/);
    expect((await sim("PUT", "accounts/SECOND", { connected: false })).json).toMatchObject({ connection: "lost" });
    expect((await sim("PUT", "accounts/SECOND", { token: "other" })).status).toBe(409);
    expect((await sim("PUT", "accounts/SECOND", { colour: "red" })).status).toBe(400);
    expect((await sim("PUT", "accounts/THIRD", {})).status).toBe(400);
    expect((await sim("GET", "accounts/THIRD")).status).toBe(404);
    const response = await fetch(`${bench.zapi.url}/instances/SECOND/token/${token}/status`, { headers: { "client-token": zapiDefaults.clientToken } });
    expect(await response.json()).toMatchObject({ connected: false });
  });

  it("a fault over HTTP meets the next matching request only", async () => {
    const { call } = await start();
    await sim("POST", "faults", { operation: "send-event", fault: "answer", status: 418, body: { error: "teapot" } });
    expect((await call("GET", "status")).status).toBe(200);
    expect(await call("POST", "send-event", { phone: GROUP, event: EVENT })).toMatchObject({ status: 418, json: { error: "teapot" } });
    expect((await call("POST", "send-event", { phone: GROUP, event: EVENT })).status).toBe(200);
  });
});

describe("as a function", () => {
  it("callback() sends any body, and stop() may be repeated", async () => {
    const { zapi } = await start();
    await zapi.callback(ID, "received", { type: "ReceivedCallback", notification: "PROFILE_NAME_UPDATED" });
    expect(bench.caught.map(({ body }) => body)).toEqual([{ type: "ReceivedCallback", notification: "PROFILE_NAME_UPDATED" }]);
    await zapi.stop();
    await zapi.stop();
  });

  it("two instances keep their groups, queues and callbacks apart", async () => {
    const { zapi } = await start();
    zapi.putInstance({ id: "SECOND", token: "T2", webhooks: bench.hooks, connection: "lost" });
    await fetch(`${zapi.url}/instances/SECOND/token/T2/send-event`, { method: "POST", headers: { "client-token": zapiDefaults.clientToken, "content-type": "application/json" }, body: JSON.stringify({ phone: GROUP, event: EVENT }) });
    await bench.call("POST", "send-event", { phone: GROUP, event: EVENT });
    await zapi.flush();
    expect(zapi.journal.entries({ act: "event.created" }).map(({ account }) => account)).toEqual([ID]);
    expect(new Set(bench.caught.map(({ body }) => body["instanceId"]))).toEqual(new Set([ID]));
  });
});
