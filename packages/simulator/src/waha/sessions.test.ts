import { afterEach, describe, expect, it } from "@jest/globals";
import { isObject } from "../json.js";
import { objectAt, SESSION, startBench, type Bench } from "./test-bench.js";

let bench: Bench;
afterEach(() => bench.stop());
const AT = `/api/sessions/${SESSION}`;
const statuses = () => bench.of("session.status").map(({ payload }) => payload["status"]);

describe("the life of a session", () => {
  it("start announces STOPPED, STARTING and WORKING, with the last three statuses", async () => {
    bench = await startBench({}, { status: "STOPPED" });
    expect((await bench.call("POST", `${AT}/start`)).status).toBe(201);
    await bench.waha.flush();
    expect(new Set(statuses())).toEqual(new Set(["STOPPED", "STARTING", "WORKING"]));
    const working = bench.of("session.status").find(({ payload }) => payload["status"] === "WORKING");
    expect(working?.payload).toMatchObject({ name: SESSION, data: null });
    expect(working?.payload["statuses"]).toEqual(["STOPPED", "STARTING", "WORKING"].map((status) => ({ status, timestamp: expect.any(Number) })));
    expect(bench.of("session.status").filter(({ body }) => "me" in body)).toHaveLength(1);
  });

  it("stop is idempotent; without a linked phone a start ends in SCAN_QR_CODE", async () => {
    bench = await startBench({}, { paired: false });
    expect((await bench.call("POST", `${AT}/stop`)).status).toBe(201);
    expect((await bench.call("POST", `${AT}/stop`)).status).toBe(201);
    await bench.call("POST", `${AT}/start`);
    await bench.waha.flush();
    expect((await bench.call("GET", AT)).json["status"]).toBe("SCAN_QR_CODE");
  });

  it.each([["none", 1], ["twice", 3]] as const)("qrRefresh %s: SCAN_QR_CODE is announced %d times while nobody scans", async (qrRefresh, times) => {
    bench = await startBench({ switches: { qrRefresh } }, { paired: false, status: "STOPPED" });
    await bench.call("POST", `${AT}/start`);
    await bench.waha.flush();
    expect(statuses().filter((status) => status === "SCAN_QR_CODE")).toHaveLength(times);
  });

  it("the code is not refreshed once it was scanned", async () => {
    bench = await startBench({ switches: { qrRefresh: "twice" }, clockFactor: 0.001 }, { paired: false, status: "STOPPED" });
    bench.waha.putSession({ name: SESSION, status: "SCAN_QR_CODE" });
    bench.waha.putSession({ name: SESSION, status: "WORKING" });
    await bench.waha.flush();
    expect(statuses()).toEqual(["SCAN_QR_CODE", "WORKING"]);
  });

  it("restart works again, logout needs pairing again", async () => {
    bench = await startBench();
    await bench.call("POST", `${AT}/restart`);
    await bench.waha.flush();
    expect((await bench.call("GET", AT)).json["status"]).toBe("WORKING");
    await bench.call("POST", `${AT}/logout`);
    await bench.waha.flush();
    expect((await bench.call("GET", AT)).json["status"]).toBe("SCAN_QR_CODE");
  });

  it.each(["422", "201"] as const)("startAgain: starting a running session answers %s", async (startAgain) => {
    bench = await startBench({ switches: { startAgain } });
    const { status, text } = await bench.call("POST", `${AT}/start`);
    expect(status).toBe(Number(startAgain));
    if (startAgain === "422") expect(text).toBe(`{"message":"Session '${SESSION}' is already started.","error":"Unprocessable Entity","statusCode":422}`);
  });

  it("starting a running session is refused by 2025.11.3 and not by the merged edition", async () => {
    bench = await startBench();
    expect((await bench.call("POST", `${AT}/start`)).status).toBe(201);
    bench.waha.setSwitches({ mode: "legacy" });
    expect((await bench.call("POST", `${AT}/start`)).status).toBe(422);
  });

  it("me: the account, null or an empty body before it is known, 404 when stopped", async () => {
    bench = await startBench();
    expect((await bench.call("GET", `${AT}/me`)).json).toEqual({ id: "351910000777@c.us", pushName: "Salon North", lid: "184000000000011@lid", jid: "351910000777:7@s.whatsapp.net" });
    await bench.call("POST", `${AT}/logout`);
    await bench.waha.flush();
    expect((await bench.call("GET", `${AT}/me`)).text).toBe("null");
    bench.waha.setSwitches({ mode: "legacy" });
    expect((await bench.call("GET", `${AT}/me`)).text).toBe("");
    await bench.call("POST", `${AT}/stop`);
    expect((await bench.call("GET", `${AT}/me`)).text).toContain(`We didn't find a session with name '${SESSION}'.\\nPlease start it first by using POST /api/sessions/${SESSION}/start request`);
  });

  it("delete erases and may be repeated", async () => {
    bench = await startBench();
    for (let i = 0; i < 2; i += 1) {
      const { status, text } = await bench.call("DELETE", AT);
      expect([status, text]).toEqual([200, ""]);
    }
    expect((await bench.call("GET", AT)).status).toBe(404);
  });
});

describe("creating and configuring", () => {
  it("creates, refuses an existing name, and invents a missing one", async () => {
    bench = await startBench();
    expect((await bench.call("POST", "/api/sessions", { name: "new-one", start: true })).json).toEqual({ name: "new-one", status: "STARTING" });
    expect((await bench.call("POST", "/api/sessions", { name: "new-one" })).text).toBe('{"message":"Session \'new-one\' already exists. Use PUT to update it.","error":"Unprocessable Entity","statusCode":422}');
    expect((await bench.call("POST", "/api/sessions", { start: false })).json["name"]).toMatch(/^session_[0-9a-z]{26}$/);
    expect((await bench.call("POST", "/api/sessions", { name: "not allowed!" })).status).toBe(400);
  });

  it("a missing `start` means true in the merged edition and false in 2025.11.3", async () => {
    bench = await startBench();
    expect((await bench.call("POST", "/api/sessions", { name: "a" })).json["status"]).toBe("STARTING");
    bench.waha.setSwitches({ mode: "legacy" });
    expect((await bench.call("POST", "/api/sessions", { name: "b" })).json["status"]).toBe("STOPPED");
  });

  it("PUT replaces the whole configuration and restarts a running session", async () => {
    bench = await startBench();
    expect(objectAt((await bench.call("GET", AT)).json, "config")["webhooks"]).toMatchObject([{ hmac: { key: "north-window-17" } }]);
    const answer = await bench.call("PUT", AT, { config: { metadata: { tenant: "043" } } });
    expect(answer.json).toEqual({ name: SESSION, status: "STARTING", config: { metadata: { tenant: "043" } } });
    await bench.waha.flush();
    const info = (await bench.call("GET", AT)).json;
    expect([info["config"], info["status"]]).toEqual([{ metadata: { tenant: "043" } }, "WORKING"]);
    expect((await bench.call("PUT", "/api/sessions/nobody", {})).status).toBe(404);
  });

  it("lists running sessions, and all on request", async () => {
    bench = await startBench();
    bench.waha.putSession({ name: "idle", status: "STOPPED" });
    const names = async (query: string) => (await bench.call("GET", `/api/sessions${query}`)).list.map((one) => (isObject(one) ? one["name"] : undefined));
    expect(await names("")).toEqual([SESSION]);
    expect(await names("?all=true")).toEqual([SESSION, "idle"]);
  });

  it("deprecated calls with the name in the body still start, stop and log out", async () => {
    bench = await startBench();
    const act = async (what: string, body: unknown) => {
      const { status, json } = await bench.call("POST", `/api/sessions/${what}`, body);
      await bench.waha.flush();
      return [status, json["name"], (await bench.call("GET", AT)).json["status"]];
    };
    expect(await act("stop", { name: SESSION })).toEqual([201, SESSION, "STOPPED"]);
    expect(await act("start", { name: SESSION })).toEqual([201, SESSION, "WORKING"]);
    expect(await act("logout", { name: SESSION })).toEqual([201, SESSION, "SCAN_QR_CODE"]);
    expect(await act("start", { name: "fresh" })).toEqual([201, "fresh", "SCAN_QR_CODE"]);
    expect(bench.waha.journal.count("status.changed", "fresh")).toBeGreaterThan(0);
    expect((await act("stop", { name: "nobody" }))[0]).toBe(201);
    expect((await act("start", {}))[0]).toBe(400);
  });

  it("names every mistake in a webhook; message.ack.group is one on 2025.11.3", async () => {
    bench = await startBench();
    const bad = { url: "nowhere", events: ["event.respons"], retries: { attempts: "many", policy: "never" } };
    const { status, json } = await bench.call("POST", "/api/sessions", { name: "x", config: { webhooks: [bad] } });
    expect(status).toBe(400);
    expect(json["message"]).toEqual([
      "config.webhooks.0.url must be a URL address",
      expect.stringMatching(/^config\.webhooks\.0\.each value in events must be one of the following values: session\.status, message, .*, \*$/),
      "config.webhooks.0.retries.attempts must be a number conforming to the specified constraints",
      "config.webhooks.0.retries.policy must be one of the following values: linear, exponential, constant",
    ]);
    const group = { config: { webhooks: [{ url: "http://localhost:1/x", events: ["message.ack.group"] }] } };
    expect((await bench.call("PUT", AT, group)).status).toBe(200);
    bench.waha.setSwitches({ mode: "legacy" });
    expect((await bench.call("PUT", AT, group)).status).toBe(400);
  });
});
