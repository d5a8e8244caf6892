import type { InboundType, Json } from "../driver/index.js";

/** What the vendor in memory can be asked: the paths of its protocol. */
export type MemoryPath =
  | "line.status" | "cards.send" | "cards.edit" | "cards.cancel" | "cards.answer" | "polls.send" | "texts.send"
  | "messages.withdraw" | "messages.search" | "people.find" | "groups.list" | "webhooks.read" | "webhooks.write";

/** An invitation as this vendor spells it. Times are whole seconds since 1970. */
export interface WireCard {
  readonly title: string;
  readonly notes?: string;
  readonly place?: string;
  readonly begins_at: number;
  readonly ends_at?: number;
  readonly zone?: string;
  readonly call?: { readonly make: "voice" | "video" } | { readonly join: string };
  readonly plus_ones?: boolean;
  readonly extras?: Readonly<Record<string, Json>>;
}

/** Somebody in a delivery. */
export interface WirePerson {
  readonly phone?: string;
  readonly lid?: string;
  readonly name?: string;
}

/** Where a line's deliveries go, and which. */
export interface WireWebhooks {
  readonly url: string;
  readonly types: readonly WireEventType[];
}

/** The kinds of delivery that a line can subscribe to. Ordinary chat (`picture`) comes with `text`. */
export const WIRE_EVENTS = ["answer", "answer_unreadable", "card_seen", "card_failed", "card_arrived", "card_read", "card_revoked", "vote", "text", "line_status"] as const;
export type WireEventType = (typeof WIRE_EVENTS)[number];

/** Which kind of delivery reports which fact. */
export const EVENT_OF: Readonly<Record<InboundType, WireEventType>> = {
  "rsvp": "answer", "rsvp.unrecognized": "answer", "rsvp.unreadable": "answer_unreadable",
  "invitation.observed": "card_seen", "invitation.failed": "card_failed", "invitation.delivered": "card_arrived",
  "invitation.read": "card_read", "invitation.revoked": "card_revoked",
  "poll.voted": "vote", "message.replied": "text", "account.status": "line_status",
};

/** The header of a delivery's signature: lower-case hex HMAC-SHA256 over the bytes of the body. */
export const SIGNATURE_HEADER = "x-memory-signature";

export type WireObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is WireObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object at `name`; an empty one when there is none. */
export function objectAt(from: unknown, name: string): WireObject {
  const value = isObject(from) ? from[name] : undefined;
  return isObject(value) ? value : {};
}

/** The non-empty text at `name`. */
export function textAt(from: unknown, name: string): string | undefined {
  const value = isObject(from) ? from[name] : undefined;
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The finite number at `name`. */
export function numberAt(from: unknown, name: string): number | undefined {
  const value = isObject(from) ? from[name] : undefined;
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** The texts of the array at `name`; `undefined` when it is no array of texts. */
export function textsAt(from: unknown, name: string): readonly string[] | undefined {
  const value = isObject(from) ? from[name] : undefined;
  return Array.isArray(value) && value.every((item) => typeof item === "string") ? value : undefined;
}

/** The array at `name`; empty when there is none. */
export function listAt(from: unknown, name: string): readonly unknown[] {
  const value = isObject(from) ? from[name] : undefined;
  return Array.isArray(value) ? value : [];
}

/** Text as JSON; `undefined` when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
