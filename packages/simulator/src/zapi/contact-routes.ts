import type { JsonObject } from "../json.js";
import type { Reply } from "../server.js";
import { addressKind, personAt } from "./people.js";
import { replies } from "./replies.js";
import type { Call, Operation } from "./operation.js";
import { lidOf } from "./state.js";
import type { ZapiGroup, ZapiInstance } from "./state.js";

/** Z-API docs: contacts/get-iswhatsapp, contacts/get-iswhatsapp-batch, group/get-groups, group/metadata-group. */
export const contactOperations: readonly Operation[] = [
  { name: "phone-exists/*", method: "GET", answer: phoneExists },
  { name: "phone-exists-batch", method: "POST", answer: phoneExistsBatch },
  { name: "groups", method: "GET", answer: groups },
  { name: "group-metadata/*", method: "GET", answer: (call) => groupMetadata(call, true) },
  { name: "light-group-metadata/*", method: "GET", answer: (call) => groupMetadata(call, false) },
];

const BATCH_LIMIT = 50_000;

/** The number as WhatsApp keeps it (a Brazilian one may lose its ninth digit) and its LID; `lid` is null for a number that does not exist. */
function lookUp(instance: ZapiInstance, phone: string): { readonly exists: boolean; readonly phone: string; readonly lid: string | null } {
  const exists = addressKind(phone) === "person" && !instance.notOnWhatsApp.has(phone);
  const person = personAt(instance, phone);
  return exists ? { exists, phone: person.phone, lid: lidOf(person) } : { exists, phone, lid: null };
}

function phoneExists({ world, instance, parameter }: Call): Reply {
  const found = lookUp(instance, parameter);
  return replies.ok(world.switches.phoneExists === "object" ? found : [{ exists: String(found.exists), phone: found.phone, lid: found.lid }]);
}

function phoneExistsBatch({ instance, body }: Call): Reply {
  const phones = body["phones"];
  if (!Array.isArray(phones) || phones.length > BATCH_LIMIT) return replies.error(400, "phones is required, 50000 at most");
  return replies.ok(
    phones.map((input: unknown) => {
      const { exists, phone, lid } = lookUp(instance, String(input));
      return { exists, inputPhone: String(input), outputPhone: phone, lid };
    }),
  );
}

/** Booleans and counters are strings here. */
function groups({ instance, request }: Call): Reply {
  const page = Math.max(1, Number(request.query.get("page") ?? 1) || 1);
  const pageSize = Math.max(1, Number(request.query.get("pageSize") ?? 20) || 20);
  const all = [...instance.groups.values()].slice((page - 1) * pageSize, page * pageSize);
  return replies.ok(
    all.map((group) => ({ archived: "false", pinned: "false", phone: group.phone, unread: "0", name: group.name, lastMessageTime: String(instance.createdAt), muteEndTime: null, isMuted: "0", isMarkedSpam: "false", isGroup: true, isGroupAnnouncement: false })),
  );
}

/** Participants carry no LID. An unknown group is answered 404; its body is not documented. */
function groupMetadata({ instance, parameter }: Call, withLink: boolean): Reply {
  const group = instance.groups.get(parameter);
  if (group === undefined) return replies.error(404, "Group not found");
  const { phone } = instance.self;
  return replies.ok({
    phone: group.phone,
    description: null,
    owner: phone,
    subject: group.name,
    creation: instance.createdAt,
    ...(withLink ? { invitationLink: "https://chat.whatsapp.com/simulated" } : {}),
    invitationLinkError: null,
    communityId: null,
    adminOnlyMessage: group.adminOnlyMessage === true,
    adminOnlySettings: false,
    requireAdminApproval: false,
    isGroupAnnouncement: false,
    participants: [{ phone, isAdmin: group.accountIsAdmin === true, isSuperAdmin: false }, ...membersOf(group)],
    subjectTime: instance.createdAt,
    subjectOwner: phone,
  });
}

const membersOf = (group: ZapiGroup): readonly JsonObject[] =>
  group.participants.map(({ phone, name, isAdmin }) => ({ phone, isAdmin: isAdmin === true, isSuperAdmin: false, ...(name === undefined ? {} : { short: name, name }) }));
