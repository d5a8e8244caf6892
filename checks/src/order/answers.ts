import type { Guest, RsvpResponse } from "@event-messaging/core";
import { CHAT, EVENT, lid, phone, TENANTS, time } from "./names.js";
import type { Random } from "./random.js";
import type { Answer } from "./store.js";

export type Kind = "rsvp" | "rsvp.unreadable" | "rsvp.unrecognized";
export interface Receipt {
  readonly source: string;
  readonly guest: Guest;
  readonly kind: Kind;
  /** Minutes after the start of the case. */
  readonly at: number;
  readonly guestAt?: number;
  readonly response: RsvpResponse;
  readonly extraGuests: number;
  readonly fromSelf: boolean;
}

/** One receipt as the book files it, under a tenant. */
export function toAnswer(receipt: Receipt, tenant: keyof typeof TENANTS = "clinic"): Answer {
  const { source, guest, kind, response, extraGuests, fromSelf } = receipt;
  const head = {
    source, guest, target: EVENT, at: time(receipt.at),
    ...(receipt.guestAt !== undefined && { guestAt: time(receipt.guestAt) }), ...(fromSelf && { fromSelf: true as const }),
  };
  const fact = kind === "rsvp" ? { type: kind, ...head, response, extraGuests } : kind === "rsvp.unreadable" ? { type: kind, ...head } : { type: kind, ...head, raw: "SOMEDAY" };
  return { invitation: { tenant: TENANTS[tenant], key: "apt_1", recipient: CHAT, revision: 1 }, guest, form: "native", fact };
}

/** The ways in which four people show themselves. The first two have a Brazilian number with two spellings. */
const FACES: readonly [readonly Guest[], ...(readonly Guest[])[]] = [
  [{ phone: phone("+5511987650001") }, { phone: phone("+551187650001") }, { lid: lid("7001@lid") }, { phone: phone("+551187650001"), lid: lid("7001@lid") }],
  [{ phone: phone("+5521976540002") }, { phone: phone("+552176540002"), lid: lid("7002@lid") }, { lid: lid("7002@lid"), providerIds: { acme: ["p2"] } }, { providerIds: { acme: ["p2"] } }],
  [{ phone: phone("+351960000003") }, { lid: lid("7003@lid") }, { phone: phone("+351960000003"), lid: lid("7003@lid") }],
  [{ phone: phone("+4915112345678") }, { phone: phone("+4915112345678"), providerIds: { acme: ["p4"] } }],
];

const RESPONSES = ["GOING", "NOT_GOING", "MAYBE", "CLEARED"] as const;

/** `count` different receipts, few people, close times: ties, second receipts of one message and own answers are common. */
export function randomReceipts(random: Random, count: number): readonly Receipt[] {
  const receipts: Receipt[] = [];
  while (receipts.length < count) {
    const faces = random.pick(FACES);
    const fact: Receipt = {
      source: `R${random.next(900) + 100}-${receipts.length}`, guest: faces[random.next(faces.length)] ?? {}, kind: random.chance(75) ? "rsvp" : random.pick(["rsvp.unreadable", "rsvp.unrecognized"]),
      at: random.next(4), ...(random.chance(50) && { guestAt: random.next(4) }), response: random.pick(RESPONSES), extraGuests: random.next(3), fromSelf: random.chance(10),
    };
    receipts.push(fact);
    // The vendor could not read it at first: the readable receipt may look older.
    if (fact.kind === "rsvp" && receipts.length < count && random.chance(20)) receipts.push({ ...fact, kind: "rsvp.unreadable", at: fact.at + random.next(3) });
  }
  return receipts;
}

/** Six answers that have caught folds before: a tie, a late old one, a cleared one, an unreadable twin, an own one, a newer unreadable one. */
export const HARD_SIX: readonly Receipt[] = [
  { source: "R1", guest: { phone: phone("+5511987650001") }, kind: "rsvp", at: 3, response: "NOT_GOING", extraGuests: 0, fromSelf: false },
  { source: "R2", guest: { phone: phone("+551187650001"), lid: lid("7001@lid") }, kind: "rsvp", at: 3, response: "GOING", extraGuests: 2, fromSelf: false },
  { source: "R2", guest: { phone: phone("+551187650001"), lid: lid("7001@lid") }, kind: "rsvp.unreadable", at: 4, response: "GOING", extraGuests: 0, fromSelf: false },
  { source: "R3", guest: { lid: lid("7003@lid") }, kind: "rsvp", at: 1, response: "CLEARED", extraGuests: 0, fromSelf: false },
  { source: "R4", guest: { lid: lid("7003@lid") }, kind: "rsvp.unreadable", at: 2, response: "MAYBE", extraGuests: 0, fromSelf: false },
  { source: "R5", guest: { phone: phone("+351960000003"), lid: lid("7003@lid") }, kind: "rsvp", at: 9, response: "GOING", extraGuests: 1, fromSelf: true },
];
