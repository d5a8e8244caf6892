import { afterEach, describe, expect, it } from "@jest/globals";
import { Agent, interceptors, RetryAgent } from "undici";
import { undiciHttpClient } from "../../src/http/index.js";
import type { HttpClient } from "../../src/driver/http.js";
import { answer, answering, rawServer, type Behaviour, type RawServer } from "./raw-server.js";
import { CLIENTS, failureOf, post } from "./support.js";

const OK = answer("200 OK", '{"id":"M1"}');

/** Calls back at the given point of the exchange, then stays silent. */
const POINTS: readonly (readonly [string, string, object, (reached: () => void) => Behaviour])[] = [
  ["after the request was read", "written", {}, (reached) => async (_, read) => { await read(); reached(); }],
  ["after an interim answer", "written", {}, (reached) => async (socket, read) => { await read(); socket.write("HTTP/1.1 102 Processing\r\n\r\n", reached); }],
  ["during a large upload", "written", { json: { text: "x".repeat(8_000_000) } }, (reached) => (socket) => { socket.once("data", () => { socket.pause(); reached(); }); }],
];

describe.each(CLIENTS)("%s", (_, create) => {
  let client: HttpClient | undefined;
  let server: RawServer | undefined;
  afterEach(async () => {
    await client?.close();
    await server?.drained();
    await server?.close();
    client = server = undefined;
  });

  describe.each(POINTS)("%s", (__, phase, change, behave) => {
    it("an abort is unknown, at once, and closes the socket", async () => {
      const abort = new AbortController();
      const reached = gate();
      server = await rawServer(behave(reached.open));
      client = create();
      const call = failureOf(client.request(post(server.baseUrl, { ...change, signal: abort.signal })));
      await reached.passed;
      abort.abort();
      expect(await call).toMatchObject({ code: "CANCELED", outcome: "unknown", persistence: "permanent", context: { phase } });
      await server.drained();
    });

    it("close() ends the request as unknown, and leaves no socket", async () => {
      const reached = gate();
      server = await rawServer(behave(reached.open));
      client = create();
      const call = failureOf(client.request(post(server.baseUrl, change)));
      await reached.passed;
      await client.close();
      expect(await call).toMatchObject({ code: "CANCELED", outcome: "unknown", context: { phase } });
      await server.drained();
    });
  });

  it("an abort after the head is unknown, and keeps the status", async () => {
    const abort = new AbortController();
    server = await rawServer(async (socket, read) => { await read(); socket.write("HTTP/1.1 202 Accepted\r\ncontent-length: 9\r\n\r\n1"); });
    const agent = new Agent().compose((dispatch) => (options, handler) => dispatch(options, watchHead(handler, () => abort.abort())));
    client = create({ dispatcher: agent });
    const error = await failureOf(client.request(post(server.baseUrl, { signal: abort.signal })));
    expect(error).toMatchObject({ code: "CANCELED", outcome: "unknown", context: { phase: "head", status: 202 } });
    await agent.destroy();
  });

  it("a second POST on a stale keep-alive socket whose head was written is unknown, and is not repeated", async () => {
    server = await rawServer(async (socket, read) => {
      await read();
      socket.write(OK);
      await read();
      socket.resetAndDestroy();
    });
    client = create({ connections: 1 });
    await client.request(post(server.baseUrl));
    expect(await failureOf(client.request(post(server.baseUrl)))).toMatchObject({ code: "UNAVAILABLE", outcome: "unknown", context: { phase: "written" } });
    expect([server.connections(), server.requests.length]).toEqual([1, 2]);
  });

  it("a GET on a stale socket is not repeated either", async () => {
    server = await rawServer(async (socket, read) => { await read(); socket.resetAndDestroy(); });
    client = create();
    await failureOf(client.request(post(server.baseUrl, { method: "GET", json: undefined })));
    expect(server.requests).toHaveLength(1);
  });

  it("a socket that the server has closed meanwhile is noticed, and a new one is taken", async () => {
    server = await rawServer(async (socket, read) => { await read(); socket.end(OK); });
    client = create({ connections: 1 });
    await client.request(post(server.baseUrl));
    await server.drained();
    expect((await client.request(post(server.baseUrl))).json).toEqual({ id: "M1" });
    expect(server.connections()).toBe(2);
  });

  it.each([
    ["a retrying dispatcher", () => new RetryAgent(new Agent(), { methods: ["POST"], minTimeout: 1, maxTimeout: 1, maxRetries: 2, statusCodes: [503] }), "503 X", {}],
    ["a redirecting dispatcher", () => new Agent().compose(interceptors.redirect({ maxRedirections: 3 })), "307 X", { location: "/elsewhere" }],
  ])("%s writes no second request, and is named", async (__, dispatcher, status, headers) => {
    server = await rawServer(answering(answer(status, "{}", headers)));
    const given = dispatcher();
    client = create({ dispatcher: given });
    expect(await failureOf(client.request(post(server.baseUrl)))).toMatchObject({ code: "CONFIG_INVALID", outcome: "unknown" });
    expect(server.requests).toHaveLength(1);
    await given.destroy();
  });

  it("close() leaves a dispatcher of the application open", async () => {
    server = await rawServer(answering(OK));
    const agent = new Agent();
    client = create({ dispatcher: agent });
    await client.request(post(server.baseUrl));
    await client.close();
    const other = create({ dispatcher: agent });
    expect((await other.request(post(server.baseUrl))).status).toBe(200);
    await agent.destroy();
    expect(await failureOf(other.request(post(server.baseUrl)))).toMatchObject({ code: "CONFIG_INVALID", outcome: "not-sent" });
  });

  it("does not read the proxy variables of the environment", async () => {
    const proxy = await rawServer(answering(answer("200 OK", '"proxied"')));
    const names = ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY"];
    for (const name of names) process.env[name] = proxy.baseUrl;
    try {
      server = await rawServer(answering(OK));
      client = create();
      expect((await client.request(post(server.baseUrl))).json).toEqual({ id: "M1" });
      expect(proxy.connections()).toBe(0);
    } finally {
      for (const name of names) delete process.env[name];
      await proxy.close();
    }
  });

  it.each([
    [{ connections: 0 }, /connections must be/], [{ connections: 1.5 }, /connections must be/], [{ dispatcher: {} }, /dispatcher must be/],
    [{ dispatcher: new Agent(), connections: 2 }, /connections is the dispatcher's own matter/],
  ])("refuses the options %#", (options, message) => {
    expect(() => create(options)).toThrow(message);
  });

  it("leaves no timer behind: neither after an answer nor after a failure nor after close()", async () => {
    const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;
    server = await rawServer(async (socket, read) => { await read(); socket.write(OK); await read(); socket.resetAndDestroy(); });
    client = create({ connections: 1 });
    const before = timers();
    await client.request(post(server.baseUrl));
    await failureOf(client.request(post(server.baseUrl)));
    await client.close();
    // The pool's own clock may tick once more; a timer of ours would run for the whole deadline.
    for (const patience = performance.now() + 3_000; timers() > before && performance.now() < patience;) await new Promise((resolve) => void setImmediate(resolve));
    expect(timers()).toBeLessThanOrEqual(before);
  });
});

/** Both clients are on this pool, and the wait is real: once is enough. */
it("waha-9.54: an idle socket is dropped before WAHA's server drops it after 5 s, whatever the server promises", async () => {
  const server = await rawServer(answering(answer("200 OK", "{}", { "keep-alive": "timeout=600" })));
  const client = undiciHttpClient();
  const started = performance.now();
  await client.request(post(server.baseUrl));
  await server.drained();
  expect(performance.now() - started).toBeLessThan(4_000);
  await client.close();
  await server.close();
});

type Handler = Parameters<Agent["dispatch"]>[1];

function watchHead(handler: Handler, onHead: () => void): Handler {
  return {
    onRequestStart: (controller, context) => handler.onRequestStart?.(controller, context),
    onResponseStart: (controller, status, headers, text) => { handler.onResponseStart?.(controller, status, headers, text); onHead(); },
    onResponseData: (controller, chunk) => handler.onResponseData?.(controller, chunk),
    onResponseEnd: (controller, trailers) => handler.onResponseEnd?.(controller, trailers),
    onResponseError: (controller, error) => handler.onResponseError?.(controller, error),
  };
}

function gate(): { readonly passed: Promise<void>; readonly open: () => void } {
  let open: () => void = () => undefined;
  const passed = new Promise<void>((resolve) => { open = resolve; });
  return { passed, open };
}
