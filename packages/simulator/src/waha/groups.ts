import type { JsonObject } from "../json.js";
import type { Reply, SimRequest } from "../server.js";
import { exceptionReply, plainError } from "./errors.js";
import type { WahaGroup } from "./group.js";
import { withoutNinthDigit } from "./jids.js";
import { WahaSession, type World } from "./state.js";
import { sessionReady } from "./wait-for-session.js";

/** `GET /api/{session}/groups[/{id}[/settings/security/messages-admin-only | /participants/v2]]`. WAHA OpenAPI 2026.7.1; the first two answers are the engine's own. */
export const groupRoutes = async (world: World, request: SimRequest, name: string, rest: readonly string[]): Promise<Reply> => {
  const session = await sessionReady(world, name, request.closed);
  if (!(session instanceof WahaSession)) return session;
  const [id, ...part] = rest;
  if (id === undefined) {
    const offset = Number(request.query.get("offset") ?? 0);
    const limit = Number(request.query.get("limit") ?? Infinity);
    const all = [...session.groups.values()].slice(offset, offset + limit).map((group) => shown(world, session, group));
    return { status: 200, json: world.switches.engine === "NOWEB" ? Object.fromEntries(all.map((group) => [String(group["id"]), group])) : all };
  }
  const group = session.groups.get(id);
  if (group === undefined) return exceptionReply(plainError("item-not-found"), request, undefined, world.switches, world.timers.now());
  if (part.length === 0) return { status: 200, json: shown(world, session, group) };
  if (part.join("/") === "settings/security/messages-admin-only") return { status: 200, json: { adminsOnly: group.adminsOnly === true } };
  return { status: 200, json: members(session, group) };
};

const role = ({ accountIsAdmin }: WahaGroup): string => (accountIsAdmin === true ? "admin" : "participant");

const members = (session: WahaSession, group: WahaGroup): readonly JsonObject[] => [
  { id: session.me.lid ?? session.me.id, pn: session.me.id, role: role(group) },
  { id: "90000000000001@lid", pn: "351960009999@c.us", role: "superadmin" },
];

/** The Go engine's own words; the others' are reduced to what a reader needs. */
const shown = (world: World, session: WahaSession, group: WahaGroup): JsonObject => {
  if (world.switches.engine === "GOWS") return { JID: group.id, Name: group.name, IsAnnounce: group.adminsOnly === true, Participants: members(session, group).map(({ id, pn }) => ({ JID: id, PhoneNumber: pn })) };
  if (world.switches.engine === "NOWEB") return { id: group.id, subject: group.name, announce: group.adminsOnly === true };
  return { id: { _serialized: group.id }, name: group.name, groupMetadata: { announce: group.adminsOnly === true } };
};

/** Why WhatsApp drops a message that the server took without a word. `undefined`: it arrives. devlikeapro/waha issue 2120. */
export const droppedBecause = (session: WahaSession, chat: string): string | undefined => {
  const group = session.groups.get(chat);
  if (group?.adminsOnly === true && group.accountIsAdmin !== true) return "only admins may write in this group: WhatsApp dropped the message";
  const registered = withoutNinthDigit(chat);
  return registered !== chat && session.twelveDigits.has(registered.replace("@c.us", "")) ? "WhatsApp knows this number without its ninth digit: the message reached nobody" : undefined;
};
