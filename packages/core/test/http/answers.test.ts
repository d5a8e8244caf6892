import { afterEach, describe, expect, it } from "@jest/globals";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import type { HttpClient, HttpResponse } from "../../src/driver/http.js";
import { answer, answering, rawServer, type Behaviour, type RawServer } from "./raw-server.js";
import { CANARIES, CLIENTS, failureOf, post } from "./support.js";

const OK = answer("200 OK", '{"id":"M1"}');

describe.each(CLIENTS)("%s", (_, create) => {
  let client: HttpClient = create();
  let server: RawServer | undefined;
  afterEach(async () => {
    await client.close();
    await server?.drained();
    await server?.close();
    server = undefined;
  });

  async function exchange(behave: Behaviour, change: Parameters<typeof post>[1] = {}): Promise<HttpResponse> {
    server = await rawServer(behave);
    client = create();
    return client.request(post(server.baseUrl, change));
  }

  it("writes one request: encoded target, our headers, JSON body, nothing else", async () => {
    await exchange(answering(OK), { params: { id: "a/b c?d#é%", token: "t" }, query: { q: "x&y" } });
    const [text = ""] = server?.requests ?? [];
    expect(text).toMatch(/^POST \/instances\/a%2Fb%20c%3Fd%23%C3%A9%25\/token\/t\/send-event\?q=x%26y HTTP\/1\.1\r\n/);
    const lines = text.slice(0, text.indexOf("\r\n\r\n")).split("\r\n").slice(1).map((line) => line.toLowerCase()).filter((line) => !/^(?:host|x-app):/.test(line)).sort();
    expect(lines).toEqual(["accept-encoding: gzip, deflate, br", "accept: application/json", `client-token: ${CANARIES.header}`, "connection: keep-alive", `content-length: ${JSON.stringify({ name: CANARIES.body }).length}`, "content-type: application/json"]);
    expect(text.endsWith(`\r\n\r\n{"name":"${CANARIES.body}"}`)).toBe(true);
  });

  it("sends no body and no content type without json", async () => {
    await exchange(answering(OK), { method: "POST", json: undefined });
    expect(server?.requests[0]).toMatch(/content-length: 0/i);
    expect(server?.requests[0]).not.toMatch(/content-type/i);
  });

  it("gives status, headers in lower case, and JSON", async () => {
    const response = await exchange(answering(answer("201 Created", '{"id":"M1"}', { "X-Request-ID": "r1", "Set-Cookie": "a=1\r\nSet-Cookie: b=2" })));
    expect([response.status, response.json, response.headers.get("x-request-id"), response.headers.get("set-cookie")]).toEqual([201, { id: "M1" }, "r1", "a=1, b=2"]);
  });

  it.each([400, 401, 403, 404, 408, 409, 422, 429, 500, 502, 503, 504])("resolves with status %i: judging is the adapter's task", async (status) => {
    expect(await exchange(answering(answer(`${status} X`, '{"error":"e"}')))).toMatchObject({ status, json: { error: "e" } });
  });

  it.each([301, 302, 303, 307, 308])("does not follow %i", async (status) => {
    const other = await rawServer(answering(OK));
    try {
      const response = await exchange(answering(answer(`${status} X`, "", { location: `${other.baseUrl}/elsewhere` })));
      expect(response.status).toBe(status);
      expect([server?.requests.length, other.connections()]).toEqual([1, 0]);
    } finally {
      await other.close();
    }
  });

  it.each([
    ["malformed JSON", '{"id":"M1","x":<html>}'], ["HTML", "<html>hello</html>"], ["nothing", ""], ["bad UTF-8", Buffer.from([0x22, 0xff, 0xfe, 0x22])],
    ["depth 10 000", `${"[".repeat(10_000)}${"]".repeat(10_000)}`], ["depth 65", `${'{"a":'.repeat(65)}1${"}".repeat(65)}`],
  ])("resolves with undefined json for %s", async (__, body) => {
    expect(await exchange(answering(answer("200 OK", body)))).toMatchObject({ status: 200, json: undefined });
  });

  it.each([["204 No Content"], ["304 Not Modified"]])("resolves a bodyless %s", async (status) => {
    const response = await exchange(answering(Buffer.from(`HTTP/1.1 ${status}\r\n\r\n`)));
    expect(response.json).toBeUndefined();
  });

  it.each([
    ["gzip", gzipSync], ["x-gzip", gzipSync], ["deflate", deflateSync], ["deflate", deflateRawSync], ["br", brotliCompressSync],
  ])("undoes %s", async (encoding, compress) => {
    expect(await exchange(answering(answer("200 OK", compress('{"id":"é"}'), { "content-encoding": encoding })))).toMatchObject({ json: { id: "é" } });
  });

  it.each([["gzip", "not gzip"], ["gzip", gzipSync('{"id":1}').subarray(0, 20)], ["zstd", "?"], ["gzip, gzip", "?"]])("keeps the status when the body's %s encoding is broken or unknown", async (encoding, body) => {
    expect(await exchange(answering(answer("422 X", body, { "content-encoding": encoding })))).toMatchObject({ status: 422, json: undefined });
  });

  it("reads bodies in chunks and bodies that end with the connection, after interim answers", async () => {
    const interim = "HTTP/1.1 102 Processing\r\n\r\n";
    expect(await exchange(async (socket, read) => { await read(); socket.write(`${interim}HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\n{"a\r\n4\r\n":1}\r\n0\r\n\r\n`); })).toMatchObject({ json: { a: 1 } });
    await client.close();
    await server?.close();
    expect(await exchange(async (socket, read) => { await read(); socket.end('HTTP/1.1 200 OK\r\n\r\n{"a":2}'); })).toMatchObject({ json: { a: 2 } });
  });

  it("accepts a body of exactly the limit, compressed or not, and refuses one byte more", async () => {
    const body = JSON.stringify("x".repeat(998));
    const limits = { deadlineMs: 5_000, maxResponseBytes: 1_000 };
    for (const [sent, headers] of [[Buffer.from(body), {}], [gzipSync(body), { "content-encoding": "gzip" }]] as const) {
      expect((await exchange(answering(answer("200 OK", sent, headers)), { limits })).json).toBe("x".repeat(998));
      expect(await failureOf(client.request(post(server?.baseUrl ?? "", { limits: { ...limits, maxResponseBytes: 999 } })))).toMatchObject({ code: "PROTOCOL", outcome: "unknown", context: { status: 200 } });
      await client.close();
      await server?.close();
    }
  });

  it("sets no prototype from the wire", async () => {
    const hostile = '{"__proto__":{"admin":true},"a":{"\\u005f_proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}},"id":"M1"}';
    const { json } = await exchange(answering(answer("200 OK", hostile)));
    expect(JSON.stringify(json)).toBe('{"a":{},"id":"M1"}');
    expect(Object.assign({}, json)).not.toHaveProperty("admin");
    expect({}).not.toHaveProperty("admin");
  });

  it("uses sockets again, and never one for two requests at once", async () => {
    await exchange(answering(OK));
    for (let round = 0; round < 3; round++) await client.request(post(server?.baseUrl ?? ""));
    expect(server?.requests).toHaveLength(4);
    expect(server?.connections()).toBeLessThanOrEqual(2); // a socket is free again one turn of the event loop after its answer
    await Promise.all(Array.from({ length: 4 }, () => client.request(post(server?.baseUrl ?? ""))));
    expect(server?.connections()).toBeGreaterThanOrEqual(3);
    expect(server?.requests).toHaveLength(8);
  });

  it("opens no more sockets than allowed, and serves the rest in turn", async () => {
    server = await rawServer(answering(OK));
    client = create({ connections: 2 });
    const { baseUrl } = server;
    const all = await Promise.all(Array.from({ length: 20 }, () => client.request(post(baseUrl))));
    expect([all.length, server.connections()]).toEqual([20, 2]);
  });

  it("one signal may serve many requests at once without a listener for each", async () => {
    server = await rawServer(answering(OK));
    client = create({ connections: 2 });
    const { signal } = new AbortController();
    let listeners = 0;
    const add = signal.addEventListener.bind(signal);
    Object.defineProperty(signal, "addEventListener", { value: (...args: Parameters<typeof add>) => { listeners++; add(...args); } });
    const { baseUrl } = server;
    await Promise.all(Array.from({ length: 20 }, () => client.request(post(baseUrl, { signal }))));
    expect(listeners).toBe(1);
  });
});
