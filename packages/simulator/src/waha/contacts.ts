import { digitsOf } from "../json.js";
import type { Reply, SimRequest } from "../server.js";
import { frameworkError, nameRequired } from "./errors.js";
import { withoutNinthDigit } from "./jids.js";
import { WahaSession, type World } from "./state.js";
import { releaseOf } from "./version.js";
import { sessionReady } from "./wait-for-session.js";

/** `GET /api/contacts/check-exists?phone=…&session=…`: the chat id it gives corrects, for example, Brazilian numbers. */
export const checkExists = async (world: World, request: SimRequest): Promise<Reply> => {
  const name = request.query.get("session");
  if (name === null || name === "") return releaseOf(world.switches).scopedKeys ? frameworkError(400, "Session name is required") : nameRequired();
  const session = await sessionReady(world, name, request.closed);
  if (!(session instanceof WahaSession)) return session;
  const phone = digitsOf(request.query.get("phone") ?? "");
  if (phone === "" || session.absent.has(phone)) {
    return { status: 200, json: world.switches.missingNumber === "null" ? { numberExists: false, chatId: null } : { numberExists: false } };
  }
  const chatId = `${phone}@c.us`;
  const registered = withoutNinthDigit(chatId);
  const isKept = world.switches.chatRewrite === "brazil-ninth-digit" || session.twelveDigits.has(registered.replace("@c.us", ""));
  return { status: 200, json: { numberExists: true, chatId: isKept ? registered : chatId } };
};

/** `GET /api/{session}/lids[/count|/{lid}|/pn/{phone}]`: what the engine has met; unknown is a 200 with null. */
export const lidRoutes = async (world: World, request: SimRequest, name: string, first: string | undefined, second: string | undefined): Promise<Reply> => {
  const session = await sessionReady(world, name, request.closed);
  if (!(session instanceof WahaSession)) return session;
  if (first === undefined) {
    const offset = Number(request.query.get("offset") ?? 0);
    const limit = Number(request.query.get("limit") ?? 100);
    return { status: 200, json: [...session.lids].slice(offset, offset + limit).map(([lid, phone]) => ({ lid: `${lid}@lid`, pn: `${phone}@c.us` })) };
  }
  if (first === "count") return { status: 200, json: { count: session.lids.size } };
  if (first === "pn") {
    const phone = digitsOf(second ?? "");
    const lid = [...session.lids].find(([, of]) => of === phone)?.[0];
    return { status: 200, json: { lid: lid === undefined ? null : `${lid}@lid`, pn: `${phone}@c.us` } };
  }
  if (first.includes("@") && !first.endsWith("@lid")) return frameworkError(422, "Invalid LID - it must end with @lid");
  const phone = session.lids.get(digitsOf(first));
  return { status: 200, json: { lid: `${digitsOf(first)}@lid`, pn: phone === undefined ? null : `${phone}@c.us` } };
};
