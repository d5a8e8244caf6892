import { isGroupId, type Call, type GroupFound, type GroupId, type GroupQuery } from "@event-messaging/core/driver";
import type { Desk } from "./lookup.js";
import { recipientFromVendor, samePhone, toWireChat } from "./recipient.js";
import { errorText, readDevicePhone, readGroup, readGroups } from "./wire.js";

const PAGE_SIZE = 100;
const MOST_PAGES = 50;

/**
 * The account's groups: `GET /groups`, which does not say who may write. One group: `GET /light-group-metadata`, and where
 * only admins may write, the account's number out of `GET /device` to look for among them. Such a message of anybody else is
 * answered 200 with ids, and nothing appears. Z-API docs: group/get-groups, group/light-group-metadata, instance/device.
 */
export async function listGroups(desk: Desk, { only }: GroupQuery, call: Call): Promise<readonly GroupFound[]> {
  return only === undefined ? all(desk, call) : [await one(desk, only, call)];
}

async function all({ exchange, refuse }: Desk, call: Call): Promise<readonly GroupFound[]> {
  const found = new Map<GroupId, GroupFound>();
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const response = await exchange({ method: "GET", path: "groups", query: { page: String(page), pageSize: String(PAGE_SIZE) } }, call);
    const groups = readGroups(response.json);
    if (response.status !== 200 || groups === undefined) throw refuse(response, "groups", true);
    const before = found.size;
    for (const { chat, name } of groups) {
      const id = recipientFromVendor(chat ?? "");
      if (id === undefined || !isGroupId(id)) continue;
      found.set(id, { id, name: (name ?? "").slice(0, 256), mayWrite: "unknown" });
    }
    if (groups.length < PAGE_SIZE || found.size === before) break;
  }
  return [...found.values()];
}

async function one({ exchange, refuse }: Desk, id: GroupId, call: Call): Promise<GroupFound> {
  const path = "light-group-metadata/{groupId}";
  const response = await exchange({ method: "GET", path, params: { groupId: toWireChat(id) } }, call);
  const group = readGroup(response.json);
  if (response.status !== 200 || errorText(response.json) !== undefined || group === undefined) throw refuse(response, path, true);
  const named = { id, name: (group.name ?? "").slice(0, 256) };
  if (group.adminsOnly === undefined) return { ...named, mayWrite: "unknown" };
  if (!group.adminsOnly) return { ...named, mayWrite: true };
  const device = await exchange({ method: "GET", path: "device" }, call);
  const self = device.status === 200 ? readDevicePhone(device.json) : undefined;
  const own = self === undefined ? undefined : group.participants.find(({ phone }) => phone !== undefined && samePhone(phone, self));
  return { ...named, mayWrite: own?.isAdmin ?? "unknown" };
}
