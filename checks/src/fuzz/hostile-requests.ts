import type { Socket } from "node:net";
import type { RawWebhook } from "@event-messaging/core";
import { bodyOf, type GuestAnswer } from "../inbound/answers.js";
import { delivery, type Line } from "../inbound/lines.js";
import { HOSTILE_DOCUMENTS } from "./hostile-documents.js";
import { requestBytes } from "./raw-socket.js";

/** One hostile request on a connection of its own. */
export interface HostileRequest {
  readonly name: string;
  readonly write: (socket: Socket) => void;
  /** The statuses that a well-kept server may answer with; 0: closed without an answer. Default: any but a server error. */
  readonly expect?: readonly number[];
  /** Cut off by the deadline of the body, neither earlier nor much later. */
  readonly isSlow?: boolean;
}

/** Documents of all kinds, correctly signed: alone, and inside an answer that is right in every other member. */
export function documentRequests(line: Line, answerFor: () => GuestAnswer): readonly HostileRequest[] {
  return HOSTILE_DOCUMENTS.flatMap(({ name, make, isJson, heads = {} }): readonly HostileRequest[] => {
    const isTooLarge = /above the limit|five times/.test(name);
    const whole: HostileRequest = {
      name: `${line.vendor}: ${name}`,
      write: (socket) => void socket.end(requestBytes(delivery(line, make()), heads)),
      // Whoever still writes while the server hangs up may see no answer.
      expect: isTooLarge ? [413, 0] : isJson || name.includes("limit") ? [200, 400, 404] : [400],
    };
    const inside: HostileRequest = {
      name: `${line.vendor}: an answer with ${name}`,
      write: (socket) => {
        const text = JSON.stringify(bodyOf(answerFor()));
        socket.end(requestBytes(delivery(line, Buffer.concat([Buffer.from(`${text.slice(0, -1)},"more":`), make(), Buffer.from("}")]))));
      },
      expect: [200, 400, 413],
    };
    return isJson ? [whole, inside] : [whole];
  });
}

/** Requests that lie about themselves. `raw` is a delivery that would be accepted if it came whole. */
export function* lyingRequests(line: Line, raw: RawWebhook): Generator<HostileRequest> {
  const { path, body, headers } = raw;
  const { length } = body;
  const head = (heads: Readonly<Record<string, string>>) => requestBytes({ ...raw, body: new Uint8Array() }, { "content-length": String(length), ...heads });
  const chunked = head({ "content-length": "", "transfer-encoding": "chunked" });
  const request = (name: string, write: (socket: Socket) => void, expect?: readonly number[], isSlow = false): HostileRequest => ({ name: `${line.vendor}: ${name}`, write, isSlow, ...(expect && { expect }) });
  const all = (...parts: readonly (string | Uint8Array)[]) => (socket: Socket) => void socket.end(Buffer.concat(parts.map((part) => Buffer.from(part))));
  const hold = (...parts: readonly (string | Uint8Array)[]) => (socket: Socket) => void socket.write(Buffer.concat(parts.map((part) => Buffer.from(part))));

  yield request("a length too long, then the end", all(head({ "content-length": String(length + 10) }), body), [400, 0]);
  yield request("a length too long, then silence", hold(head({ "content-length": String(length + 10) }), body), [400], true);
  yield request("a length of gigabytes", hold(head({ "content-length": "4294967296" }), body), [400, 413], true);
  yield request("a length too short", all(head({ "content-length": String(length - 10) }), body), [400, 404]);
  yield request("a length of nought", all(head({ "content-length": "0" }), body), [400, 404]);
  for (const lie of ["-1", "+5", "0x10", "1e3", "five", "9".repeat(40), `${length}, ${length + 1}`, "1 2"]) yield request(`a length of ${lie.slice(0, 12)}`, all(head({ "content-length": lie }), body), [400, 0]);
  yield request("two lengths", all(head({ "content-length": `${length}\r\ncontent-length: ${length - 1}` }), body), [400, 0]);
  yield request("a length and chunks", all(head({ "transfer-encoding": "chunked" }), "0\r\n\r\n"), [400, 0]);
  yield request("chunks of chunks", all(head({ "content-length": "", "transfer-encoding": "chunked, chunked" }), "0\r\n\r\n"), [400, 404, 0]);
  yield request("an unknown coding", all(head({ "content-length": "", "transfer-encoding": "gzip" }), body), [400, 404, 501, 0]);
  yield request("a chunk that is no number", all(chunked, "zz\r\n{}\r\n0\r\n\r\n"), [400, 0]);
  yield request("a chunk of the greatest size", hold(chunked, "ffffffff\r\n{"), [400, 413], true);
  yield request("a chunk beyond any size", all(chunked, "fffffffffffffffff\r\n{"), [400, 0]);
  yield request("chunks that end too early", all(chunked, `${(length + 5).toString(16)}\r\n`, body), [400, 0]);
  yield request("chunks without end", (socket) => {
    socket.write(chunked);
    const piece = Buffer.alloc(65_536, "[");
    const more = () => {
      if (socket.destroyed || socket.writableEnded) return;
      socket.write(Buffer.concat([Buffer.from("10000\r\n"), piece, Buffer.from("\r\n")]), () => setImmediate(more));
    };
    more();
  }, [413, 0]);
  yield request("a trailer", all(chunked, `${length.toString(16)}\r\n`, body, "\r\n0\r\nx-webhook-hmac: 00\r\n\r\n"), line.vendor === "waha" ? [200] : undefined);
  yield request("one byte at a time", (socket) => {
    socket.write(head({}));
    let at = 0;
    const timer = setInterval(() => (socket.destroyed ? clearInterval(timer) : void socket.write(body.subarray(at, (at += 1)))), 50);
    socket.once("close", () => clearInterval(timer));
  }, [400], true);
  yield request("a head and nothing more", hold(head({})), [400], true);
  yield request("a reset in the middle", (socket) => {
    socket.write(Buffer.concat([head({}), body.subarray(0, 20)]), () => setTimeout(() => socket.resetAndDestroy(), 20));
  }, [0]);
  yield request("nothing at all", all(), [0]);
  yield request("half a head", all("POST /webhooks/x HTTP/1.1\r\nhost: a"), [400, 0]);
  yield request("100-continue", all(head({ expect: "100-continue" }), body), [100]);
  yield request("another expectation", all(head({ expect: "a miracle" }), body), [417, 200, 404]);
  yield request("an upgrade", all(head({ connection: "upgrade", upgrade: "websocket" }), body));
  yield request("seventy thousand bytes of header", all(head({ "x-long": "a".repeat(70_000) }), body), [431, 0]);
  yield request("three thousand headers", all(head(Object.fromEntries(Array.from({ length: 3_000 }, (_, index) => [`x${index}`, "1"]))), body), [431, 400, 404, 200, 0]);
  yield request("a header with a NUL", all(head({ "x-a": "b\u0000c" }), body), [400, 0]);
  yield request("a header over two lines", all(head({ "x-a": "b\r\n c" }), body), [400, 200, 0]);
  yield request("a header without a name", all(head({ "": "b" }), body), [400, 0]);
  yield request("no host", all(head({ host: "" }), body), [400]);
  yield request("two kinds of line ends", all(head({}).toString("latin1").replaceAll("\r\n", "\n"), body), [400, 200, 404, 0]);
  yield request("another protocol", all("\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003"), [400, 0]);
  yield request("HTTP/2", all("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), [400, 505, 0]);
  yield request("HTTP/0.9", all(`POST ${path}\r\n\r\n`), [400, 404, 0]);
  if (line.vendor === "waha") {
    const [, hmac = ""] = [...headers].find(([name]) => name === "x-webhook-hmac") ?? [];
    yield request("a signature twice", all(head({ "x-webhook-hmac": `${hmac}\r\nx-webhook-hmac: ${hmac}` }), body), [404]);
    yield request("an algorithm twice", all(head({ "x-webhook-hmac-algorithm": "sha512\r\nx-webhook-hmac-algorithm: sha512" }), body), [404]);
  }
  for (const method of ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PURGE"]) yield request(`the method ${method}`, all(requestBytes({ ...raw, method })), [404, 400]);
  for (const method of ["GEТ", "POST POST", "", "CONNECT", "x".repeat(500)]) yield request(`the method "${method.slice(0, 10)}"`, all(requestBytes({ ...raw, method })), [400, 404, 0]);
  for (const odd of ["/webhooks", "/webhooks/", "/webhooks//", "/webhooks/%", "/webhooks/%00", "/webhooks/%E0%A4%A", "/webhooks/..%2f..%2fetc", `/webhooks/../webhooks/${line.account}`, `//webhooks/${line.account}`, "/webhooks/__proto__", "/webhooks/constructor/prototype", "/webhooks/toString", "/webhooks/a/b/c/d/e/f/g/h/i/j", `/webhooks/${"a".repeat(9_000)}`, "*", "http://[::1", "/webhooks/😀", `\\webhooks\\${line.account}`, "/webhooks/%ff%fe"]) {
    yield request(`the path ${odd.slice(0, 40)}`, all(requestBytes({ ...raw, path: odd })), [400, 404, 431, 0]);
  }
}
