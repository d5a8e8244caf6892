import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import type { Fault } from "./fault.js";
import { answer, openVendor, pour, type Behaviour } from "./raw-vendor.js";
import { blackHole, closedPort, silentResolver, tlsServer, unknownName } from "./sites.js";
import type { Subject } from "./subjects.js";

const HEAD = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";
/** Every request of a connection gets this, byte for byte. */
const each = (act: (socket: Parameters<Behaviour>[0]) => void): Behaviour => async (socket, next) => {
  for (;;) {
    await next();
    act(socket);
  }
};
const always = (bytes: Buffer | string) => () => each((socket) => void socket.write(bytes));
const good = ({ good: { status, json } }: Subject) => answer(status, JSON.stringify(json));
const body = ({ good: { json } }: Subject) => JSON.stringify(json);
/** A good answer behind 40 MiB of blanks: who reads without a bound believes it. */
const BLANKS = 40 * 2 ** 20;
const bombs = new Map<string, Buffer>();
const bomb = (squeeze: (raw: Buffer) => Buffer, encoding: string) => (subject: Subject) => {
  const key = encoding + body(subject);
  const squeezed = bombs.get(key) ?? squeeze(Buffer.concat([Buffer.alloc(BLANKS, 0x20), Buffer.from(body(subject))]));
  bombs.set(key, squeezed);
  const bytes = answer(subject.good.status, squeezed, { "content-encoding": encoding });
  return each((socket) => void socket.write(bytes));
};
const redirect = (status: number, to: "same" | "elsewhere") => (_: Subject, elsewhere: string): Behaviour =>
  each((socket) => void socket.write(answer(`${status} Moved`, "", { location: to === "same" ? "/other" : `${elsewhere}/other` })));

/** Faults 1 to 30: what breaks before, around or inside an answer. No code of the library has a say in what is expected. */
export const wireFaults: readonly Fault[] = [
  { nr: 0, name: "control: a good answer", expected: "accepted", core: true, behave: (subject) => each((socket) => void socket.write(good(subject))) },
  { nr: 1, name: "NXDOMAIN", expected: "not-sent", codes: ["UNAVAILABLE", "TIMEOUT"], site: unknownName, core: true },
  {
    nr: 2, name: "DNS hang", expected: "not-sent", codes: ["TIMEOUT"], site: silentResolver, hangs: true,
    note: "The system's resolver cannot be made to hang without a network: the client's lookup is one that never answers. What the resolver itself holds meanwhile (a thread of Node's pool) is not tried.",
  },
  { nr: 3, name: "connection refused", expected: "not-sent", codes: ["UNAVAILABLE"], site: closedPort, core: true },
  { nr: 4, name: "black-holed SYN", expected: "not-sent", codes: ["TIMEOUT"], site: blackHole, hangs: true },
  { nr: 5, name: "certificate of an unknown issuer", expected: "not-sent", codes: ["UNAVAILABLE"], site: (subject) => tlsServer("valid", "own", false, good(subject)), core: true },
  { nr: 5, name: "certificate expired", expected: "not-sent", codes: ["UNAVAILABLE"], site: (subject) => tlsServer("expired", "own", true, good(subject)) },
  { nr: 5, name: "certificate of another name", expected: "not-sent", codes: ["UNAVAILABLE"], site: (subject) => tlsServer("valid", "foreign", true, good(subject)) },
  { nr: 0, name: "control: a certificate in order", expected: "accepted", site: (subject) => tlsServer("valid", "own", true, good(subject)) },
  {
    nr: 6, name: "RST in the TLS handshake", expected: "not-sent", codes: ["UNAVAILABLE"],
    site: async () => {
      const vendor = await openVendor((socket) => { socket.once("data", () => socket.resetAndDestroy()); });
      return { baseUrl: vendor.baseUrl.replace("http:", "https:"), requests: () => vendor.requests.length, close: vendor.close };
    },
  },
  { nr: 7, name: "FIN before the request is read", expected: "unknown", codes: ["UNAVAILABLE"], behave: () => (socket) => { socket.end(); } },
  { nr: 8, name: "RST after the request was read", expected: "unknown", codes: ["UNAVAILABLE"], core: true, behave: () => each((socket) => void socket.resetAndDestroy()) },
  { nr: 8, name: "FIN after the request was read", expected: "unknown", codes: ["UNAVAILABLE"], behave: () => each((socket) => void socket.end()) },
  { nr: 9, name: "RST in the middle of the upload", expected: "unknown", codes: ["UNAVAILABLE"], size: 4_000_000, heavy: true, behave: () => (socket) => { socket.once("data", () => socket.resetAndDestroy()); } },
  { nr: 10, name: "silence until the deadline", expected: "unknown", codes: ["TIMEOUT"], hangs: true, core: true, behave: () => each(() => undefined) },
  {
    nr: 11, name: "stale keep-alive: the second request on a socket is reset", expected: "unknown", codes: ["UNAVAILABLE"], warm: true,
    behave: (subject) => {
      let left = subject.requests;
      return each((socket) => { if (left-- > 0) socket.write(good(subject)); else socket.resetAndDestroy(); });
    },
  },
  { nr: 12, name: "the caller aborts after the request was read", expected: "unknown", codes: ["CANCELED"], abortWhenRead: true, core: true, behave: () => each(() => undefined) },
  { nr: 13, name: "garbage for a status line", expected: "unknown", codes: ["PROTOCOL"], behave: always("SSH-2.0-OpenSSH_9.2\r\n\r\n") },
  { nr: 14, name: "70 kB of header fields", expected: "unknown", codes: ["PROTOCOL"], behave: (subject) => each((socket) => void socket.write(answer(subject.good.status, body(subject), { "x-long": "a".repeat(70_000) }))) },
  { nr: 15, name: "a flood of interim answers", expected: "unknown", codes: ["PROTOCOL"], behave: always("HTTP/1.1 102 Processing\r\n\r\n".repeat(5_000)) },
  ...[301, 302, 303].map((status): Fault => ({ nr: 16, name: `redirect ${status}`, expected: "unknown", behave: redirect(status, "same") })),
  ...[301, 302, 303].map((status): Fault => ({ nr: 16, name: `redirect ${status} to another server`, expected: "unknown", behave: redirect(status, "elsewhere") })),
  ...[307, 308].map((status): Fault => ({ nr: 17, name: `redirect ${status} to another server`, expected: "unknown", ...(status === 307 && { core: true as const }), behave: redirect(status, "elsewhere") })),
  {
    nr: 18, name: "one byte every 50 ms, past the deadline", expected: "unknown", codes: ["TIMEOUT"], hangs: true,
    behave: () => each((socket) => {
      socket.write(`${HEAD}content-length: 1000\r\n\r\n`);
      const timer = setInterval(() => socket.write(" "), 50);
      socket.on("close", () => clearInterval(timer));
    }),
  },
  {
    nr: 0, name: "control: a good answer in drops, within the deadline", expected: "accepted",
    behave: (subject) => each((socket) => {
      const bytes = good(subject);
      let at = 0;
      const timer = setInterval(() => {
        socket.write(bytes.subarray(at, at += 40));
        if (at >= bytes.length) clearInterval(timer);
      }, 5);
      socket.on("close", () => clearInterval(timer));
    }),
  },
  { nr: 19, name: "less body than Content-Length says", expected: "unknown", codes: ["UNAVAILABLE"], core: true, behave: (subject) => each((socket) => void socket.end(`${HEAD}content-length: 5000\r\n\r\n${body(subject)}`)) },
  { nr: 20, name: "a chunk that is cut", expected: "unknown", codes: ["UNAVAILABLE"], behave: (subject) => each((socket) => void socket.end(`${HEAD}transfer-encoding: chunked\r\n\r\n1000\r\n${body(subject)}`)) },
  { nr: 20, name: "a chunk that is cut, on a closing connection", expected: "unknown", codes: ["UNAVAILABLE"], behave: (subject) => each((socket) => void socket.end(`${HEAD}connection: close\r\ntransfer-encoding: chunked\r\n\r\n1000\r\n${body(subject)}`)) },
  { nr: 25, name: "200 MiB announced", expected: "unknown", codes: ["PROTOCOL"], heavy: true, behave: () => each((socket) => { socket.write(`${HEAD}content-length: 209715200\r\n\r\n`); pour(socket, 209_715_200); }) },
  { nr: 25, name: "200 MiB that end with the connection", expected: "unknown", codes: ["PROTOCOL"], heavy: true, behave: () => each((socket) => { socket.write(`${HEAD}connection: close\r\n\r\n`); pour(socket, 209_715_200); }) },
  { nr: 25, name: "a good answer behind 40 MiB of blanks", expected: "unknown", codes: ["PROTOCOL"], heavy: true, behave: (subject) => each((socket) => { socket.write(`${HEAD}content-length: ${BLANKS + body(subject).length}\r\n\r\n`); pour(socket, BLANKS); socket.write(body(subject)); }) },
  { nr: 26, name: "gzip bomb", expected: "unknown", codes: ["PROTOCOL"], heavy: true, behave: bomb((raw) => gzipSync(raw, { level: 1 }), "gzip") },
  { nr: 26, name: "deflate bomb", expected: "unknown", codes: ["PROTOCOL"], heavy: true, behave: bomb((raw) => deflateSync(raw, { level: 1 }), "deflate") },
  { nr: 26, name: "brotli bomb", expected: "unknown", codes: ["PROTOCOL"], heavy: true, behave: bomb((raw) => brotliCompressSync(raw, { params: { 1: 1 } }), "br") },
];
