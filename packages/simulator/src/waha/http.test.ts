import { afterEach, describe, expect, it } from "@jest/globals";
import { CHAT, EVENT, objectAt, SESSION, startBench, type Bench } from "./test-bench.js";

let bench: Bench;
afterEach(() => bench.stop());
const EVENTS = `/api/${SESSION}/events`;
const SEND = { chatId: CHAT, event: EVENT };
const UNAUTHORIZED = '{"message":"Unauthorized","statusCode":401}';

describe("the HTTP layer", () => {
  it("answers 401 in the same words for a missing and a wrong key, before any session wait", async () => {
    bench = await startBench();
    for (const key of ["", "wrong"]) {
      const { status, text } = await bench.call("POST", "/api/unknown/events", SEND, { "x-api-key": key });
      expect([status, text]).toEqual([401, UNAUTHORIZED]);
    }
    expect(bench.waha.journal.count("request.refused")).toBe(2);
    expect(JSON.stringify(bench.waha.journal.entries())).not.toContain("simulator-key");
  });

  it("parses the body before it looks at the key", async () => {
    bench = await startBench();
    const { status, json } = await bench.call("POST", EVENTS, "{oops", { "x-api-key": "" });
    expect([status, json["error"], json["statusCode"], Object.keys(json)]).toEqual([400, "Bad Request", 400, ["message", "error", "statusCode"]]);
  });

  it("does not know what is sent without a JSON content type", async () => {
    bench = await startBench({ switches: { mode: "legacy" } });
    const form = await bench.call("POST", EVENTS, JSON.stringify(SEND), { "content-type": "application/x-www-form-urlencoded" });
    expect(objectAt(form.json, "exception")["message"]).toBe("Cannot read properties of undefined (reading 'includes')");
    const plain = await bench.call("POST", EVENTS, JSON.stringify(SEND), { "content-type": "text/plain" });
    expect(objectAt(plain.json, "exception")["message"]).toBe("Cannot read properties of undefined (reading 'chatId')");
  });

  it("answers 500, not 413, to a body over 50 MiB", async () => {
    bench = await startBench();
    const { status, json } = await bench.call("POST", EVENTS, `{"a":"${"x".repeat(50 * 1024 * 1024)}"}`, { "x-api-key": "" });
    expect([status, objectAt(json, "exception")["type"]]).toEqual([500, "entity.too.large"]);
  });

  it("takes the key from the query since 2026.4.3, the header winning", async () => {
    bench = await startBench();
    const by = (query: string, header: string) => bench.call("GET", `/api/server/version${query}`, undefined, { "x-api-key": header });
    expect((await by("?x-api-key=simulator-key", "")).status).toBe(200);
    expect((await by("?x-api-key=simulator-key", "wrong")).status).toBe(401);
    bench.waha.setSwitches({ version: "2025.11.3" });
    expect((await by("?x-api-key=simulator-key", "")).status).toBe(401);
  });

  it("answers ping without a key, and version, status and health with one", async () => {
    bench = await startBench();
    expect((await bench.call("GET", "/ping", undefined, { "x-api-key": "" })).text).toBe('{"message":"pong"}');
    expect((await bench.call("GET", "/api/server/version")).json).toEqual({ version: "2026.7.1", engine: "GOWS", tier: "CORE", browser: null, platform: "linux/x64", worker: { id: null } });
    expect((await bench.call("GET", "/api/version")).json["version"]).toBe("2026.7.1");
    expect((await bench.call("GET", "/api/server/status")).status).toBe(200);
    expect((await bench.call("GET", "/health")).status).toBe(200);
    expect((await bench.call("GET", "/health", undefined, { "x-api-key": "" })).status).toBe(401);
    bench.waha.setSwitches({ mode: "legacy" });
    expect((await bench.call("GET", "/api/server/version")).json).toEqual({ version: "2025.11.3", engine: "GOWS", tier: "CORE", browser: null });
    expect((await bench.call("GET", "/health")).text).toContain("The feature is available only in Plus version for 'GOWS' engine.");
  });

  it("allows any origin and keeps idle connections for five seconds", async () => {
    bench = await startBench();
    const preflight = await bench.call("OPTIONS", EVENTS);
    expect([preflight.status, preflight.headers.get("access-control-allow-methods")]).toEqual([204, "GET,HEAD,PUT,PATCH,POST,DELETE"]);
    const ping = await bench.call("GET", "/ping");
    expect([ping.headers.get("access-control-allow-origin"), ping.headers.get("x-powered-by"), ping.headers.get("keep-alive")]).toEqual(["*", "Express", "timeout=5"]);
  });
});

describe("keys of single sessions", () => {
  it("refuse with 403 what they do not allow", async () => {
    bench = await startBench({ keys: [{ key: "tenant-key", session: SESSION, actions: { send: true, setting: false } }, { key: "reader", session: SESSION, actions: { send: false } }] });
    const as = async (key: string, method: string, path: string, body?: unknown) => {
      const { status, text } = await bench.call(method, path, body, { "x-api-key": key });
      return status === 403 ? text : status;
    };
    const FORBIDDEN = '{"message":"Forbidden","statusCode":403}';
    expect(await as("tenant-key", "POST", EVENTS, SEND)).toBe(201);
    expect(await as("tenant-key", "GET", `/api/sessions/${SESSION}`)).toBe(200);
    expect(await as("tenant-key", "POST", "/api/other/events", SEND)).toBe(FORBIDDEN);
    expect(await as("tenant-key", "PUT", `/api/sessions/${SESSION}`, {})).toBe(FORBIDDEN);
    expect(await as("tenant-key", "DELETE", `/api/sessions/${SESSION}`)).toBe(FORBIDDEN);
    expect(await as("tenant-key", "POST", "/api/sessions", {})).toBe(FORBIDDEN);
    expect(await as("reader", "POST", EVENTS, SEND)).toBe(FORBIDDEN);
    expect(await as("tenant-key", "POST", "/api//events", SEND)).toBe(400);
  });

  it("are managed by an administrator, and unknown before 2026.1.4", async () => {
    bench = await startBench();
    const made = await bench.call("POST", "/api/keys", { isAdmin: false, session: SESSION, isActive: true });
    expect(made.status).toBe(201);
    const key = String(made.json["key"]);
    expect((await bench.call("POST", EVENTS, SEND, { "x-api-key": key })).status).toBe(201);
    expect((await bench.call("GET", "/api/keys")).list).toEqual([made.json]);
    expect((await bench.call("GET", "/api/keys", undefined, { "x-api-key": key })).status).toBe(403);
    await bench.call("PUT", `/api/keys/${String(made.json["id"])}`, { isAdmin: false, session: SESSION, isActive: false });
    expect((await bench.call("POST", EVENTS, SEND, { "x-api-key": key })).status).toBe(401);
    expect((await bench.call("DELETE", `/api/keys/${String(made.json["id"])}`)).status).toBe(200);
    bench.waha.setSwitches({ version: "2025.12.2" });
    expect((await bench.call("GET", "/api/keys")).status).toBe(404);
  });
});

describe("a session that is not WORKING", () => {
  const KEYS = ["error", "session", "status", "expected"];
  it.each(["STOPPED", "STARTING", "SCAN_QR_CODE", "PASSKEY_REQUIRED", "PASSKEY_CONFIRMATION_REQUIRED", "FAILED", "SOMETHING_NEW"])("%s: 422 with the state and neither statusCode nor message", async (status) => {
    bench = await startBench({}, { status });
    const { status: code, json } = await bench.call("POST", EVENTS, SEND);
    expect([code, Object.keys(json)]).toEqual([422, KEYS]);
    expect(json).toEqual({ error: "Session status is not as expected. Try again later or restart the session", session: SESSION, status, expected: ["WORKING"] });
  });

  it("unknown: 422, not 404, in its own words", async () => {
    bench = await startBench();
    const { status, text } = await bench.call("POST", "/api/nobody/events", SEND);
    expect([status, text]).toEqual([422, '{"error":"Session \\"nobody\\" does not exist","session":"nobody"}']);
    expect((await bench.call("GET", "/api/sessions/nobody")).text).toBe('{"message":"Session not found","error":"Not Found","statusCode":404}');
  });

  it("waits five vendor seconds for a session that does not run and ten for the status", async () => {
    bench = await startBench({ clockFactor: 0.01 }, { status: "STOPPED" });
    const took = async (): Promise<number> => {
      const began = performance.now();
      await bench.call("POST", EVENTS, SEND);
      return performance.now() - began;
    };
    expect(await took()).toBeGreaterThan(45);
    bench.waha.putSession({ name: SESSION, status: "FAILED" });
    expect(await took()).toBeGreaterThan(95);
  });

  it("becomes WORKING while the server waits: 201", async () => {
    bench = await startBench({}, { status: "STARTING" });
    bench.waha.journal.listen(({ act }) => {
      if (act === "request.received") setImmediate(() => bench.waha.putSession({ name: SESSION, status: "WORKING" }));
    });
    expect((await bench.call("POST", EVENTS, SEND)).status).toBe(201);
  });

  it("single-session editions know only `default`, at once", async () => {
    bench = await startBench({ switches: { mode: "legacy", sessions: "single" } });
    const { status, json } = await bench.call("POST", EVENTS, SEND);
    expect([status, json["message"], json["statusCode"]]).toEqual([422, expect.stringContaining("WAHA Core support only 'default' session. You tried to access 'salon-042' session (base64: c2Fsb24tMDQy)."), 422]);
    bench.waha.setSwitches({ mode: "strict" });
    expect((await bench.call("POST", EVENTS, SEND)).status).toBe(201);
  });
});

describe("a failure of WhatsApp or of the engine", () => {
  it("is a 500 that repeats the request, with these keys in this order", async () => {
    bench = await startBench();
    bench.waha.faults.add({ operation: "events", fault: "refuse", code: "463" });
    const { status, json } = await bench.call("POST", EVENTS, SEND);
    expect([status, Object.keys(json)]).toEqual([500, ["statusCode", "timestamp", "exception", "request", "version"]]);
    expect(Object.keys(objectAt(json, "exception"))).toEqual(["message", "code", "details", "metadata", "name", "stack"]);
    expect(json["exception"]).toMatchObject({ message: "2 UNKNOWN: server returned error 463", code: 2, details: "server returned error 463", name: "Error" });
    expect(json["request"]).toEqual({ path: EVENTS, method: "POST", body: SEND, query: {} });
    expect(json["version"]).toEqual({ version: "2026.7.1", engine: "GOWS", tier: "CORE", browser: null });
    expect(bench.waha.journal.count("event.created")).toBe(0);
    expect((await bench.call("POST", EVENTS, SEND)).status).toBe(201);
  });

  it.each([
    ["475", "2 UNKNOWN: server returned error 475", 2],
    ["400", "2 UNKNOWN: server returned error 400", 2],
    ["403", "2 UNKNOWN: server returned error 403", 2],
    ["4", "4 DEADLINE_EXCEEDED: Deadline exceeded", 4],
    ["13", "13 INTERNAL: Received RST_STREAM with code 2", 13],
    ["14", "14 UNAVAILABLE: No connection established. Last error: connect ECONNREFUSED", 14],
  ])("code %s", async (code, message, grpc) => {
    bench = await startBench();
    bench.waha.faults.add({ fault: "refuse", code, acts: code === "4" });
    const { json } = await bench.call("POST", EVENTS, SEND);
    expect(json["exception"]).toMatchObject({ message, code: grpc });
    expect(bench.waha.journal.count("event.created")).toBe(code === "4" ? 1 : 0);
  });
});
