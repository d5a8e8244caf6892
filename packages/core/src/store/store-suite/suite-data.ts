import type { Guest, RsvpResponse } from "../../model/guest.js";
import { accountId, messageId, tenantId, type MessageId } from "../../model/ids.js";
import type { Fact } from "../../model/inbound.js";
import { isPhone, isRecipient, type Phone, type Recipient } from "../../model/recipient.js";
import { fromEpochMs, instant, toEpochMs, type Instant } from "../../model/time.js";
import type { Answer, BookKey, BookRecord } from "../book.js";
import type { InboxEntry } from "../inbox.js";

/** A clock that a case moves by hand. */
export interface SuiteClock {
  now(): Date;
  at(minutes: number): Instant;
  advance(minutes: number): void;
}

const START = Date.UTC(2026, 10, 1, 12);

export function suiteClock(): SuiteClock {
  let minute = 0;
  return {
    now: () => new Date(START + minute * 60_000),
    at: (minutes) => instant(new Date(START + minutes * 60_000)),
    advance: (minutes) => { minute += minutes; },
  };
}

/** Minute `minutes` of every case's clock. */
export const at = (minutes: number): Instant => suiteClock().at(minutes);

export const aMillisecondAfter = (time: Instant): Instant => fromEpochMs(toEpochMs(time) + 1);

export const TENANT = tenantId("clinic");
export const ACCOUNT = accountId("clinic-main");
export const OTHER_ACCOUNT = accountId("clinic-spare");
export const TO = recipient("+351960000123");
export const GROUP = recipient("120363000000000001@g.us");

export function recipient(text: string): Recipient {
  if (isRecipient(text)) return text;
  throw new TypeError(`"${text}" is no recipient`);
}

export function message(text: string): MessageId {
  const id = messageId(text);
  if (id === undefined) throw new TypeError(`"${text}" is no message id`);
  return id;
}

/** A sent message with one id of the vendor's. */
export function sent(id: string, vendorId: string): BookRecord["handle"]["messages"][number] {
  return { id: message(id), form: "native", role: "invitation", vendorIds: { queueId: vendorId } };
}

type RecordOptions = Partial<Omit<BookRecord, "version" | "handle">> & { readonly account?: BookRecord["handle"]["account"]; readonly messages?: BookRecord["handle"]["messages"] };

/** A call that is about to be made, unless told otherwise. */
export function record({ account = ACCOUNT, messages = [], ...given }: RecordOptions = {}): Omit<BookRecord, "version"> {
  const { tenant = TENANT, key = "apt_1", recipient: to = TO, revision = 1 } = given;
  return {
    tenant, key, recipient: to, revision, state: "attempting", operation: "send", fingerprint: "text-1", begunAt: at(0), ...given,
    handle: {
      v: 1, tenant, key, recipient: to, revision, provider: "memory", account, form: "native", createdBy: "self", messages,
      details: { title: "Check-up", startsAt: instant("2026-12-01T15:00:00Z") },
    },
  };
}

export function keyOf({ tenant, key, recipient: to, revision }: BookKey): BookKey {
  return { tenant, key, recipient: to, revision };
}

/** An answer of a member of the group. */
export function answer(source: string, given: { readonly response?: RsvpResponse; readonly guest?: Guest; readonly at?: number; readonly invitation?: Partial<BookKey>; readonly edition?: string; readonly fromSelf?: true } = {}): Answer {
  const { response = "GOING", guest = {}, at: minute = 1, invitation, edition, fromSelf } = given;
  return {
    invitation: { tenant: TENANT, key: "apt_1", recipient: GROUP, revision: 1, ...invitation }, guest, form: "native",
    fact: { type: "rsvp", target: message("EVENT1"), guest, response, source, at: at(minute), ...(edition !== undefined && { edition }), ...(fromSelf && { fromSelf }) },
  };
}

/** A fact that waits for its handlers. */
export function entry(id: string, given: { readonly claim?: string; readonly account?: InboxEntry["account"]; readonly receivedAt?: number } = {}): Omit<InboxEntry, "attempts"> {
  const fact: Fact<"rsvp"> = { type: "rsvp", target: message("EVENT1"), guest: {}, response: "GOING", source: id, at: at(0) };
  return {
    id, provider: "memory", account: given.account ?? ACCOUNT, ...(given.claim !== undefined && { claim: given.claim }), fact,
    authenticity: "signature", flags: [], receivedAt: at(given.receivedAt ?? 0),
  };
}

export function phone(text: string): Phone {
  if (isPhone(text)) return text;
  throw new TypeError(`"${text}" is no phone number`);
}
