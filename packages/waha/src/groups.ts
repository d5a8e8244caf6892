import { isGroupId, type Call, type GroupFound, type GroupId, type Guest, type HttpResponse, type Method } from "@event-messaging/core/driver";
import type { OpenConfig } from "./config.js";
import { guestOf, isSame, selfOf } from "./decode.js";
import { settled, type Ask, type SessionRuntime } from "./exchange.js";
import { SESSION } from "./probe.js";
import { fromChatId } from "./recipient.js";
import { at, flag, readMe, record, text } from "./wire.js";

const GROUPS = "/api/{session}/groups";
const GROUP = "/api/{session}/groups/{id}";
const ADMINS_ONLY = "/api/{session}/groups/{id}/settings/security/messages-admin-only";
const MEMBERS = "/api/{session}/groups/{id}/participants/v2";
/** A group can have a thousand members, and servers before `exclude` send them all. */
const PAGE = 50;
const PAGES = 40;

/**
 * The session's groups. The list's shape is the engine's own and undocumented, so it is read loosely and says nothing sure of
 * who may write; for one group the documented settings and members are asked. Reads only. Source: WAHA OpenAPI 2026.7.1, Groups.
 */
export function groupOperations(ask: Ask, { session }: OpenConfig, runtime: SessionRuntime): { readonly listGroups: Method<"listGroups"> } {
  const get = (template: string, call: Call, id?: GroupId) => ask(call, { method: "GET", template, params: { session, ...(id !== undefined && { id }) } });

  const one = async (id: GroupId, call: Call): Promise<GroupFound> => {
    const [about, setting] = await Promise.all([get(GROUP, call, id), get(ADMINS_ONLY, call, id)]);
    const name = settled(about, "listGroups", GROUP, runtime, (json) => (record(json) === undefined ? undefined : nameOf(json)), true);
    const adminsOnly = accepted(setting, (json) => flag(at(json, "adminsOnly"))) ?? isAnnouncing(about.json);
    if (adminsOnly !== true) return { id, name, mayWrite: adminsOnly === false ? true : "unknown" };
    const [members, state] = await Promise.all([get(MEMBERS, call, id), ask(call, { method: "GET", template: SESSION, params: { session } })]);
    return { id, name, mayWrite: accepted(members, (json) => isAdmin(json, selfOf(readMe(at(state.json, "me"))))) ?? "unknown" };
  };

  const all = async (call: Call): Promise<readonly GroupFound[]> => {
    const found = new Map<GroupId, GroupFound>();
    for (let page = 0; page < PAGES; page += 1) {
      const response = await ask(call, { method: "GET", template: GROUPS, params: { session }, query: { limit: String(PAGE), offset: String(page * PAGE), exclude: "participants" } });
      const groups = settled(response, "listGroups", GROUPS, runtime, groupsIn, true);
      const before = found.size;
      for (const group of groups) found.set(group.id, group);
      // An engine that knows no pages sends everything each time.
      if (groups.length !== PAGE || found.size === before) break;
    }
    return [...found.values()];
  };
  return { listGroups: async ({ only }, call) => (only === undefined ? all(call) : [await one(only, call)]) };
}

function accepted<T>({ status, json }: HttpResponse, read: (json: unknown) => T | undefined): T | undefined {
  return status >= 200 && status < 300 ? read(json) : undefined;
}

/** A list, or (on NOWEB) an object by id. */
function groupsIn(json: unknown): readonly GroupFound[] | undefined {
  const groups = Array.isArray(json) ? json : record(json) && Object.values(record(json) ?? {});
  return groups?.flatMap((each) => {
    const id = fromChatId(text(at(each, "id")) ?? text(at(each, "id", "_serialized")) ?? text(at(each, "JID")));
    if (id === undefined || !isGroupId(id)) return [];
    return [{ id, name: nameOf(each), mayWrite: isAnnouncing(each) === false ? true : "unknown" as const }];
  });
}

function nameOf(group: unknown): string {
  return (text(at(group, "subject")) ?? text(at(group, "Name")) ?? text(at(group, "name")) ?? "").slice(0, 256);
}

/** May only admins write? `membersCanSendMessages` is documented for group webhooks; the others are engines' own words. */
function isAnnouncing(group: unknown): boolean | undefined {
  const open = flag(at(group, "membersCanSendMessages"));
  return open === undefined ? flag(at(group, "IsAnnounce")) ?? flag(at(group, "announce")) ?? flag(at(group, "groupMetadata", "announce")) : !open;
}

/** The account's own role; `undefined` when it is not among those shown, perhaps under an id that the server does not know. */
function isAdmin(members: unknown, self: Guest): boolean | undefined {
  const own = Array.isArray(members) ? members.find((each) => isSame(guestOf([text(at(each, "id")), text(at(each, "pn"))]), self)) : undefined;
  const role = text(at(own, "role"));
  return role === undefined ? undefined : role === "admin" || role === "superadmin";
}
