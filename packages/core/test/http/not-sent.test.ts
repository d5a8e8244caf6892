import { createServer } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { afterEach, describe, expect, it } from "@jest/globals";
import type { HttpClient } from "../../src/driver/http.js";
import { answer, answering, rawServer, type RawServer } from "./raw-server.js";
import { CLIENTS, failureOf, post } from "./support.js";

describe.each(CLIENTS)("%s, when no byte of the head was written", (_, create) => {
  let client: HttpClient | undefined;
  let server: RawServer | undefined;
  afterEach(async () => {
    await client?.close();
    await server?.close();
    client = server = undefined;
  });

  it("a refused connection is not-sent and may be repeated", async () => {
    client = create();
    const error = await failureOf(client.request(post(await closedPort())));
    expect(error).toMatchObject({ code: "UNAVAILABLE", outcome: "not-sent", persistence: "transient", context: { phase: "before-write", urlTemplate: "/instances/{id}/token/{token}/send-event" } });
  });

  it("a name that does not resolve is not-sent, and the message says so", async () => {
    client = create();
    const error = await failureOf(client.request(post("http://vendor.invalid")));
    expect(error).toMatchObject({ code: "UNAVAILABLE", outcome: "not-sent", persistence: "transient" });
    expect(error.message).toMatch(/could not be resolved/);
  });

  it("a TLS handshake that fails is not-sent", async () => {
    const tls = createTlsServer({}, () => undefined).on("tlsClientError", () => undefined);
    const baseUrl = (await listening(tls)).replace("http:", "https:");
    client = create();
    const error = await failureOf(client.request(post(baseUrl)));
    expect(error).toMatchObject({ code: "UNAVAILABLE", outcome: "not-sent", persistence: "transient" });
    tls.close();
  });

  it("a handshake that hangs is not-sent when the deadline passes, and close() leaves no socket", async () => {
    server = await rawServer(() => undefined);
    client = create();
    const error = await failureOf(client.request(post(server.baseUrl.replace("http:", "https:"), { limits: { deadlineMs: 60 } })));
    expect(error).toMatchObject({ code: "TIMEOUT", outcome: "not-sent", persistence: "transient" });
    expect(server.open()).toBe(1);
    await client.close();
    await server.drained();
  });

  it("a signal that is already aborted opens no connection", async () => {
    server = await rawServer(answering(answer("200 OK", "{}")));
    client = create();
    const error = await failureOf(client.request(post(server.baseUrl, { signal: AbortSignal.abort() })));
    expect(error).toMatchObject({ code: "CANCELED", outcome: "not-sent", persistence: "permanent", context: { phase: "before-write" } });
    expect(server.connections()).toBe(0);
  });

  it("an abort while connecting is not-sent, and the request is never written afterwards", async () => {
    server = await rawServer(answering(answer("200 OK", "{}")));
    client = create();
    const abort = new AbortController();
    const call = failureOf(client.request(post(server.baseUrl, { signal: abort.signal })));
    await Promise.resolve().then(() => abort.abort());
    expect(await call).toMatchObject({ code: "CANCELED", outcome: "not-sent", persistence: "permanent" });
    expect((await client.request(post(server.baseUrl))).status).toBe(200);
    expect(server.requests).toHaveLength(1);
  });

  it("requests that wait for a socket are not-sent when aborted or late; those behind them go out on the same socket", async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => { release = resolve; });
    let reached: () => void = () => undefined;
    const first = new Promise<void>((resolve) => { reached = resolve; });
    server = await rawServer(async (socket, read) => {
      for (;;) {
        await read();
        reached();
        await held;
        socket.write(answer("200 OK", "{}"));
      }
    });
    client = create({ connections: 1 });
    const running = client.request(post(server.baseUrl));
    await first;
    const abort = new AbortController();
    const aborted = failureOf(client.request(post(server.baseUrl, { signal: abort.signal })));
    const late = failureOf(client.request(post(server.baseUrl, { limits: { deadlineMs: 40 } })));
    const waiting = client.request(post(server.baseUrl));
    abort.abort();
    expect(await aborted).toMatchObject({ code: "CANCELED", outcome: "not-sent" });
    expect(await late).toMatchObject({ code: "TIMEOUT", outcome: "not-sent", persistence: "transient" });
    release();
    expect((await running).status).toBe(200);
    expect((await waiting).status).toBe(200);
    expect(server.requests).toHaveLength(2);
    expect(server.connections()).toBe(1);
  });

  it("all requests that wait behind a refused connection are told", async () => {
    client = create({ connections: 1 });
    const baseUrl = await closedPort();
    const errors = await Promise.all([1, 2, 3, 4, 5].map(() => failureOf(client?.request(post(baseUrl)) ?? Promise.reject(new Error("no client")))));
    expect(errors.map(({ outcome }) => outcome)).toEqual(Array(5).fill("not-sent"));
  });

  it("a closed client refuses, and closing again is harmless", async () => {
    server = await rawServer(answering(answer("200 OK", "{}")));
    client = create();
    await client.close();
    await client.close();
    expect(await failureOf(client.request(post(server.baseUrl)))).toMatchObject({ code: "STOPPED", outcome: "not-sent" });
    expect(server.connections()).toBe(0);
  });
});

async function listening(server: ReturnType<typeof createServer>): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
}

/** A port where nobody listens any more. */
async function closedPort(): Promise<string> {
  const server = createServer();
  const url = await listening(server);
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return url;
}
