import {
  fromEpochMs, isCallUrl, isLid, isPhone,
  type ContactFound, type FindSentResult, type Guest, type Instant, type InvitationDetails, type Receipt, type RsvpResponse,
} from "@event-messaging/core/driver";
import { messageIdFromVendor, recipientFromVendor } from "./recipient.js";
import { at, isRecord, list, text, whole } from "./wire.js";

/** An acceptance; `undefined` without a usable message id: then nobody knows what was sent. */
export function decodeReceipt(result: unknown): Receipt | undefined {
  const messageId = messageIdFromVendor(at(result, "stanza"));
  if (messageId === undefined) return undefined;
  const card = whole(at(result, "card"));
  const recipient = recipientFromVendor(text(at(result, "chat")) ?? "");
  return {
    stage: at(result, "parked") === true ? "queued" : "handed-over",
    messageId,
    ...(recipient !== undefined && { recipient }),
    vendorIds: card === undefined ? {} : { card: String(card) },
  };
}

/** A card as canonical details; `undefined` when it is none. */
export function decodeCard(card: unknown): InvitationDetails | undefined {
  const title = text(at(card, "heading"));
  const startsAt = decodeRfc2822(at(card, "begins"));
  if (title === undefined || startsAt === undefined) return undefined;
  const description = text(at(card, "body"));
  const venue = text(at(card, "venue"));
  const lasts = whole(at(card, "lasts"));
  const endsAt = lasts === undefined || lasts <= 0 ? undefined : instantOf(Date.parse(startsAt) + lasts * 1000);
  const dial = text(at(card, "dial"));
  return {
    title,
    ...(description !== undefined && { description }),
    ...(venue !== undefined && { location: { name: venue } }),
    startsAt,
    ...(endsAt !== undefined && { endsAt }),
    ...(dial !== undefined && isCallUrl(dial) && { callLink: dial }),
    ...(at(card, "companions") === 1 && { extraGuestsAllowed: true }),
  };
}

/** A person of a delivery or a look-up, with the ids that are well formed. */
export function decodeGuest(person: unknown): Guest {
  const phone = recipientFromVendor(`tel.${text(at(person, "tel")) ?? ""}`);
  const lid = recipientFromVendor(`anon.${text(at(person, "anon")) ?? ""}`);
  const name = text(at(person, "shows"));
  return {
    ...(phone !== undefined && isPhone(phone) && { phone }),
    ...(lid !== undefined && isLid(lid) && { lid }),
    ...(name !== undefined && { name }),
  };
}

export function decodeContact(result: unknown): ContactFound | undefined {
  const reachable = at(result, "reachable");
  return typeof reachable === "boolean" ? { exists: reachable, guest: decodeGuest(at(result, "person")) } : undefined;
}

/** Acme forgets its ledger after a day, so finding nothing proves nothing. Acme docs: "Ledger". */
export function decodeFound(result: unknown): FindSentResult | undefined {
  const rows = list(at(result, "rows"));
  return rows && {
    matches: rows.flatMap((row) => {
      const receipt = decodeReceipt(row);
      return receipt === undefined ? [] : [{ messageId: receipt.messageId, vendorIds: receipt.vendorIds }];
    }),
    conclusive: false,
  };
}

const RESPONSE_OF: ReadonlyMap<string, RsvpResponse> = new Map([["in", "GOING"], ["out", "NOT_GOING"], ["perhaps", "MAYBE"], ["withdrawn", "CLEARED"]]);

/** What an answer's word means; `undefined` for a word of a later version. */
export function decodeWord(word: string): RsvpResponse | undefined {
  return RESPONSE_OF.get(word);
}

/** Labels of a vote: Acme sends the numbers that were picked, and the choices as they stand on the ballot. */
export function decodePicked(note: unknown): readonly string[] | undefined {
  const choices = list(at(note, "choices"));
  const labels = list(at(note, "picked"))?.map((no) => text(at(choices?.find((choice) => isRecord(choice) && choice.no === no), "label")));
  return labels?.every((label) => label !== undefined) === true ? labels.filter((label) => label !== undefined) : undefined;
}

/** Acme's clock in deliveries: decimal text, seconds since 1970, milliseconds after the point. */
export function decodeWhen(value: unknown): Instant | undefined {
  return typeof value === "string" && /^\d{10}\.\d{3}$/.test(value) ? instantOf(Math.round(Number(value) * 1000)) : undefined;
}

function decodeRfc2822(value: unknown): Instant | undefined {
  return typeof value === "string" && / [+-]\d{4}$/.test(value) ? instantOf(Date.parse(value)) : undefined;
}

function instantOf(ms: number): Instant | undefined {
  try {
    return fromEpochMs(ms);
  } catch {
    return undefined; // no time, or one outside the years that an invitation can mean
  }
}
