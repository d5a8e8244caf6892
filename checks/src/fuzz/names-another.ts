import type { Line } from "../inbound/lines.js";
import { own } from "../inbound/own.js";

/**
 * Does a body name another account of the vendor than the one to whose URL it was posted? Only Z-API's are refused for it: what
 * vouches for them is the URL alone. A name that is blank names nobody.
 */
export function namesAnother({ vendor, id }: Line, body: Uint8Array): boolean {
  if (vendor !== "zapi") return false;
  try {
    const named = own(JSON.parse(new TextDecoder().decode(body)), "instanceId");
    return typeof named === "string" && named.trim() !== "" && named !== id;
  } catch {
    return false;
  }
}
