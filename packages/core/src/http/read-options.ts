import type { Dispatcher } from "undici";
import { configInvalid } from "../error/index.js";
import type { Issue } from "../model/json.js";
import type { WireOptions } from "./options.js";
import type { Lookup } from "./public-address.js";

/** Options as checked. */
export interface ReadOptions {
  readonly dispatcher: Dispatcher | undefined;
  readonly connections: number;
  readonly lookup: Lookup | undefined;
}

const CONNECTIONS = 64;

/** Throws `CONFIG_INVALID` with every problem. */
export function readOptions({ dispatcher, connections, lookup }: WireOptions): ReadOptions {
  const issues: Issue[] = [];
  if (dispatcher !== undefined && !isDispatcher(dispatcher)) issues.push({ path: "dispatcher", message: "must be an undici 7 Dispatcher" });
  if (connections !== undefined && !(Number.isSafeInteger(connections) && connections > 0)) issues.push({ path: "connections", message: "must be a whole number above 0" });
  if (connections !== undefined && dispatcher !== undefined) issues.push({ path: "connections", message: "is the dispatcher's own matter when there is one" });
  if (lookup !== undefined && typeof lookup !== "function") issues.push({ path: "lookup", message: "must be a function like dns.lookup" });
  if (lookup !== undefined && dispatcher !== undefined) issues.push({ path: "lookup", message: "is the dispatcher's own matter when there is one" });
  if (issues.length > 0) throw configInvalid("The HTTP client's options are not valid", issues);
  return { dispatcher: dispatcher !== undefined && isDispatcher(dispatcher) ? dispatcher : undefined, connections: connections ?? CONNECTIONS, lookup };
}

function isDispatcher(value: object): value is Dispatcher {
  return value !== null && "dispatch" in value && typeof value.dispatch === "function";
}
