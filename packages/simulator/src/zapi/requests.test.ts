import { afterEach, describe, expect, it } from "@jest/globals";
import { zapiDefaults } from "./start.js";
import { EVENT, GROUP, startBench } from "./test-bench.js";
import type { Bench } from "./test-bench.js";
import type { ZapiOptions } from "./start.js";

let bench: Bench;
const start = async (...args: Parameters<typeof startBench>): Promise<Bench> => (bench = await startBench(...args));
const startWith = (switches: NonNullable<ZapiOptions["switches"]>): Promise<Bench> => start({ switches });
afterEach(() => bench.stop());

const json = { "content-type": "application/json" };

describe("who may call", () => {
  it.each([
    ["400-not-configured", 400, "your client-token is not configured"],
    ["403-null", 403, "Client-Token null not allowed"],
    ["403-bare-null", 403, "null not allowed"],
  ] as const)("switch missingClientToken=%s answers %d", async (missingClientToken, status, error) => {
    const { call } = await startWith({ missingClientToken });
    expect(await call("GET", "status", undefined, {})).toMatchObject({ status, json: { error } });
  });

  it("a wrong Client-Token is answered 403 with the value that was sent, and the journal does not repeat it", async () => {
    const { call, zapi } = await start();
    expect(await call("GET", "status", undefined, { "client-token": "WRONG" })).toMatchObject({ status: 403, json: { error: "Client-Token WRONG not allowed" } });
    expect(JSON.stringify(zapi.journal.entries())).not.toContain("WRONG");
    expect(zapi.journal.entries({ act: "request.refused" })).toMatchObject([{ status: 403, operation: "status" }]);
  });

  it("switch clientTokenCheck=inactive lets calls without a token pass, switch clientTokenCheck=active does not", async () => {
    const { call, zapi } = await startWith({ clientTokenCheck: "inactive" });
    expect((await call("GET", "status", undefined, {})).status).toBe(200);
    zapi.setSwitches({ clientTokenCheck: "active" });
    expect((await call("GET", "status", undefined, {})).status).toBe(400);
  });

  it("switch callerAddress=refused names the caller's address, switch callerAddress=allowed lets it pass", async () => {
    const { call, zapi } = await startWith({ callerAddress: "refused" });
    expect(await call("GET", "status")).toMatchObject({ status: 403, json: { error: "127.0.0.1 not allowed" } });
    zapi.setSwitches({ callerAddress: "allowed" });
    expect((await call("GET", "status")).status).toBe(200);
  });

  it.each(["404", "403", "401"] as const)("switch wrongInstance=%s is the answer to a wrong instance token", async (wrongInstance) => {
    const { zapi } = await startWith({ wrongInstance });
    const response = await fetch(`${zapi.url}/instances/${zapiDefaults.instanceId}/token/nonsense/status`, { headers: { "client-token": zapiDefaults.clientToken } });
    expect(response.status).toBe(Number(wrongInstance));
    expect(await response.json()).toHaveProperty("error");
  });
});

describe("routes", () => {
  it.each(["404", "200"] as const)("switch unknownOperation=%s goes with the NOT_FOUND body", async (unknownOperation) => {
    const { call } = await startWith({ unknownOperation });
    expect(await call("GET", "Status")).toMatchObject({ status: Number(unknownOperation), json: { error: "NOT_FOUND", message: "Unable to find matching target resource method" } });
  });

  it("a wrong method is answered 405 and a body without content type 415, both without a body", async () => {
    const { call } = await start();
    expect(await call("GET", "send-event")).toMatchObject({ status: 405, text: "" });
    expect(await call("POST", "send-event", { phone: GROUP }, { "client-token": zapiDefaults.clientToken })).toMatchObject({ status: 415, text: "" });
    expect(await call("POST", "send-event", { phone: GROUP }, { "client-token": zapiDefaults.clientToken, "content-type": "text/plain" })).toMatchObject({ status: 415 });
  });

  it("a body that is not JSON is answered 400", async () => {
    const { call } = await start();
    expect((await call("POST", "send-event", "{", { "client-token": zapiDefaults.clientToken, ...json })).status).toBe(400);
  });

  it("every request is journalled by its operation, without a credential", async () => {
    const { call, zapi } = await start();
    await call("POST", "send-event", { phone: GROUP, event: EVENT });
    await zapi.flush();
    expect(zapi.journal.entries({ act: "request.received" })).toMatchObject([{ operation: "send-event", account: zapiDefaults.instanceId }]);
    expect(JSON.stringify(zapi.journal.entries())).not.toContain(zapiDefaults.token);
    expect(JSON.stringify(zapi.journal.entries())).not.toContain(zapiDefaults.clientToken);
  });
});

describe("scripted faults", () => {
  it.each([
    ["refuse", 400],
    ["unauthorized", 403],
    ["rate-limited", 429],
    ["server-error", 500],
    ["redirect", 307],
    ["not-ready", 400],
  ] as const)("%s answers %d and nothing is sent", async (fault, status) => {
    const { zapi } = await start();
    zapi.faults.add({ operation: "send-event", fault });
    const response = await fetch(`${zapi.url}/instances/${zapiDefaults.instanceId}/token/${zapiDefaults.token}/send-event`, {
      method: "POST",
      redirect: "manual",
      headers: { "client-token": zapiDefaults.clientToken, ...json },
      body: JSON.stringify({ phone: GROUP, event: EVENT }),
    });
    expect(response.status).toBe(status);
    await zapi.flush();
    expect(zapi.journal.count("event.created")).toBe(0);
  });

  it.each(["reset-before-reading", "reset"] as const)("%s drops the connection and nothing is sent", async (fault) => {
    const { call, zapi } = await start();
    zapi.faults.add({ operation: "send-event", fault });
    await expect(call("POST", "send-event", { phone: GROUP, event: EVENT })).rejects.toThrow();
    await zapi.flush();
    expect(zapi.journal.count("event.created")).toBe(0);
  });

  it.each(["act-then-reset", "act-then-cut-body"] as const)("%s sends the event although no answer arrives", async (fault) => {
    const { call, zapi } = await start();
    zapi.faults.add({ operation: "send-event", fault });
    await expect(call("POST", "send-event", { phone: GROUP, event: EVENT })).rejects.toThrow();
    await zapi.flush();
    expect(zapi.journal.count("event.created")).toBe(1);
    expect(bench.with("event")).toHaveLength(1);
  });

  it("slow answers late, when the event has long been sent", async () => {
    const { call, zapi } = await start({ clockFactor: 0.02 });
    zapi.faults.add({ fault: "slow" });
    const order: string[] = [];
    zapi.journal.listen(({ act }) => act === "event.created" && order.push(act));
    const { status } = await call("POST", "send-event", { phone: GROUP, event: EVENT });
    order.push("the answer");
    expect([status, order]).toEqual([200, ["event.created", "the answer"]]);
  });

  it("without-id answers 2xx without any id, and the event is sent", async () => {
    const { call, zapi } = await start();
    zapi.faults.add({ fault: "without-id" });
    expect(await call("POST", "send-event", { phone: GROUP, event: EVENT })).toMatchObject({ status: 200, text: "{}" });
    await zapi.flush();
    expect(zapi.journal.count("event.created")).toBe(1);
  });

  it.each([["suspended", 400], ["queue-full", 400], ["smartphone", 400], ["value-false", 200]] as const)("refuse with code %s has the vendor's words", async (code, status) => {
    const { call, zapi } = await start();
    zapi.faults.add({ fault: "refuse", code });
    expect((await call("POST", "send-event", { phone: GROUP, event: EVENT })).status).toBe(status);
    expect(zapi.journal.count("request.refused")).toBe(1);
  });
});
