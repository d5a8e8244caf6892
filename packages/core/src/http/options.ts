import type { Dispatcher } from "undici";
import { configInvalid } from "../error/index.js";
import type { Issue } from "../model/json.js";

/** How requests reach the network. */
export interface WireOptions {
  /**
   * An undici 7 `Dispatcher` of yours for what needs one: a proxy (`new ProxyAgent(…)`), client certificates, another
   * resolver. It must neither retry nor redirect: a second request within one exchange is stopped before it is written.
   * `close()` leaves it open, because it is yours. Without it each client has its own pool, and the proxy variables of the
   * environment are not read.
   */
  readonly dispatcher?: object;
  /** Sockets at most per origin; further requests wait, and their deadline runs. Default 64. Not with `dispatcher`. */
  readonly connections?: number;
}

/** Options as checked. */
export interface ReadOptions {
  readonly dispatcher: Dispatcher | undefined;
  readonly connections: number;
}

const CONNECTIONS = 64;

/** Throws `CONFIG_INVALID` with every problem. */
export function readOptions({ dispatcher, connections }: WireOptions): ReadOptions {
  const issues: Issue[] = [];
  if (dispatcher !== undefined && !isDispatcher(dispatcher)) issues.push({ path: "dispatcher", message: "must be an undici 7 Dispatcher" });
  if (connections !== undefined && !(Number.isSafeInteger(connections) && connections > 0)) issues.push({ path: "connections", message: "must be a whole number above 0" });
  if (connections !== undefined && dispatcher !== undefined) issues.push({ path: "connections", message: "is the dispatcher's own matter when there is one" });
  if (issues.length > 0) throw configInvalid("The HTTP client's options are not valid", issues);
  return { dispatcher: dispatcher !== undefined && isDispatcher(dispatcher) ? dispatcher : undefined, connections: connections ?? CONNECTIONS };
}

function isDispatcher(value: object): value is Dispatcher {
  return value !== null && "dispatch" in value && typeof value.dispatch === "function";
}
