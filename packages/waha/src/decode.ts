import {
  floorToSeconds, fromEpochMs, isCallUrl, isGroupId, readInstant,
  type Guest, type Instant, type InvitationDetails, type Lid, type Phone, type Receipt, type Recipient,
} from "@event-messaging/core/driver";
import { fromChatId, readMessageId } from "./recipient.js";
import { at, eventIn, messageIdOf, numeric, text, type Envelope, type WireMessage } from "./wire.js";

/** Below it a number is seconds, above it milliseconds: seconds until the year 5138, milliseconds since 1973. */
const SECONDS_BELOW = 1e11;

/**
 * The one reading of a WAHA time. The fields differ (`timestamp` of a message in seconds, `timestampMs` and the envelope's
 * `timestamp` in milliseconds, a vote's in either, `_data.Info.Timestamp` RFC 3339), so the size decides.
 */
export function instantOf(value: unknown): Instant | undefined {
  const number = numeric(value);
  if (number !== undefined) {
    try {
      return fromEpochMs(number < SECONDS_BELOW ? number * 1000 : number);
    } catch {
      return undefined;
    }
  }
  const read = typeof value === "string" ? readInstant(value) : undefined;
  return read?.ok ? read.instant : undefined;
}

/** What a send's answer proves, `undefined` when it names no message. GOWS answers `{id, _data}` and nothing else. */
export function receiptOf(json: unknown, to: Recipient): Receipt | undefined {
  const id = messageIdOf(json);
  const parts = readMessageId(id);
  if (parts === undefined || typeof id !== "string") return undefined;
  const recipient = fromChatId(parts.chat);
  return {
    stage: "handed-over",
    messageId: parts.bare,
    ...(recipient !== undefined && recipient !== to && { recipient }),
    vendorIds: { id },
  };
}

/** The account itself, from `me` of an envelope or a session. */
export function selfOf({ id, lid }: Envelope["me"]): Guest {
  if (id !== lastSelf.id || lid !== lastSelf.lid) lastSelf = { id, lid, guest: Object.freeze(guestOf([id, lid])) };
  return lastSelf.guest;
}

/** What was read last: every delivery of an account names the same ids, and reading them is a quarter of reading a delivery. */
let lastSelf: Envelope["me"] & { readonly guest: Guest } = { id: undefined, lid: undefined, guest: {} };

/** A person out of several spellings; the first of each kind counts. Groups and unknown spellings are passed over. */
export function guestOf(ids: readonly (string | undefined)[], name?: string): Guest {
  let phone: Phone | undefined;
  let lid: Lid | undefined;
  for (const spelling of ids) {
    const id = fromChatId(spelling);
    if (id === undefined) continue;
    if (isPhoneForm(id)) phone ??= id;
    else if (isLidForm(id)) lid ??= id;
  }
  return {
    ...(phone !== undefined && { phone }),
    ...(lid !== undefined && { lid }),
    ...(name !== undefined && { name: name.slice(0, 256) }),
  };
}

/** Of a recipient, which has been checked already, the first or last letters tell the kind. */
const isPhoneForm = (id: Recipient): id is Phone => id.startsWith("+");
const isLidForm = (id: Recipient): id is Lid => id.endsWith("@lid");

/**
 * Who wrote a message. In a group `from` is the group and `participant` the person; `to` is never anybody. `SenderAlt` adds
 * the person's other id where the engine knows it.
 */
export function authorOf(message: WireMessage, me: Envelope["me"]): { readonly guest: Guest; readonly self: boolean } {
  const own = selfOf(me);
  const mine = message.fromMe ?? readMessageId(message.id)?.fromMe ?? false;
  if (mine) return { guest: own, self: true };
  const { sender, senderAlt, pushName } = message.info;
  const chat = fromChatId(message.from);
  const guest = guestOf([message.participant ?? (chat !== undefined && isGroupId(chat) ? sender : message.from), senderAlt], pushName);
  return { guest, self: isSame(guest, own) };
}

/** Do two sightings of people share an id? */
export function isSame(a: Guest, b: Guest): boolean {
  return (a.phone !== undefined && a.phone === b.phone) || (a.lid !== undefined && a.lid === b.lid);
}

/** The chat of a message: the second part of its id, which names it whoever wrote the message. */
export function chatOf(message: WireMessage): Recipient | undefined {
  return fromChatId(readMessageId(message.id)?.chat) ?? fromChatId(message.from);
}

/** An event as the protocol message shows it. `undefined` when it lacks a title or a start that a calendar could mean. */
export function detailsOf(message: WireMessage): { readonly details: InvitationDetails; readonly canceled: boolean } | undefined {
  const event = eventIn(message);
  const title = text(at(event, "name"));
  const startsAt = wholeSeconds(at(event, "startTime"));
  if (title === undefined || startsAt === undefined) return undefined;
  const description = text(at(event, "description"));
  // Coordinates 0/0 mean "name only"; the model has no coordinates, so others are passed over too.
  const place = text(at(event, "location", "name")) ?? text(at(event, "location", "address"));
  const endsAt = wholeSeconds(at(event, "endTime"));
  const link = text(at(event, "joinLink"));
  const extra = at(event, "extraGuestsAllowed");
  return {
    canceled: at(event, "isCanceled") === true || at(event, "isCancelled") === true,
    details: {
      title,
      ...(description !== undefined && { description }),
      ...(place !== undefined && { location: { name: place } }),
      startsAt,
      ...(endsAt !== undefined && { endsAt }),
      ...(link !== undefined && isCallUrl(link) && { callLink: link }),
      ...(typeof extra === "boolean" && { extraGuestsAllowed: extra }),
    },
  };
}

function wholeSeconds(value: unknown): Instant | undefined {
  const moment = instantOf(value);
  return moment && floorToSeconds(moment);
}
