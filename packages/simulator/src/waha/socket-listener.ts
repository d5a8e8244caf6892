import type { WebSocketPeer } from "../websocket.js";

/** One listener of `/ws`: what it asked for. */
export interface SocketListener {
  readonly peer: WebSocketPeer;
  readonly session: string;
  readonly events: readonly string[];
}
