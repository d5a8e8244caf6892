import type { Reply } from "../server.js";
import { replies } from "./replies.js";
import type { ZapiInstance } from "./state.js";
import type { ZapiWorld } from "./world.js";

/** The instance behind the two secrets of the URL, or the refusal. Z-API docs: quickstart/authentication; what a wrong one gets is not documented (switch `wrongInstance`). */
export function findInstance(world: ZapiWorld, id: string, token: string): ZapiInstance | Reply {
  const instance = world.instances.get(id);
  if (instance !== undefined && instance.token === token) return instance;
  const status = Number(world.switches.wrongInstance);
  return replies.error(status, status === 404 ? "Instance not found" : "Instance token not allowed");
}

/** The refusal of a caller by address or account token, or `undefined`. Z-API docs: security/ip-block, security/client-token. */
export function refusedCaller(world: ZapiWorld, clientToken: string | undefined): Reply | undefined {
  if (world.switches.callerAddress === "refused") return replies.error(403, "127.0.0.1 not allowed");
  if (world.switches.clientTokenCheck === "inactive" || clientToken === world.clientToken) return undefined;
  if (clientToken !== undefined && clientToken !== "") return wrongClientToken(clientToken);
  switch (world.switches.missingClientToken) {
    case "400-not-configured":
      return replies.error(400, "your client-token is not configured");
    case "403-null":
      return replies.error(403, "Client-Token null not allowed");
    case "403-bare-null":
      return replies.error(403, "null not allowed");
  }
}

/** The vendor repeats the value it was sent, secret or not. */
export const wrongClientToken = (clientToken: string): Reply => replies.error(403, `Client-Token ${clientToken} not allowed`);
