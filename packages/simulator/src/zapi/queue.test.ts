import { afterEach, describe, expect, it } from "@jest/globals";
import { zapiDefaults } from "./start.js";
import { EVENT, GROUP, startBench } from "./test-bench.js";
import type { Bench } from "./test-bench.js";

let bench: Bench;
const start = async (...args: Parameters<typeof startBench>): Promise<Bench> => (bench = await startBench(...args));
afterEach(() => bench.stop());

const ID = zapiDefaults.instanceId;
const send = () => bench.call("POST", "send-event", { phone: GROUP, event: EVENT });
const zaapIds = (page: { readonly json: Readonly<Record<string, unknown>> }): readonly string[] =>
  Array.isArray(page.json["messages"]) ? page.json["messages"].map((item: Readonly<Record<string, unknown>>) => String(item["ZaapId"])) : [];

describe("while disconnected", () => {
  it("switch disconnectedSend=queued accepts, and the queue leaves by itself on reconnect, in order, after ConnectedCallback", async () => {
    const { zapi, of } = await start({}, { connection: "lost" });
    const ids = [await send(), await send(), await send()].map(({ json }) => json["messageId"]);
    await zapi.flush();
    expect([zapi.journal.count("message.queued"), zapi.journal.count("event.created"), bench.caught.length]).toEqual([3, 0, 0]);
    zapi.setConnection(ID, "connected");
    await zapi.flush();
    expect(zapi.journal.entries({ act: "event.created" }).map(({ messageId }) => messageId)).toEqual(ids);
    expect(of("DeliveryCallback").map(({ messageId }) => messageId)).toEqual(ids);
    expect(bench.caught[0]?.body).toMatchObject({ type: "ConnectedCallback" });
  });

  it.each([["value-false", 200, { value: false }], ["400-not-connected", 400, { error: "You are not connected." }]] as const)("switch disconnectedSend=%s answers %d and keeps nothing", async (disconnectedSend, status, json) => {
    const { zapi } = await start({ switches: { disconnectedSend } }, { connection: "lost" });
    expect(await send()).toMatchObject({ status, json });
    expect(zapi.journal.entries({ act: "request.refused" })).toMatchObject([{ status }]);
    zapi.setConnection(ID, "connected");
    await zapi.flush();
    expect(zapi.journal.count("event.created")).toBe(0);
  });

  it("disableEnqueueWhenDisconnected, set by update-queue-settings, makes sends fail at once", async () => {
    const { call, zapi } = await start();
    expect((await call("PUT", "update-queue-settings", { disableEnqueueWhenDisconnected: true })).json).toEqual({ success: true });
    zapi.setConnection(ID, "lost");
    expect(await send()).toMatchObject({ status: 400, json: { error: "You are not connected." } });
    expect((await call("PUT", "update-queue-settings", {})).json).toEqual({ success: false });
  });

  it("the thousand and first message is refused", async () => {
    const { call, zapi } = await start({}, { connection: "lost" });
    for (let batch = 0; batch < 10; batch += 1) await Promise.all(Array.from({ length: 100 }, () => call("POST", "send-text", { phone: GROUP, message: "hello" })));
    expect(await send()).toMatchObject({ status: 400, json: { error: "The queue is full" } });
    expect(zapi.journal.count("message.queued")).toBe(1000);
  }, 60_000);

  it("switch phoneOffline=sent sends although the phone is offline, switch phoneOffline=400-not-responding refuses", async () => {
    const { zapi } = await start({}, { smartphoneConnected: false });
    expect((await send()).status).toBe(200);
    zapi.setSwitches({ phoneOffline: "400-not-responding" });
    expect(await send()).toMatchObject({ status: 400, json: { error: expect.stringContaining("smartphone is not responding") } });
    await zapi.flush();
    expect(zapi.journal.count("event.created")).toBe(1);
  });
});

describe("the drain", () => {
  it.each([[0, 1000], [0.5, 2000], [0.999, 2998]])("hands over one after the other, 1 to 3 seconds apart: with chance %d after %d ms", async (chance, pause) => {
    const { zapi } = await start({ random: () => chance }, { connection: "lost" });
    await send();
    await send();
    zapi.script({ account: ID, chat: GROUP, steps: [{ guest: { phone: "351960000001" }, response: "GOING", afterMs: pause - 10 }, { guest: { phone: "351960000002" }, response: "GOING", afterMs: pause + 10 }] });
    zapi.setConnection(ID, "connected");
    await zapi.flush();
    const acts = zapi.journal.entries().filter(({ act }) => act === "event.created" || act === "event.answered");
    expect(acts.slice(0, 4).map(({ act, by }) => by ?? act)).toEqual(["event.created", "351960000001", "event.created", "351960000002"]);
  });

  it("a message accepted while the queue is being emptied waits for its turn", async () => {
    const { zapi, call } = await start({ clockFactor: 1 });
    await send();
    await send();
    await send();
    expect((await call("GET", "queue/count")).json).toEqual({ count: 2 });
    expect(zapi.journal.count("event.created")).toBe(1);
  });

  it("stops when the connection is lost and goes on when it is back", async () => {
    const { zapi, call } = await start({}, { connection: "lost" });
    await send();
    await send();
    const end = zapi.journal.listen(({ act }) => {
      if (act === "event.created") zapi.setConnection(ID, "lost");
    });
    zapi.setConnection(ID, "connected");
    await zapi.flush();
    expect((await call("GET", "queue/count")).json).toEqual({ count: 1 });
    end();
    zapi.setConnection(ID, "connected");
    await zapi.flush();
    expect((await call("GET", "queue/count")).json).toEqual({ count: 0 });
    expect(zapi.journal.count("event.created")).toBe(2);
  });
});

describe("the queue's own calls", () => {
  it("items are written in Pascal case and pages follow pagingState", async () => {
    const { call } = await start({}, { connection: "lost" });
    const sent: string[] = [];
    for (let n = 0; n < 45; n += 1) sent.push(String((await call("POST", "send-text", { phone: GROUP, message: `text ${n}` })).json["zaapId"]));
    const first = await call("POST", "queue", {});
    expect(zaapIds(first)).toEqual(sent.slice(0, 20));
    expect(first.json).toMatchObject({ hasMore: true, messages: expect.arrayContaining([expect.objectContaining({ Phone: GROUP, Message: "text 0", InstanceId: ID, DelayMessage: -1, IsTrial: false, Created: expect.any(Number) })]) });
    const second = await call("POST", "queue", { pageSize: 30, pagingState: first.json["pagingState"] });
    expect(zaapIds(second)).toEqual(sent.slice(20, 45));
    expect(second.json).toMatchObject({ hasMore: false, pagingState: null });
  });

  it("switch queuePageOver30=clamp gives 30 items, switch queuePageOver30=400 refuses", async () => {
    const { call, zapi } = await start({}, { connection: "lost" });
    for (let n = 0; n < 35; n += 1) await call("POST", "send-text", { phone: GROUP, message: "hello" });
    expect(zaapIds(await call("POST", "queue", { pageSize: 35 }))).toHaveLength(30);
    zapi.setSwitches({ queuePageOver30: "400" });
    expect((await call("POST", "queue", { pageSize: 35 })).status).toBe(400);
    expect((await call("POST", "queue", { pageSize: 30 })).status).toBe(200);
  });

  it("DELETE /queue/{zaapId} takes one message out, DELETE /queue all", async () => {
    const { call, zapi } = await start({}, { connection: "lost" });
    const [first, second, third] = [await send(), await send(), await send()];
    await call("DELETE", `queue/${String(second?.json["zaapId"])}`);
    expect(zaapIds(await call("POST", "queue", {}))).toEqual([first?.json["zaapId"], third?.json["zaapId"]]);
    await call("DELETE", "queue");
    zapi.setConnection(ID, "connected");
    await zapi.flush();
    expect(zapi.journal.count("event.created")).toBe(0);
  });
});
