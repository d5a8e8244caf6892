import type { Duplex } from "node:stream";
import type { SimRequestHead } from "../server.js";
import { acceptWebSocket, type WebSocketPeer } from "../websocket.js";
import { EVENT_NAMES, subscribes, type EventName } from "./events.js";
import type { SocketListener } from "./socket-listener.js";
import type { World } from "./state.js";

/** The server pings this often and ends a connection that has not answered by the next ping. */
const PING_MS = 60_000;

/**
 * `/ws?x-api-key=…&session=…&events=…`: the same envelopes as webhooks, unsigned, without replay. The key counts in the query only; a wrong one is told after the
 * handshake, by a close frame. `events` may be repeated or separated by commas; unknown names stay silent. WAHA docs: how-to/events.
 */
export const openSocket = (world: World, head: SimRequestHead, socket: Duplex): void => {
  if (head.path !== "/ws") return void socket.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n");
  const peer = acceptWebSocket(head, socket);
  if (peer === undefined) return;
  const who = world.keys.who(head.query.get("x-api-key") ?? undefined);
  if (who === undefined) return peer.close(1008, "Unauthorized");
  const asked = head.query.get("session") ?? "*";
  const mine = who === "admin" ? asked : asked === "*" ? (who.session ?? "*") : asked;
  if (who !== "admin" && mine !== who.session) return peer.close(1008, "Forbidden");
  const events = head.query.getAll("events").flatMap((names) => names.split(","));
  const listener: SocketListener = { peer, session: mine, events: events.length === 0 ? ["*"] : events };
  world.sockets.add(listener);
  const stopPinging = pinging(world, peer);
  peer.onClose(() => {
    world.sockets.delete(listener);
    stopPinging();
  });
};

/** Not counted as pending: a connection that stays open keeps nobody waiting. At a clock factor of 0 there are no pings: they would never end. */
const pinging = (world: World, peer: WebSocketPeer): (() => void) => {
  const over = new AbortController();
  const beat = async (): Promise<void> => {
    while (await world.timers.wait(PING_MS, over.signal)) {
      if (!peer.answered()) return peer.terminate();
      peer.ping();
    }
  };
  if (world.timers.clockFactor > 0) void beat();
  return () => over.abort();
};

const isKnown = (name: string): name is EventName => EVENT_NAMES.some((known) => known === name);

/** Whether somebody on `/ws` wants to hear of it. */
export const heardBy = (world: World, session: string, event: EventName): readonly SocketListener[] =>
  [...world.sockets].filter((listener) => (listener.session === "*" || listener.session === session) && subscribes(listener.events.filter((name) => name === "*" || isKnown(name)), event));
