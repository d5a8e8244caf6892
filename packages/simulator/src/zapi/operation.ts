import type { JsonObject } from "../json.js";
import type { Reply, SimRequest } from "../server.js";
import type { ZapiInstance } from "./state.js";
import type { ZapiWorld } from "./world.js";

/** A request that found its instance and operation. */
export interface Call {
  readonly world: ZapiWorld;
  readonly instance: ZapiInstance;
  readonly request: SimRequest;
  /** The JSON body; empty when there was none. */
  readonly body: JsonObject;
  /** The path segment after the operation's name. */
  readonly parameter: string;
}

/** One operation under `/instances/{id}/token/{token}/`. A name ending in `/*` takes one more path segment. */
export interface Operation {
  readonly name: string;
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly answer: (call: Call) => Reply | Promise<Reply>;
}
