import { lookup as systemLookup } from "node:dns";
import { isIP, Socket } from "node:net";
import { Agent, buildConnector } from "undici";
import { Exchange } from "./exchange.js";
import type { WireOptions } from "./options.js";
import type { Prepared } from "./prepare.js";
import { blockedAddress, isPublicAddress, publicOnly, type Lookup } from "./public-address.js";
import { readOptions } from "./read-options.js";
import { Roster } from "./roster.js";

/** Opens exchanges over one pool, and ends them all. */
export interface Wire {
  /** `cut`: see {@link Exchange}. The caller starts it with `watch`, and must call `finish`. */
  open(prepared: Prepared, cut: () => void): Exchange;
  readonly closed: boolean;
  /** Idempotent, never rejects. */
  close(): Promise<void>;
}

/** Node's own HTTP server, and with it many a vendor's, closes idle sockets after 5 s: a request that is just being written then would be lost. */
const IDLE_MS = 3_000;
const CONNECT_MS = 10_000;
const MAX_HEAD_BYTES = 16_384;

export function openWire(options: WireOptions): Wire {
  const { dispatcher: given, connections, lookup } = readOptions(options);
  const connecting = new Set<Socket>();
  const agent = (connect: buildConnector.connector) => new Agent({
    connections, pipelining: 1, connect: trackedConnect(connect, connecting), allowH2: false, maxHeaderSize: MAX_HEAD_BYTES,
    keepAliveTimeout: IDLE_MS, keepAliveMaxTimeout: IDLE_MS, headersTimeout: 0, bodyTimeout: 0,
  });
  const pool = given ?? agent(buildConnector({ timeout: CONNECT_MS, ...(lookup && { lookup }) }));
  // Sockets of its own: one that a trusted base URL opened to a private address must not be there to be used again.
  const guarded = given === undefined ? agent(publicConnect(lookup ?? systemLookup)) : undefined;
  const live = new Roster<Exchange>();
  let closing: Promise<void> | undefined;

  const close = async (): Promise<void> => {
    live.forEach((exchange) => exchange.end("closed"));
    if (given !== undefined) return;
    const destroyed = Promise.allSettled([pool.destroy(), guarded?.destroy()]);
    for (const socket of connecting) socket.destroy(new Error("The HTTP client was closed"));
    await destroyed;
  };

  return {
    open: (prepared, cut) => new Exchange(prepared, { dispatcher: prepared.untrusted ? guarded : pool, live }, cut),
    get closed() { return closing !== undefined; },
    close: () => (closing ??= close()),
  };
}

/** undici's connector; what is still connecting can be ended, which undici does not do itself. */
function trackedConnect(connect: buildConnector.connector, connecting: Set<Socket>): buildConnector.connector {
  return (target, callback) => {
    const socket: unknown = connect(target, callback);
    if (!(socket instanceof Socket)) return;
    connecting.add(socket);
    const forget = () => connecting.delete(socket);
    socket.once(target.protocol === "https:" ? "secureConnect" : "connect", forget).once("close", forget);
  };
}

/** Connects to public addresses only. No resolver is asked about an address that the URL itself names. */
function publicConnect(lookup: Lookup): buildConnector.connector {
  const connect = buildConnector({ timeout: CONNECT_MS, lookup: publicOnly(lookup) });
  return (target, callback) => {
    if (isIP(target.hostname) === 0 || isPublicAddress(target.hostname)) return connect(target, callback);
    queueMicrotask(() => callback(blockedAddress(), null));
  };
}
