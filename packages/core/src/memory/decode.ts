import {
  fromEpochMs, fromEpochSeconds, isCallUrl, isCapabilityCode, isGroupId, isLid, isPhone, isTimeZone,
  type CallLink, type CapabilityEntry, type CapabilityTable, type Extensions, type FindSentResult, type GroupFound, type Guest, type Instant, type InvitationDetails, type Json,
  type Receipt, type RsvpResponse,
} from "../driver/index.js";
import { WORD_OF } from "./encode.js";
import { messageIdFromVendor, recipientFromVendor } from "./recipient.js";
import { isObject, listAt, numberAt, objectAt, textAt, type WireObject } from "./wire.js";

/** A card as canonical details; `undefined` when it is none. Pure; the inverse of `encodeCard`. */
export function decodeCard(card: unknown): InvitationDetails | undefined {
  const title = textAt(card, "title");
  const startsAt = seconds(card, "begins_at");
  if (!isObject(card) || title === undefined || startsAt === undefined) return undefined;
  const description = textAt(card, "notes");
  const place = textAt(card, "place");
  const endsAt = seconds(card, "ends_at");
  const zone = textAt(card, "zone");
  const callLink = decodeCall(objectAt(card, "call"));
  return {
    title,
    ...(description !== undefined && { description }),
    ...(place !== undefined && { location: { name: place } }),
    startsAt,
    ...(endsAt !== undefined && { endsAt }),
    ...(zone !== undefined && isTimeZone(zone) && { timeZone: zone }),
    ...(callLink !== undefined && { callLink }),
    ...(typeof card.plus_ones === "boolean" && { extraGuestsAllowed: card.plus_ones }),
    ...(isExtensions(card.extras) && { extensions: card.extras }),
  };
}

function decodeCall(call: WireObject): CallLink | undefined {
  const join = textAt(call, "join");
  if (join !== undefined) return isCallUrl(join) ? join : undefined;
  return call.make === "voice" || call.make === "video" ? call.make : undefined;
}

function isExtensions(value: unknown): value is Extensions {
  return isObject(value) && Object.entries(value).every(([name, item]) => /^x-[^.]+\../.test(name) && isJson(item));
}

function isJson(value: unknown): value is Json {
  if (value === null || typeof value === "string" || typeof value === "boolean") return true;
  if (typeof value === "number") return Number.isFinite(value);
  return Array.isArray(value) ? value.every(isJson) : isObject(value) && Object.values(value).every(isJson);
}

function seconds(from: unknown, name: string): Instant | undefined {
  const value = numberAt(from, name);
  return value === undefined ? undefined : instantOr(() => fromEpochSeconds(value));
}

/** The instant at `name`, in milliseconds since 1970. */
export function decodeMs(from: unknown, name: string): Instant | undefined {
  const value = numberAt(from, name);
  return value === undefined ? undefined : instantOr(() => fromEpochMs(value));
}

function instantOr(read: () => Instant): Instant | undefined {
  try {
    return read();
  } catch {
    return undefined; // a time outside the years that an invitation can mean
  }
}

/** A person of an answer or a delivery, with the ids that are well formed. */
export function decodeGuest(person: unknown): Guest {
  const phone = textAt(person, "phone");
  const lid = textAt(person, "lid");
  const name = textAt(person, "name");
  const asPhone = phone === undefined ? undefined : recipientFromVendor(`person:${phone}`);
  const asLid = lid === undefined ? undefined : recipientFromVendor(`hidden:${lid}`);
  return {
    ...(asPhone !== undefined && isPhone(asPhone) && { phone: asPhone }),
    ...(asLid !== undefined && isLid(asLid) && { lid: asLid }),
    ...(name !== undefined && { name }),
  };
}

/** What an answer's word means; `undefined` for a word of a later version. */
export function decodeResponse(word: string): RsvpResponse | undefined {
  return RESPONSE_OF.get(word);
}

const RESPONSE_OF: ReadonlyMap<string, RsvpResponse> = new Map([[WORD_OF.GOING, "GOING"], [WORD_OF.NOT_GOING, "NOT_GOING"], [WORD_OF.MAYBE, "MAYBE"], [WORD_OF.CLEARED, "CLEARED"]]);

/** An acceptance; `undefined` without a usable message id: then nobody knows what was sent. */
export function decodeReceipt(json: unknown): Receipt | undefined {
  const id = messageIdFromVendor(objectAt(json, "message").id);
  if (id === undefined) return undefined;
  const chat = textAt(json, "chat");
  const recipient = chat === undefined ? undefined : recipientFromVendor(chat);
  const card = textAt(json, "card_id");
  return {
    stage: objectAt(json, "message").queued === true ? "queued" : "handed-over",
    messageId: id,
    ...(recipient !== undefined && { recipient }),
    vendorIds: { ...(card !== undefined && { cardId: card }) },
  };
}

/** What a search found. This vendor forgets nothing, so finding nothing is proof. */
export function decodeFound(json: unknown): FindSentResult {
  const matches = listAt(json, "messages").flatMap((message) => {
    const id = messageIdFromVendor(isObject(message) ? message.id : undefined);
    const card = textAt(message, "card_id");
    return id === undefined ? [] : [{ messageId: id, vendorIds: { ...(card !== undefined && { cardId: card }) } }];
  });
  return { matches, conclusive: isObject(json) && Array.isArray(json.messages) };
}

/** Groups; this vendor always says whether only admins may write, and a line is never one. */
export function decodeGroups(json: unknown): readonly GroupFound[] | undefined {
  if (!isObject(json) || !Array.isArray(json.groups)) return undefined;
  return listAt(json, "groups").flatMap((group) => {
    const id = recipientFromVendor(textAt(group, "group") ?? "");
    if (id === undefined || !isGroupId(id) || !isObject(group)) return [];
    return [{ id, name: textAt(group, "name") ?? "", mayWrite: group.admins_only !== true }];
  });
}

/** What the line says it can do: entries that are whole, under codes that are well formed. */
export function decodeCapabilities(json: unknown): CapabilityTable {
  const table: { -readonly [C in keyof CapabilityTable]: CapabilityTable[C] } = {};
  for (const [code, entry] of Object.entries(isObject(json) ? json : {})) {
    if (!isCapabilityCode(code) || !isObject(entry)) continue;
    const { direct, group } = entry;
    if (isEntry(entry)) table[code] = entry;
    else if (isEntry(direct) && isEntry(group)) table[code] = { direct, group };
  }
  return table;
}

function isEntry(value: unknown): value is CapabilityEntry & WireObject {
  return isObject(value) && ["native", "emulated", "absent", "unknown"].some((support) => support === value.support)
    && typeof value.why === "string" && typeof value.source === "string";
}
