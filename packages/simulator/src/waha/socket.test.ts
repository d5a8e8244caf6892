import { createHash } from "node:crypto";
import { connect, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "@jest/globals";
import { isObject, type JsonObject } from "../json.js";
import { CHAT, GUEST, SESSION, startBench, type Bench } from "./test-bench.js";

let bench: Bench;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await bench.stop();
});

interface Frame {
  readonly opcode: number;
  readonly text: string;
}

/** A client of its own, written from RFC 6455: frames in, masked frames out. */
const listen = async (query: string, { path = "/ws", key = "simulator-key" } = {}) => {
  const { port } = bench.waha;
  const socket = connect(port, "127.0.0.1");
  sockets.push(socket);
  const frames: Frame[] = [];
  let bytes = Buffer.alloc(0);
  let head = "";
  let closed = false;
  let wake = (): void => undefined;
  socket.on("data", (chunk: Buffer) => {
    bytes = Buffer.concat([bytes, chunk]);
    const end = bytes.indexOf("\r\n\r\n");
    if (head === "" && end >= 0) {
      head = bytes.subarray(0, end).toString("latin1");
      bytes = bytes.subarray(end + 4);
    }
    if (head === "") return;
    while (bytes.length >= 2) {
      const short = bytes.readUInt8(1);
      const begin = short === 126 ? 4 : short === 127 ? 10 : 2;
      const length = short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
      if (bytes.length < begin + length) break;
      const opcode = bytes.readUInt8(0) & 0x0f;
      frames.push({ opcode, text: bytes.subarray(begin + (opcode === 8 ? 2 : 0), begin + length).toString("utf8") });
      bytes = bytes.subarray(begin + length);
    }
    wake();
  });
  socket.on("close", () => {
    closed = true;
    wake();
  });
  socket.on("error", () => undefined);
  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) await new Promise<void>((resolve) => (wake = resolve));
  };
  const nonce = Buffer.from("0123456789abcdef").toString("base64");
  const asked = [query, ...(key === "" ? [] : [`x-api-key=${key}`])].filter((part) => part !== "").join("&");
  socket.write(`GET ${path}?${asked} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: ${nonce}\r\nSec-WebSocket-Version: 13\r\n\r\n`);
  await until(() => head !== "");
  const send = (opcode: number, text: string): void => {
    const mask = Buffer.from([1, 2, 3, 4]);
    const payload = Buffer.from(Buffer.from(text).map((byte, index) => byte ^ (mask[index % 4] ?? 0)));
    socket.write(Buffer.concat([Buffer.from([0x80 | opcode, 0x80 | payload.length]), mask, payload]));
  };
  const envelopes = (): readonly JsonObject[] => frames.filter(({ opcode }) => opcode === 1).map(({ text }): unknown => JSON.parse(text)).filter(isObject);
  return { head, frames, until, send, envelopes, isClosed: () => closed, nonce, end: async () => (socket.destroy(), until(() => closed)) };
};

const answer = () => bench.waha.answer({ account: SESSION, chat: CHAT, guest: GUEST, response: "GOING" });

describe("the WebSocket at /ws", () => {
  it("shakes hands and sends the envelope that the webhooks get, under the same id, unsigned", async () => {
    bench = await startBench();
    await bench.invite(CHAT);
    const client = await listen(`session=${SESSION}&events=event.response`);
    expect(client.head).toMatch(/^HTTP\/1\.1 101 /);
    expect(client.head).toContain(`Sec-WebSocket-Accept: ${createHash("sha1").update(`${client.nonce}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64")}`);
    await answer();
    await client.until(() => client.frames.length === 1);
    expect(client.envelopes()).toEqual([bench.of("event.response")[0]?.body]);
  });

  it("is enough by itself: no webhook is needed", async () => {
    bench = await startBench({}, { config: {} });
    const client = await listen("");
    await bench.invite(CHAT);
    await client.until(() => client.envelopes().some(({ event }) => event === "message.ack"));
    expect(client.envelopes().map(({ event }) => event)).toEqual(["message.any", "message.ack"]);
  });

  it("takes the key in the query only, and tells a wrong one after the handshake", async () => {
    bench = await startBench();
    for (const key of ["", "wrong"]) {
      const client = await listen("", { key });
      expect(client.head).toMatch(/ 101 /);
      await client.until(client.isClosed);
      expect(client.frames).toEqual([{ opcode: 8, text: "Unauthorized" }]);
    }
  });

  it("a session's key hears its own session and is forbidden another", async () => {
    bench = await startBench();
    bench.waha.putSession({ name: "other" });
    const { key } = bench.waha.putKey({ session: "other" });
    const own = await listen("", { key });
    const foreign = await listen(`session=${SESSION}`, { key });
    await foreign.until(foreign.isClosed);
    expect(foreign.frames).toEqual([{ opcode: 8, text: "Forbidden" }]);
    await bench.invite(CHAT);
    await bench.waha.webhook("other", "message", {});
    await own.until(() => own.frames.length > 0);
    expect(own.envelopes().map(({ session }) => session)).toEqual(["other"]);
  });

  it("understands repeated and comma-separated events, and stays open and silent on unknown names and sessions", async () => {
    bench = await startBench();
    await bench.invite(CHAT);
    const both = await Promise.all([listen("events=event.response&events=poll.vote"), listen("events=poll.vote,event.response")]);
    const silent = await Promise.all([listen("events=no.such.event"), listen("session=nobody"), listen("events=poll.vote")]);
    await answer();
    for (const client of both) await client.until(() => client.frames.length === 1);
    for (const client of silent) expect([client.frames, client.isClosed()]).toEqual([[], false]);
  });

  it("replays nothing: what happened before, or between two connections, is lost", async () => {
    bench = await startBench();
    const first = await listen("events=event.response");
    await first.end();
    await bench.invite(CHAT);
    await answer();
    const second = await listen("events=event.response");
    await answer();
    await second.until(() => second.frames.length > 0);
    expect(second.envelopes()).toEqual([bench.of("event.response").at(-1)?.body]);
  });

  it("ignores what a client says, answers its pings, and closes when it does", async () => {
    bench = await startBench();
    const client = await listen("events=event.response");
    client.send(1, "hello");
    client.send(1, '{"event":"subscribe"}');
    client.send(9, "are you there");
    await client.until(() => client.frames.length > 0);
    expect(client.frames).toEqual([{ opcode: 10, text: "are you there" }]);
    client.send(8, "");
    await client.until(client.isClosed);
    expect(client.frames.at(-1)?.opcode).toBe(8);
  });

  it("pings, keeps a client that answers, and ends one that does not by the next ping", async () => {
    bench = await startBench({ clockFactor: 0.001 });
    const [good, deaf] = await Promise.all([listen("events=poll.vote"), listen("events=poll.vote")]);
    const pings = (client: typeof good) => client.frames.filter(({ opcode }) => opcode === 9).length;
    for (let n = 1; n <= 3; n += 1) {
      await good.until(() => pings(good) === n);
      good.send(10, "");
    }
    await deaf.until(deaf.isClosed);
    expect([pings(deaf), good.isClosed()]).toEqual([1, false]);
  });

  it("is nowhere else, and is a plain 400 without a proper handshake", async () => {
    bench = await startBench();
    expect((await listen("", { path: "/elsewhere" })).head).toMatch(/^HTTP\/1\.1 404 /);
    const response = await fetch(`${bench.waha.url}/ws`);
    expect(response.status).toBe(404);
  });

  it("ends with the simulator, and keeps nobody waiting for it", async () => {
    bench = await startBench();
    const client = await listen("");
    await bench.waha.flush();
    await bench.waha.stop();
    await client.until(client.isClosed);
  });

  it("carries long texts whole", async () => {
    bench = await startBench();
    const client = await listen("events=message");
    await bench.waha.webhook(SESSION, "message", { body: "é".repeat(40_000) });
    await client.until(() => client.frames.length === 1);
    expect(client.envelopes()).toMatchObject([{ payload: { body: "é".repeat(40_000) } }]);
  });
});
