import { createHmac } from "node:crypto";
import { afterEach, describe, expect, it } from "@jest/globals";
import { startWaha } from "./start.js";
import { CHAT, GUEST, KEY, SESSION, startBench, type Bench } from "./test-bench.js";
import { hmacOf, retryWaitMs } from "./webhooks.js";

let bench: Bench | undefined;
afterEach(async () => {
  await bench?.stop();
  bench = undefined;
});

describe("the signature", () => {
  it.each([
    ["my-secret-key", '{"event":"message","session":"default","engine":"WEBJS"}', "208f8a55dde9e05519e898b10b89bf0d0b3b0fdf11fdbf09b6b90476301b98d8097c462b2b17a6ce93b6b47a136cf2e78a33a63f6752c2c1631777076153fa89"],
    ["north-window-17", '{"id":"evt_01k9x7r3m2v5q8w1z4c6b0n7td","event":"event.response","session":"salon-042"}', "01f0303ccfdbacdd8ae85a4afee3574b769a5f21fc2384446e703fd6b3fe1097662f28033607104d1a1db3b0783ffe136cafffbda87230a879a029215319d358"],
    ["chave-ção", '{"event":"event.response","session":"salon-042","note":"Ação 💅"}', "bb333e84f90190ce2004f26d06d6ac7a71a0ad7fa8bc2c0fc21df5f8330de3d9a789c1a90c8ad390343921abcc08429387c182e7ad6a1e1779fd500027b25577"],
  ])("of the vector with key %s", (key, body, expected) => {
    expect(hmacOf(key, Buffer.from(body, "utf8"))).toBe(expected);
  });

  it("covers the bytes posted, and is absent without a key", async () => {
    bench = await startBench();
    await bench.invite(CHAT);
    for (const { headers, bytes } of bench.caught) {
      expect(headers["x-webhook-hmac"]).toBe(createHmac("sha512", KEY).update(bytes).digest("hex"));
      expect(headers["x-webhook-hmac-algorithm"]).toBe("sha512");
    }
    expect(bench.caught.length).toBeGreaterThan(0);
    await bench.stop();
    bench = await startBench({}, {}, { hmac: { key: "" } });
    await bench.invite(CHAT);
    expect(bench.caught[0]?.headers).not.toHaveProperty("x-webhook-hmac");
  });
});

describe("the request", () => {
  it("carries the vendor's headers and envelope", async () => {
    bench = await startBench({}, {}, { customHeaders: [{ name: "X-Tenant", value: "042" }] });
    await bench.invite(CHAT);
    const { method, headers, body } = bench.caught[0] ?? {};
    expect(method).toBe("POST");
    expect(headers).toMatchObject({ "content-type": "application/json", "user-agent": "WAHA/2026.7.1", "x-tenant": "042", accept: "application/json, text/plain, */*" });
    expect(headers?.["x-webhook-request-id"]).toMatch(/^[0-9a-z]{14}$/);
    expect(headers?.["x-webhook-timestamp"]).toBe(String(body?.["timestamp"]));
    expect(body?.["id"]).toMatch(/^evt_[0-9a-hjkmnp-tv-z]{26}$/);
    expect(body).toMatchObject({ session: SESSION, metadata: { tenant: "042" }, engine: "GOWS", environment: { version: "2026.7.1", engine: "GOWS" } });
  });

  it("has a ULID as request id and no `engine` on 2025.11.3", async () => {
    bench = await startBench({ switches: { mode: "legacy" } });
    await bench.invite(CHAT);
    expect(bench.caught[0]?.headers["x-webhook-request-id"]).toMatch(/^[0-9A-Z]{26}$/);
    expect(bench.caught[0]?.body).not.toHaveProperty("engine");
  });

  it.each([["present", true], ["absent", false]] as const)("envelopeEngine: %s", async (envelopeEngine, there) => {
    bench = await startBench({ switches: { envelopeEngine } });
    await bench.invite(CHAT);
    expect("engine" in (bench.caught[0]?.body ?? {})).toBe(there);
  });

  it("goes to the session's and the environment's targets under one envelope id and two request ids", async () => {
    const other = await startBench();
    bench = await startBench({ globalWebhooks: [{ url: `${other.hooks}/global`, events: ["message.any"] }] }, {}, { events: ["message.any"] });
    await bench.invite(CHAT);
    expect([bench.caught.length, other.caught.length]).toEqual([1, 1]);
    expect(other.caught[0]?.body["id"]).toBe(bench.caught[0]?.body["id"]);
    expect(other.caught[0]?.headers["x-webhook-request-id"]).not.toBe(bench.caught[0]?.headers["x-webhook-request-id"]);
    expect(other.caught[0]?.headers).not.toHaveProperty("x-webhook-hmac");
    await other.stop();
  });
});

describe("retries", () => {
  const waits = (policy: string, delay: number, random = 0) => [1, 2, 3].map((retry) => retryWaitMs(policy, delay, retry, undefined, () => random));
  it("wait as measured at the vendor, not as documented", () => {
    expect(waits("constant", 1)).toEqual([1000, 1000, 1000]);
    expect(waits("linear", 1)).toEqual([1000, 2000, 3000]);
    expect(waits("exponential", 1)).toEqual([2000, 4000, 8000]);
    expect(waits("exponential", 2, 1)).toEqual([4800, 9600, 19200]);
    expect(waits("exponential", 0)).toEqual([0, 0, 0]);
    expect(retryWaitMs("constant", 1, 1, 3, () => 0)).toBe(3000);
  });

  it("repeat the same bytes, ids and signature on any answer but a 2xx, until one is", async () => {
    bench = await startBench({ switches: { acks: "none" } });
    bench.answerWith({ status: 400 }, { status: 404 }, { status: 503, headers: { "retry-after": "1" } });
    await bench.invite(CHAT);
    expect(bench.caught).toHaveLength(4);
    const [first] = bench.caught;
    for (const again of bench.caught) {
      expect(again.bytes.equals(first?.bytes ?? Buffer.alloc(0))).toBe(true);
      for (const header of ["x-webhook-request-id", "x-webhook-timestamp", "x-webhook-hmac"]) expect(again.headers[header]).toBe(first?.headers[header]);
    }
    expect([bench.waha.journal.count("webhook.failed"), bench.waha.journal.count("webhook.delivered")]).toEqual([3, 1]);
    expect(bench.waha.journal.entries({ act: "webhook.failed" }).map(({ status, operation }) => [status, operation])).toEqual([[400, "message.any"], [404, "message.any"], [503, "message.any"]]);
  });

  it("number 15 by default, `attempts` otherwise, and none with 0", async () => {
    for (const [retries, total] of [[{}, 16], [{ attempts: 2 }, 3], [{ attempts: 0 }, 1]] as const) {
      bench = await startBench({ switches: { acks: "none" } }, {}, { retries });
      bench.answerWith(...Array.from({ length: 30 }, () => ({ status: 500 })));
      await bench.invite(CHAT);
      expect(bench.caught).toHaveLength(total);
      await bench.stop();
    }
    bench = undefined;
  });

  it("happen on network errors too, and die with the configuration", async () => {
    const dead = [{ url: "http://127.0.0.1:9/hook", events: ["message.any"], retries: { attempts: 3 } }];
    bench = await startBench({ switches: { acks: "none" } }, { config: { webhooks: dead } });
    await bench.invite(CHAT);
    expect(bench.waha.journal.count("webhook.failed")).toBe(4);
    expect(bench.waha.journal.entries({ act: "webhook.failed" })[0]).not.toHaveProperty("status");
  });

  it("end when the configuration is replaced", async () => {
    bench = await startBench({ clockFactor: 0.05, switches: { acks: "none" } }, {}, { retries: { delaySeconds: 3600 } });
    bench.answerWith({ status: 500 });
    const failed = new Promise<void>((resolve) => bench?.waha.journal.listen(({ act }) => act === "webhook.failed" && resolve()));
    await bench.call("POST", `/api/${SESSION}/events`, { chatId: CHAT, event: { name: "x", startTime: 1798797600 } });
    await failed;
    await bench.call("PUT", `/api/sessions/${SESSION}`, { config: {} });
    await bench.waha.flush();
    const tries = bench.waha.journal.entries().filter(({ act, operation }) => act.startsWith("webhook.") && operation === "message.any");
    expect(tries.map(({ act }) => act)).toEqual(["webhook.failed"]);
  });

  it("a redirect is followed: a 302 becomes a GET without body and counts as delivered, a 307 keeps the POST", async () => {
    bench = await startBench({ switches: { acks: "none" } });
    bench.answerWith({ status: 302, headers: { location: "/elsewhere" } });
    await bench.invite(CHAT);
    expect(bench.caught.map(({ method, path, bytes }) => [method, path, bytes.length > 0])).toEqual([["POST", "/waha", true], ["GET", "/elsewhere", false]]);
    expect(bench.waha.journal.count("webhook.delivered")).toBe(1);
    bench.answerWith({ status: 307, headers: { location: "/kept" } });
    await bench.invite(CHAT);
    expect(bench.caught.at(-1)).toMatchObject({ method: "POST", path: "/kept" });
  });

  it("nothing survives a stop", async () => {
    const waha = await startWaha({ clockFactor: 1, globalWebhooks: [{ url: "http://127.0.0.1:9/", events: ["*"] }] });
    waha.script({ account: "default", chat: CHAT, steps: [{ guest: GUEST, response: "GOING", afterMs: 3_600_000 }] });
    await fetch(`${waha.url}/api/default/events`, { method: "POST", headers: { "x-api-key": "simulator-key", "content-type": "application/json" }, body: JSON.stringify({ chatId: CHAT, event: { name: "x", startTime: 1798797600 } }) });
    await waha.stop();
    await waha.flush();
    await waha.stop();
    expect(waha.journal.count("event.answered")).toBe(0);
  });
});

describe("acknowledgements", () => {
  it.each([["none", []], ["device", [2]], ["read", [2, 3]]] as const)("acks: %s", async (acks, expected) => {
    bench = await startBench({ switches: { acks } });
    const id = await bench.invite(CHAT);
    const reports = bench.of("message.ack").map(({ payload }) => payload);
    expect(reports.map(({ ack }) => ack)).toEqual(expected);
    for (const report of reports) expect(report).toEqual({ id: `true_${CHAT}_${id}`, from: CHAT, to: null, participant: null, fromMe: true, ack: expect.any(Number), ackName: expect.any(String), _data: {} });
    expect(bench.waha.journal.count("message.delivered")).toBe(acks === "none" ? 0 : 1);
  });

  it("in a group each reader reports, as message.ack.group where the server knows it", async () => {
    for (const mode of ["strict", "legacy"] as const) {
      bench = await startBench({ switches: { mode } });
      const group = "120363400000000555@g.us";
      bench.waha.script({ account: SESSION, chat: group, steps: [{ guest: GUEST, response: "GOING" }] });
      const id = await bench.invite(group);
      const event = mode === "strict" ? "message.ack.group" : "message.ack";
      expect(bench.of(event).map(({ payload }) => [payload["id"], payload["participant"]])).toEqual([[`true_${group}_${id}_351910000777@c.us`, "271000000000099@lid"]]);
      await bench.stop();
    }
    bench = undefined;
  });

  it("ackAddressing: the chat may be the LID", async () => {
    bench = await startBench({ switches: { ackAddressing: "lid" } }, { lids: [{ lid: "271000000000099@lid", pn: CHAT }] });
    const id = await bench.invite(CHAT);
    expect(bench.of("message.ack")[0]?.payload["id"]).toBe(`true_271000000000099@lid_${id}`);
  });

  it("a guest's phone may report a read or a failure, and equal reports are kept quiet", async () => {
    bench = await startBench();
    const id = await bench.invite(CHAT);
    for (const ack of [3, 3, -1]) await bench.waha.answer({ account: SESSION, chat: CHAT, target: id, guest: GUEST, ack });
    expect(bench.of("message.ack").map(({ payload }) => payload["ackName"])).toEqual(["DEVICE", "READ", "ERROR"]);
    expect(bench.waha.journal.count("message.failed")).toBe(1);
  });
});
