import { connect, createServer, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { Worker } from "node:worker_threads";
import { Agent } from "undici";
import type { WireOptions } from "@event-messaging/core";
import { selfSigned } from "./certificate.js";

/** A place that a base URL can name and that is no ordinary server. */
export interface Site {
  readonly baseUrl: string;
  readonly options?: WireOptions;
  /** Requests that arrived there. */
  requests(): number;
  close(): Promise<void>;
}

export interface NoSite {
  readonly reason: string;
}

/** A port on which nobody listens any more. */
export async function closedPort(): Promise<Site> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return { baseUrl: `http://127.0.0.1:${port}`, requests: () => 0, close: async () => {} };
}

/** RFC 2606 keeps `.invalid` from ever resolving. */
export const unknownName = async (): Promise<Site> => ({ baseUrl: "http://vendor.invalid", requests: () => 0, close: async () => {} });

/** A resolver that never answers. The system's own cannot be made to hang offline: this one stands in the same place. */
export const silentResolver = async (): Promise<Site> => ({ baseUrl: "http://vendor.invalid", options: { lookup: () => {} }, requests: () => 0, close: async () => {} });

/**
 * A listener whose queue of connections is full and never emptied: the kernel drops further SYNs. A thread listens and sleeps;
 * connections are made until one of them gets no answer.
 */
export async function blackHole(): Promise<Site | NoSite> {
  const source = "const{createServer}=require('node:net');const{parentPort}=require('node:worker_threads');const s=createServer();s.listen({port:0,host:'127.0.0.1',backlog:1},()=>{parentPort.postMessage(s.address().port);setTimeout(()=>Atomics.wait(new Int32Array(new SharedArrayBuffer(4)),0,0),50);});";
  const worker = new Worker(source, { eval: true });
  const port = await new Promise<number>((resolve, reject) => worker.once("message", resolve).once("error", reject));
  await sleep(120);
  const sockets: Socket[] = [];
  let hangs = false;
  for (let nth = 0; nth < 12 && !hangs; nth += 1) {
    const socket = connect(port, "127.0.0.1");
    socket.on("error", () => undefined);
    sockets.push(socket);
    hangs = await new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(true), 250);
      socket.once("connect", () => {
        clearTimeout(timer);
        resolve(false);
      });
    });
  }
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    await worker.terminate();
  };
  if (hangs) return { baseUrl: `http://127.0.0.1:${port}`, requests: () => 0, close };
  await close();
  return { reason: "this system accepts connections beyond the backlog, so no SYN goes unanswered on loopback" };
}

const DAY = 86_400_000;
const PERIODS = { valid: [-DAY, DAY], expired: [-2 * DAY, -DAY] } as const;
const NAMES = { own: { ip: [127, 0, 0, 1] }, foreign: { dns: "somebody-else.example" } } as const;

/** A TLS server with a certificate of a given kind; `trusted`: its issuer is, so that only the rest is at fault. */
export async function tlsServer(period: keyof typeof PERIODS, name: keyof typeof NAMES, trusted: boolean, reply: Buffer): Promise<Site> {
  const [from, to] = PERIODS[period];
  const { key, cert } = selfSigned(NAMES[name], new Date(Date.now() + from), new Date(Date.now() + to));
  let requests = 0;
  const server = createTlsServer({ key, cert }, (socket) => {
    socket.on("error", () => undefined).on("data", (chunk: Buffer) => {
      if (!chunk.includes("\r\n\r\n")) return;
      requests += 1;
      socket.write(reply);
    });
  }).on("tlsClientError", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const dispatcher = trusted ? new Agent({ connect: { ca: cert } }) : undefined;
  return {
    baseUrl: `https://127.0.0.1:${port}`,
    ...(dispatcher && { options: { dispatcher } }),
    requests: () => requests,
    async close() {
      await dispatcher?.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => { setTimeout(resolve, ms); });
}
