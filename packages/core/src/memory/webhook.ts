import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import {
  reveal, toEpochMs,
  type AccountId, type Authenticated, type Fact, type FactHead, type MessageId, type Parsed, type Secret, type WebhookCodec, type WebhookRequest,
} from "../driver/index.js";
import type { MemoryConfig } from "./config.js";
import { decodeCard, decodeGuest, decodeMs, decodeResponse } from "./decode.js";
import { messageIdFromVendor, recipientFromVendor } from "./recipient.js";
import { isObject, numberAt, SIGNATURE_HEADER, textAt, textsAt, type WireObject } from "./wire.js";

/** The receiving half for one account. Pure. */
export function webhookCodec(config: MemoryConfig, account: AccountId): WebhookCodec {
  return {
    authenticate: (request) => authenticate(config, request),
    parse: (json) => parse(config.line, account, json),
  };
}

function authenticate({ signingKeys, webhookSecrets }: MemoryConfig, { headers, tail, body }: WebhookRequest): Authenticated {
  if (webhookSecrets !== undefined && !webhookSecrets.some((known) => sameText(tail[0] ?? "", reveal(known)))) return { ok: false, reason: "wrong-url-secret" };
  if (signingKeys !== undefined) {
    const given = headers.get(SIGNATURE_HEADER) ?? "";
    return signingKeys.some((key) => sameText(given, sign(body, key))) ? { ok: true, by: "signature" } : { ok: false, reason: "wrong-signature" };
  }
  return { ok: true, by: webhookSecrets === undefined ? "none" : "url-secret" };
}

/** The signature over a delivery's bytes. */
export function sign(body: Uint8Array, key: string | Secret): string {
  return createHmac("sha256", reveal(key)).update(body).digest("hex");
}

/** In constant time, whatever the lengths. */
function sameText(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

function parse(line: string, account: AccountId, json: unknown): Parsed {
  if (!isObject(json) || typeof json.type !== "string") return { kind: "malformed", reason: "no-type" };
  if (json.line !== line) return { kind: "foreign", reason: "another-line" };
  if (json.type === "picture") return { kind: "foreign", reason: "ordinary-chat" };
  const read = READERS.get(json.type);
  if (read === undefined) return { kind: "foreign", reason: "unknown-type" };
  const at = decodeMs(json, "at_ms");
  const source = textAt(json, "message") ?? textAt(json, "id");
  if (at === undefined || source === undefined) return { kind: "malformed", reason: "no-time-or-id" };
  const guestAt = decodeMs(json, "guest_at_ms");
  const head: FactHead = { source, at, ...(guestAt !== undefined && { guestAt }), ...(json.from_self === true && { fromSelf: true as const }) };
  const fact = read(json, head, account);
  return fact === undefined ? { kind: "malformed", reason: `unreadable-${json.type}` } : { kind: "facts", facts: [fact] };
}

type Reader = (json: WireObject, head: FactHead, account: AccountId) => Fact | undefined;

/** A reader for deliveries about one message of ours. */
const about = (read: (target: MessageId, json: WireObject, head: FactHead) => Fact | undefined): Reader => (json, head) => {
  const target = messageIdFromVendor(json.about);
  return target === undefined ? undefined : read(target, json, head);
};

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ["answer", about((target, json, head) => {
    const word = textAt(json, "answer") ?? "";
    const guest = decodeGuest(json.person);
    const response = decodeResponse(word);
    if (response === undefined) return { ...head, type: "rsvp.unrecognized", target, guest, raw: [...word].slice(0, 64).join("") };
    const extraGuests = numberAt(json, "plus");
    const counts = extraGuests !== undefined && Number.isSafeInteger(extraGuests) && extraGuests >= 0;
    return { ...head, type: "rsvp", target, guest, response, ...(counts && { extraGuests }) };
  })],
  ["answer_unreadable", about((target, json, head) => ({
    ...head, ...(json.may_follow === true && { placeholder: true as const }), type: "rsvp.unreadable", target, guest: decodeGuest(json.person),
  }))],
  ["card_failed", about((target, json, head) => ({ ...head, type: "invitation.failed", target, vendorCode: "not-delivered", outcome: json.done === "nothing" ? "not-sent" : "unknown" }))],
  ["card_arrived", about((target, json, head) => ({
    ...head, edition: `${json.at === "device" ? "device" : "whatsapp"}:${personKey(json.person)}`,
    type: "invitation.delivered", target, reached: json.at === "device" ? "device" : "whatsapp", ...(isObject(json.person) && { guest: decodeGuest(json.person) }),
  }))],
  ["card_read", about((target, json, head) => ({ ...head, edition: personKey(json.person), type: "invitation.read", target, ...(isObject(json.person) && { guest: decodeGuest(json.person) }) }))],
  ["card_revoked", about((target, _json, head) => ({ ...head, type: "invitation.revoked", target }))],
  ["vote", about((target, json, head) => {
    const labels = textsAt(json, "labels");
    return labels && { ...head, edition: `${personKey(json.person)}@${toEpochMs(head.at)}`, type: "poll.voted", target, guest: decodeGuest(json.person), labels };
  })],
  ["text", (json, head) => {
    const recipient = recipientFromVendor(textAt(json, "chat") ?? "");
    const text = textAt(json, "text");
    const target = messageIdFromVendor(json.about);
    if (recipient === undefined || text === undefined) return undefined;
    return { ...head, type: "message.replied", ...(target !== undefined && { target }), recipient, guest: decodeGuest(json.person), text };
  }],
  ["card_seen", (json, head, account) => {
    const recipient = recipientFromVendor(textAt(json, "chat") ?? "");
    const id = messageIdFromVendor(json.about);
    const details = decodeCard(json.card);
    if (recipient === undefined || id === undefined || details === undefined) return undefined;
    const createdBy = json.own === true ? "self" : "other";
    return { ...head, edition: String(toEpochMs(head.at)), type: "invitation.observed", sighting: { account, recipient, messageId: id, createdBy, details }, canceled: json.canceled === true };
  }],
  ["line_status", (json, head) => {
    const { status } = json;
    if (status !== "ready" && status !== "not-ready") return { ...head, type: "account.status", status: "unknown", reason: "the line reported a status that this version does not know" };
    return { ...head, type: "account.status", status, reason: status === "ready" ? "" : "the line is not connected" };
  }],
]);

/** Tells readers and voters of one message apart. */
function personKey(person: unknown): string {
  const { phone, lid } = decodeGuest(person);
  return phone ?? lid ?? "somebody";
}
