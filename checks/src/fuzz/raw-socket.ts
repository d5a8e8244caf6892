import { connect, type Socket } from "node:net";
import type { RawWebhook } from "@event-messaging/core";

/** What came back on a connection of its own. */
export interface Answered {
  /** Of the first answer; 0 when the server closed without one. */
  readonly status: number;
  /** All bytes, the date taken out. */
  readonly text: string;
  readonly ms: number;
  /** False: the client had to hang up. */
  readonly ended: boolean;
}

/** Opens a connection, lets `write` say what it likes, and waits for the server to close it. */
export function exchange(port: number, write: (socket: Socket) => void, patienceMs = 8_000): Promise<Answered> {
  return new Promise((resolve) => {
    const started = Date.now();
    const chunks: Buffer[] = [];
    const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
    let isDone = false;
    const done = (ended: boolean) => {
      if (isDone) return;
      isDone = true;
      clearTimeout(timer);
      socket.destroy();
      const text = Buffer.concat(chunks).toString("latin1").replaceAll(/\r\nDate: [^\r\n]*/gi, "");
      resolve({ status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0), text, ms: Date.now() - started, ended });
    };
    const timer = setTimeout(() => done(false), patienceMs);
    socket.on("data", (chunk: Buffer) => void chunks.push(chunk));
    socket.on("end", () => done(true));
    socket.on("close", () => done(true));
    socket.on("error", () => done(true));
    socket.once("connect", () => write(socket));
  });
}

/** A whole request, its length told truly unless `heads` says otherwise. */
export function requestBytes({ method, path, headers, body }: RawWebhook, heads: Readonly<Record<string, string>> = {}): Buffer {
  const own = { "host": "localhost", "connection": "close", "content-length": String(body.byteLength), ...Object.fromEntries(headers), ...heads };
  const lines = Object.entries(own).filter(([, value]) => value !== "").map(([name, value]) => `${name}: ${value}\r\n`).join("");
  return Buffer.concat([Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines}\r\n`, "latin1"), body]);
}
