import { createHash } from "node:crypto";
import type { Duplex } from "node:stream";
import type { SimRequestHead } from "./server.js";

/** The server's end of one WebSocket (RFC 6455, version 13): texts and pings go out; what comes in is only watched for pongs and the end. */
export interface WebSocketPeer {
  sendText(text: string): void;
  ping(): void;
  /** Sends a close frame and ends the connection. */
  close(code: number, reason: string): void;
  /** Ends the connection without a word. */
  terminate(): void;
  /** Whether a pong has come since the last ping; true before the first one. */
  answered(): boolean;
  /** Calls back once when the connection is over, for whatever reason. */
  onClose(listener: () => void): void;
}

const MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
const OPCODES = { text: 1, close: 8, ping: 9, pong: 10 } as const;
/** Nothing that a client sends is of interest: more than this at once ends the connection. */
const LONGEST_FRAME = 1024 * 1024;

const frame = (opcode: number, payload: Buffer): Buffer => {
  const { length } = payload;
  const head = length < 126 ? Buffer.from([0x80 | opcode, length]) : length < 65_536 ? Buffer.from([0x80 | opcode, 126, length >> 8, length & 0xff]) : Buffer.alloc(10);
  if (length >= 65_536) {
    head[0] = 0x80 | opcode;
    head[1] = 127;
    head.writeBigUInt64BE(BigInt(length), 2);
  }
  return Buffer.concat([head, payload]);
};

interface Incoming {
  readonly opcode: number;
  readonly payload: Buffer;
  readonly rest: Buffer;
}

/** The next whole frame; undefined when more bytes are needed, "broken" when it is none that a client may send. */
const nextFrame = (bytes: Buffer): Incoming | undefined | "broken" => {
  if (bytes.length < 2) return undefined;
  const [first, second] = [bytes.readUInt8(0), bytes.readUInt8(1)];
  if ((second & 0x80) === 0) return "broken";
  const short = second & 0x7f;
  const lengthBytes = short === 126 ? 2 : short === 127 ? 8 : 0;
  if (bytes.length < 2 + lengthBytes) return undefined;
  const length = lengthBytes === 2 ? bytes.readUInt16BE(2) : lengthBytes === 8 ? Number(bytes.readBigUInt64BE(2)) : short;
  if (length > LONGEST_FRAME) return "broken";
  const begin = 2 + lengthBytes + 4;
  if (bytes.length < begin + length) return undefined;
  const mask = bytes.subarray(begin - 4, begin);
  const payload = Buffer.from(bytes.subarray(begin, begin + length).map((byte, index) => byte ^ (mask[index % 4] ?? 0)));
  return { opcode: first & 0x0f, payload, rest: bytes.subarray(begin + length) };
};

/** Answers the handshake; undefined, with the connection ended by a 400, when it is not one. */
export const acceptWebSocket = (head: SimRequestHead, socket: Duplex): WebSocketPeer | undefined => {
  const key = head.headers["sec-websocket-key"];
  if (head.headers["upgrade"]?.toLowerCase() !== "websocket" || key === undefined || head.headers["sec-websocket-version"] !== "13") {
    socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
    return undefined;
  }
  const accept = createHash("sha1").update(key + MAGIC).digest("base64");
  socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
  let ponged = true;
  let open = true;
  let waiting: Buffer = Buffer.alloc(0);
  const send = (opcode: number, payload: Buffer): void => {
    if (open && socket.writable) socket.write(frame(opcode, payload));
  };
  const close = (payload: Buffer): void => {
    send(OPCODES.close, payload);
    open = false;
    socket.end();
  };
  socket.on("data", (chunk: Buffer) => {
    waiting = Buffer.concat([waiting, chunk]);
    for (let next = nextFrame(waiting); next !== undefined; next = nextFrame(waiting)) {
      if (next === "broken") return void socket.destroy();
      if (!open) return;
      waiting = next.rest;
      if (next.opcode === OPCODES.pong) ponged = true;
      else if (next.opcode === OPCODES.ping) send(OPCODES.pong, next.payload);
      else if (next.opcode === OPCODES.close) close(next.payload.subarray(0, 2));
    }
  });
  socket.on("error", () => socket.destroy());
  return {
    sendText: (text) => send(OPCODES.text, Buffer.from(text, "utf8")),
    ping: () => {
      ponged = false;
      send(OPCODES.ping, Buffer.alloc(0));
    },
    close: (code, reason) => {
      const payload = Buffer.alloc(2 + Buffer.byteLength(reason));
      payload.writeUInt16BE(code, 0);
      payload.write(reason, 2);
      close(payload);
    },
    terminate: () => void socket.destroy(),
    answered: () => ponged,
    onClose: (listener) => void socket.once("close", listener),
  };
};
