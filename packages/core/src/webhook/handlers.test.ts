import { createServer, type Server } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { ReadableStream, type UnderlyingSource } from "node:stream/web";
import { afterEach, describe, expect, it } from "@jest/globals";
import { bench } from "../../test/support/bench.js";
import type { RawWebhook, WebhookResult } from "./receiver.js";
import { nodeHandler } from "./node-handler.js";
import { webHandler } from "./web-handler.js";

const rsvp = JSON.stringify({ facts: [{ type: "rsvp", source: "R1", at: "2026-11-21T12:00:01Z", target: "M1", guest: {}, response: "GOING" }] });
const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  })));
});

async function listen(listener: Parameters<typeof createServer>[1]): Promise<number> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

/** What comes back over a plain socket, until the server closes it. */
async function raw(port: number, ...chunks: readonly string[]): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => undefined);
  for (const chunk of chunks) socket.write(chunk);
  return text(socket).catch(() => "reset");
}

type Handlers = "node" | "web";
interface Asked { readonly method?: string; readonly path?: string; readonly body?: string; readonly key?: string }

/** The same request to the node handler (over a socket) or to the web handler. */
async function ask(kind: Handlers, { method = "POST", path = "/webhooks/a", body = rsvp, key = "good" }: Asked, bot?: (bytes: string) => void): Promise<{ readonly status: number; readonly body: string; readonly headers: readonly string[] }> {
  const { messaging } = bench({ maxBodyBytes: 2048 });
  const init = { method, headers: { "x-key": key, "content-type": "application/json" }, ...(method !== "GET" && method !== "HEAD" && { body }) };
  let response: Response;
  if (kind === "web") {
    response = await messaging.webHandler("/webhooks", bot && (async (request) => (bot(await request.text()), new Response("bot", { status: 202 }))))(new Request(`http://host${path}`, init));
  } else {
    const port = await listen(messaging.nodeHandler("/webhooks", bot && ((request, answer, bytes) => {
      void (bytes.byteLength > 0 ? Promise.resolve(Buffer.from(bytes).toString()) : text(request)).then((all) => (bot(all), answer.writeHead(202).end("bot")));
    })));
    response = await fetch(`http://127.0.0.1:${port}${path}`, init);
  }
  const seen = { status: response.status, body: await response.text(), headers: [...response.headers.keys()].filter((name) => !["date", "connection", "keep-alive", "content-length", "transfer-encoding"].includes(name)) };
  await messaging.close();
  return seen;
}

describe.each<Handlers>(["node", "web"])("the %s handler", (kind) => {
  it.each<[string, Asked, number]>([
    ["a fact", {}, 200], ["a fact with a query in its path", { path: "/webhooks/a?x=1" }, 200], ["something to ignore", { body: '{"kind":"ignored"}' }, 200], ["ordinary chat", { body: '{"kind":"foreign"}' }, 200],
    ["a wrong key", { key: "bad" }, 404], ["an unknown account", { path: "/webhooks/nobody" }, 404], ["an encoded NUL", { path: "/webhooks/%00" }, 404], ["no JSON", { body: "<html>" }, 400], ["an empty body", { body: "" }, 400],
    ["a large body", { body: "x".repeat(2049) }, 413], ["GET", { method: "GET" }, 404], ["HEAD", { method: "HEAD" }, 404], ["PUT", { method: "PUT" }, 404], ["another path", { path: "/elsewhere" }, 404], ["the bare base path", { path: "/webhooks" }, 404],
  ])("answers %s like the other, with nothing in it", async (_, asked, status) => {
    expect(await ask(kind, asked)).toEqual({ status, body: "", headers: [] });
  });

  it.each<[string, Asked, string]>([["ordinary chat", { body: '{"kind":"foreign","text":"é"}' }, '{"kind":"foreign","text":"é"}'], ["another path", { path: "/elsewhere", body: "its own" }, "its own"]])("hands %s to the other program, with its bytes", async (_, asked, bytes) => {
    const got: string[] = [];
    expect(await ask(kind, asked, (all) => void got.push(all))).toMatchObject({ status: 202, body: "bot" });
    expect(got).toEqual([bytes]);
  });

  it.each<[string, Asked]>([["a fact", {}], ["a wrong key", { key: "bad" }], ["no JSON", { body: "<" }], ["a large body", { body: "x".repeat(2049) }]])("keeps %s from the other program", async (_, asked) => {
    const got: string[] = [];
    await ask(kind, asked, (all) => void got.push(all));
    expect(got).toEqual([]);
  });
});

describe("a body that does not come as it should", () => {
  const fixture = (bodyDeadlineMs = 10_000) => {
    const received: RawWebhook[] = [];
    const receive = async (one: RawWebhook): Promise<WebhookResult> => (received.push(one), { handled: true, status: 200 });
    return { received, options: { basePath: "/webhooks", receive, maxBodyBytes: 64, bodyDeadlineMs } };
  };
  const streamed = (source: UnderlyingSource<Uint8Array>) => new Request("http://host/webhooks/a", Object.assign({ method: "POST", body: new ReadableStream(source) }, { duplex: "half" as const }));
  const head = (length: string) => `POST /webhooks/a HTTP/1.1\r\nhost: h\r\n${length}\r\n\r\n`;

  it("arrives in pieces, and is put together", async () => {
    const { received, options } = fixture();
    const port = await listen(nodeHandler(options));
    const socket = connect(port, "127.0.0.1");
    socket.write(`${head("content-length: 6")}abc`);
    setImmediate(() => socket.end("def"));
    expect(await text(socket)).toContain("HTTP/1.1 200");
    expect(received.map(({ body }) => Buffer.from(body).toString())).toEqual(["abcdef"]);
  });

  it("is slower than its deadline: the upload is cut, and nothing is received", async () => {
    const { received, options } = fixture(20);
    const port = await listen(nodeHandler(options));
    expect(await raw(port, `${head("content-length: 60")}abc`)).toMatch(/^HTTP\/1\.1 400.*connection: close/is);
    const slow = streamed({ start: (controller) => controller.enqueue(Buffer.from("abc")) });
    expect((await webHandler(options)(slow)).status).toBe(400);
    expect(received).toEqual([]);
  });

  it("is larger than allowed, said or unsaid: 413, and the rest is not read", async () => {
    const { received, options } = fixture();
    const port = await listen(nodeHandler(options));
    expect(await raw(port, `${head("content-length: 1000000")}${"x".repeat(65)}`)).toMatch(/^HTTP\/1\.1 413.*connection: close/is);
    expect(await raw(port, `${head("transfer-encoding: chunked")}41\r\n${"x".repeat(65)}\r\n`)).toMatch(/^HTTP\/1\.1 413/);
    let pulled = 0;
    const endless = streamed({ pull: (controller) => (pulled++, controller.enqueue(new Uint8Array(40))) });
    expect((await webHandler(options)(endless)).status).toBe(413);
    expect([received, pulled < 10]).toEqual([[], true]);
  });

  it("ends before the length that it promised: nothing is received", async () => {
    const { received, options } = fixture();
    const port = await listen(nodeHandler(options));
    const socket = connect(port, "127.0.0.1");
    socket.on("error", () => undefined);
    socket.write(`${head("content-length: 60")}abc`);
    setImmediate(() => socket.end());
    await text(socket).catch(() => "reset");
    socket.destroy();
    expect(received).toEqual([]);
  });

  it("breaks off: nothing is received, and the handler lives on", async () => {
    const { received, options } = fixture();
    const broken = streamed({ pull: (controller) => controller.error(new Error("reset")) });
    expect((await webHandler(options)(broken)).status).toBe(400);
    const port = await listen(nodeHandler(options));
    const socket = connect(port, "127.0.0.1");
    socket.write(`${head("content-length: 60")}abc`);
    await new Promise<void>((resolve) => setTimeout(resolve, 0));
    socket.resetAndDestroy();
    expect((await fetch(`http://127.0.0.1:${port}/webhooks/a`, { method: "POST", body: "ok" })).status).toBe(200);
    expect(received.map(({ body }) => Buffer.from(body).toString())).toEqual(["ok"]);
  });

  it("was read by a body parser before us: answered at once, because there is nothing to wait for", async () => {
    const { received, options } = fixture(60_000);
    const handler = nodeHandler(options);
    const port = await listen((request, response) => void text(request).then(() => handler(request, response)));
    expect((await fetch(`http://127.0.0.1:${port}/webhooks/a`, { method: "POST", body: "abc" })).status).toBe(400);
    expect(received).toEqual([]);
  });

  it("gives the receiver lower-case headers, the path with its query, and repeated headers joined", async () => {
    const { received, options } = fixture();
    const port = await listen(nodeHandler(options));
    await raw(port, "POST /webhooks/a/secret?x=1 HTTP/1.1\r\nHost: h\r\nX-Key: one\r\nx-key: two\r\nConnection: close\r\ncontent-length: 2\r\n\r\n{}");
    expect(received).toHaveLength(1);
    expect([received[0]?.path, new Map(received[0]?.headers).get("x-key")]).toEqual(["/webhooks/a/secret?x=1", "one, two"]);
  });
});
