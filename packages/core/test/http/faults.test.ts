import { afterEach, describe, expect, it } from "@jest/globals";
import { gzipSync } from "node:zlib";
import type { HttpClient, HttpRequest } from "../../src/driver/http.js";
import { answer, rawServer, type Behaviour, type RawServer } from "./raw-server.js";
import { CANARIES, CLIENTS, failureOf, post } from "./support.js";

interface Fault {
  readonly title: string;
  readonly behave: Behaviour;
  readonly change?: Partial<HttpRequest>;
  readonly code: string;
  readonly phase: string | readonly string[];
  readonly persistence: string;
  readonly status?: number;
}

const FAST = { limits: { deadlineMs: 120 } };
const HEAD = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";
const LEAKY = `{"error":"${CANARIES.answer}"}`;
const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, 0x20));

/** All of these came after the head was handed to the socket: all are unknown, whatever the code of the error. */
const WRITTEN: readonly Fault[] = [
  { title: "a FIN before the request is read", behave: (socket) => { socket.end(); }, code: "UNAVAILABLE", phase: "written", persistence: "transient" },
  { title: "a reset after the request was read", behave: async (socket, read) => { await read(); socket.resetAndDestroy(); }, code: "UNAVAILABLE", phase: "written", persistence: "transient" },
  { title: "a FIN after the request was read", behave: async (socket, read) => { await read(); socket.end(); }, code: "UNAVAILABLE", phase: "written", persistence: "transient" },
  { title: "a reset in the middle of the upload", behave: (socket) => { socket.once("data", () => socket.resetAndDestroy()); }, change: { json: { text: "x".repeat(8_000_000) } }, code: "UNAVAILABLE", phase: "written", persistence: "transient" },
  { title: "silence until the deadline", behave: async (_, read) => { await read(); }, change: FAST, code: "TIMEOUT", phase: "written", persistence: "transient" },
  { title: "an upload that nobody reads, until the deadline", behave: (socket) => { socket.pause(); }, change: { ...FAST, json: { text: "x".repeat(8_000_000) } }, code: "TIMEOUT", phase: "written", persistence: "transient" },
  { title: "a garbage status line", behave: async (socket, read) => { await read(); socket.write(`${CANARIES.answer} 200\r\n\r\n`); }, code: "PROTOCOL", phase: "written", persistence: "permanent" },
  { title: "70 kB of headers", behave: async (socket, read) => { await read(); socket.write(`${HEAD}x-long: ${"a".repeat(70_000)}\r\n\r\n`); }, code: "PROTOCOL", phase: "written", persistence: "permanent" },
  { title: "a flood of interim answers", behave: async (socket, read) => { await read(); socket.write("HTTP/1.1 102 Processing\r\n\r\n".repeat(5_000)); }, code: "PROTOCOL", phase: "written", persistence: "permanent" },
  { title: "interim answers and then silence", behave: async (socket, read) => { await read(); socket.write("HTTP/1.1 103 Early Hints\r\n\r\n".repeat(3)); }, change: FAST, code: "TIMEOUT", phase: "written", persistence: "transient" },
  { title: "an upgrade that nobody asked for", behave: async (socket, read) => { await read(); socket.write("HTTP/1.1 101 Switching\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n"); }, code: "UNAVAILABLE", phase: "written", persistence: "transient" },
  { title: "half a head and then silence", behave: async (socket, read) => { await read(); socket.write("HTTP/1.1 200 OK\r\ncontent-le"); }, change: FAST, code: "TIMEOUT", phase: "written", persistence: "transient" },
  { title: "a head and then silence", behave: async (socket, read) => { await read(); socket.write(`${HEAD}content-length: 10\r\n\r\n`); }, change: FAST, code: "TIMEOUT", phase: "head", status: 200, persistence: "transient" },
  { title: "a head and then a reset", behave: async (socket, read) => { await read(); socket.write(`${HEAD}content-length: 10\r\n\r\n12345`, () => socket.resetAndDestroy()); }, code: "UNAVAILABLE", phase: ["head", "written"], persistence: "transient" },
  { title: "a body that drips past the deadline", behave: async (socket, read) => {
    await read();
    socket.write(`${HEAD}content-length: 1000\r\n\r\n`);
    const timer = setInterval(() => socket.write("1"), 10);
    socket.on("close", () => clearInterval(timer));
  }, change: FAST, code: "TIMEOUT", phase: "head", status: 200, persistence: "transient" },
  { title: "a body shorter than its content-length", behave: async (socket, read) => { await read(); socket.end(`${HEAD}content-length: 100\r\n\r\n${LEAKY}`); }, code: "UNAVAILABLE", phase: "head", status: 200, persistence: "transient" },
  { title: "a chunked body that is cut", behave: async (socket, read) => { await read(); socket.end(`${HEAD}transfer-encoding: chunked\r\n\r\n64\r\n${LEAKY}`); }, code: "UNAVAILABLE", phase: "head", status: 200, persistence: "transient" },
  { title: "a chunked body on a closing connection that is cut", behave: async (socket, read) => { await read(); socket.end(`${HEAD}connection: close\r\ntransfer-encoding: chunked\r\n\r\n64\r\n${LEAKY}`); }, code: "UNAVAILABLE", phase: "head", status: 200, persistence: "transient" },
  { title: "a chunk without a size", behave: async (socket, read) => { await read(); socket.write(`${HEAD}transfer-encoding: chunked\r\n\r\n${CANARIES.answer}\r\n`); }, code: "PROTOCOL", phase: "head", status: 200, persistence: "permanent" },
  { title: "200 MiB announced", behave: async (socket, read) => { await read(); socket.write(`${HEAD}content-length: 209715200\r\n\r\n`); pour(socket, 209_715_200); }, code: "PROTOCOL", phase: "head", status: 200, persistence: "permanent" },
  { title: "200 MiB that end with the connection", behave: async (socket, read) => { await read(); socket.write(`${HEAD}connection: close\r\n\r\n`); pour(socket, 209_715_200); }, code: "PROTOCOL", phase: "head", status: 200, persistence: "permanent" },
  { title: "a gzip bomb of 64 MiB", behave: async (socket, read) => { await read(); socket.write(answer("200 OK", bomb, { "content-encoding": "gzip" })); }, code: "PROTOCOL", phase: "head", status: 200, persistence: "permanent" },
];

function pour(socket: Parameters<Behaviour>[0], total: number): void {
  const chunk = Buffer.alloc(65_536, 0x20);
  let left = total;
  const more = () => {
    while (left > 0 && !socket.destroyed && socket.write(chunk)) left -= chunk.length;
  };
  socket.on("drain", more);
  more();
}

describe.each(CLIENTS)("%s, when the server misbehaves after the head was written", (_, create) => {
  let client: HttpClient | undefined;
  let server: RawServer | undefined;
  afterEach(async () => {
    await client?.close();
    await server?.drained();
    await server?.close();
  });

  it.each(WRITTEN.map((fault) => [fault.title, fault] as const))("%s is unknown", async (__, { behave, change, code, phase, persistence, status }) => {
    server = await rawServer(behave);
    client = create();
    const before = process.memoryUsage().rss;
    const error = await failureOf(client.request(post(server.baseUrl, change)));
    expect({ code: error.code, outcome: error.outcome, persistence: error.persistence }).toEqual({ code, outcome: "unknown", persistence });
    expect([phase].flat()).toContain(error.context.phase);
    expect(error.context.urlTemplate).toBe("/instances/{id}/token/{token}/send-event");
    if (status !== undefined) expect(error.context.status).toBe(status);
    expect(server.connections()).toBe(1);
    expect(server.requests.length).toBeLessThanOrEqual(1);
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
  });

  it("a reset on accept is not-sent when it comes before the head is written, and unknown otherwise", async () => {
    server = await rawServer((socket) => { socket.resetAndDestroy(); });
    client = create();
    const error = await failureOf(client.request(post(server.baseUrl)));
    expect(error).toMatchObject({ code: "UNAVAILABLE", persistence: "transient", outcome: error.context.phase === "before-write" ? "not-sent" : "unknown" });
    expect(server.requests).toEqual([]);
  });
});
