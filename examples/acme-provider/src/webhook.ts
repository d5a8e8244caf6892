import { createPublicKey, verify, type KeyObject } from "node:crypto";
import {
  toEpochMs,
  type AccountId, type Authenticated, type Fact, type FactHead, type MessageId, type Parsed, type WebhookCodec, type WebhookRequest,
} from "@event-messaging/core/driver";
import type { OpenConfig } from "./config.js";
import { decodeCard, decodeGuest, decodePicked, decodeWhen, decodeWord } from "./decode.js";
import { messageIdFromVendor, recipientFromVendor } from "./recipient.js";
import { at, isRecord, list, PROOF_HEADER, STAMP_HEADER, text, whole, type Wire } from "./wire.js";

/** Acme signs anew when it delivers again, so an older stamp is a replay. Acme docs: "Deliveries". */
const FRESH_SECONDS = 300;

/** The receiving half for one line. Pure. */
export function webhookCodec({ line, deliveryKeys }: OpenConfig, account: AccountId): WebhookCodec {
  const keys = deliveryKeys.map(publicKey).filter((key) => key !== undefined);
  return {
    authenticate: (request) => authenticate(keys, request),
    parse: (json) => parse(line, account, json),
  };
}

function publicKey(x: string): KeyObject | undefined {
  try {
    return createPublicKey({ format: "jwk", key: { kty: "OKP", crv: "Ed25519", x } });
  } catch {
    return undefined; // 43 characters that are no key: nothing it has signed exists
  }
}

function authenticate(keys: readonly KeyObject[], { headers, body, receivedAt }: WebhookRequest): Authenticated {
  const stamp = headers.get(STAMP_HEADER) ?? "";
  const proof = headers.get(PROOF_HEADER) ?? "";
  if (!/^\d{10}$/.test(stamp) || !/^[A-Za-z0-9_-]{86}$/.test(proof)) return { ok: false, reason: "no-proof" };
  const signed = Buffer.concat([Buffer.from(`${stamp}\n`), body]);
  if (!keys.some((key) => verify(null, signed, key, Buffer.from(proof, "base64url")))) return { ok: false, reason: "wrong-proof" };
  return Math.abs(toEpochMs(receivedAt) / 1000 - Number(stamp)) <= FRESH_SECONDS ? { ok: true, by: "signature" } : { ok: false, reason: "old-stamp" };
}

/** A delivery is a list of notes; one that nobody understands does not spoil the others. */
function parse(line: string, account: AccountId, json: unknown): Parsed {
  const notes = list(json);
  if (notes === undefined) return { kind: "foreign", reason: "no-list" };
  const read = notes.map((note) => readNote(line, account, note));
  const facts = read.flatMap((each) => (each.kind === "facts" ? each.facts : []));
  if (facts.length > 0) return { kind: "facts", facts };
  return read.find(({ kind }) => kind === "malformed") ?? read.find(({ kind }) => kind === "foreign") ?? { kind: "ignored", reason: "empty" };
}

function readNote(line: string, account: AccountId, note: unknown): Parsed {
  if (!isRecord(note)) return { kind: "malformed", reason: "no-note" };
  if (note.line !== line) return { kind: "foreign", reason: "another-line" };
  const what = text(note.what);
  const reader = what === undefined ? undefined : READERS.get(what);
  if (reader === undefined) return { kind: "foreign", reason: "unknown-kind" };
  const when = decodeWhen(note.when);
  const source = messageIdFromVendor(note.stanza) ?? (what === "line.changed" ? `line@${text(note.when) ?? ""}` : undefined);
  const fact = when === undefined || source === undefined ? undefined : reader(note, { source, at: when }, account);
  return fact === undefined ? { kind: "malformed", reason: `unreadable-${what ?? ""}` } : { kind: "facts", facts: [fact] };
}

type Reader = (note: Wire, head: FactHead, account: AccountId) => Fact | undefined;

/** A reader for notes about one message of ours. */
const about = (read: (target: MessageId, note: Wire, head: FactHead) => Fact | undefined): Reader => (note, head) => {
  const target = messageIdFromVendor(note.about);
  return target === undefined ? undefined : read(target, note, head);
};

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ["guest.replied", about((target, note, head) => {
    const guest = decodeGuest(note.from);
    if (note.sealed === "waiting" || note.sealed === "lost") return { ...head, ...(note.sealed === "waiting" && { placeholder: true as const }), type: "rsvp.unreadable", target, guest };
    const word = text(note.word);
    if (word === undefined) return undefined;
    const response = decodeWord(word);
    if (response === undefined) return { ...head, type: "rsvp.unrecognized", target, guest, raw: [...word].slice(0, 64).join("") };
    const companions = whole(note.companions);
    return { ...head, type: "rsvp", target, guest, response, ...(companions !== undefined && companions >= 0 && { extraGuests: companions }) };
  })],
  ["guest.picked", about((target, note, head) => {
    const labels = decodePicked(note);
    return labels && { ...head, edition: `${personKey(note.from)}@${toEpochMs(head.at)}`, type: "poll.voted", target, guest: decodeGuest(note.from), labels };
  })],
  ["guest.wrote", (note, head) => {
    const recipient = recipientFromVendor(text(note.chat) ?? "");
    const words = text(note.text);
    const target = messageIdFromVendor(note.quoting);
    return recipient && words !== undefined ? { ...head, type: "message.replied", ...(target !== undefined && { target }), recipient, guest: decodeGuest(note.from), text: words } : undefined;
  }],
  ["card.seen", (note, head, account) => {
    const recipient = recipientFromVendor(text(note.chat) ?? "");
    const messageId = messageIdFromVendor(note.about);
    const details = decodeCard(note.card);
    if (recipient === undefined || messageId === undefined || details === undefined) return undefined;
    return { ...head, edition: String(toEpochMs(head.at)), type: "invitation.observed", sighting: { account, recipient, messageId, createdBy: note.mine === true ? "self" : "other", details }, canceled: note.struck === true };
  }],
  ["card.bounced", about((target, note, head) => ({ ...head, type: "invitation.failed", target, vendorCode: at(note, "left") === false ? "never-left" : "bounced", outcome: at(note, "left") === false ? "not-sent" : "unknown" }))],
  ["card.landed", about((target, note, head) => ({ ...head, edition: `landed:${personKey(note.from)}`, type: "invitation.delivered", target, reached: "device", guest: decodeGuest(note.from) }))],
  ["card.opened", about((target, note, head) => ({ ...head, edition: `opened:${personKey(note.from)}`, type: "invitation.read", target, guest: decodeGuest(note.from) }))],
  ["line.changed", (note, head) => {
    if (note.state === "up") return { ...head, type: "account.status", status: "ready", reason: "" };
    return { ...head, type: "account.status", status: note.state === "down" ? "not-ready" : "unknown", reason: "The line is not connected." };
  }],
]);

/** Tells readers and voters of one message apart. */
function personKey(person: unknown): string {
  const { phone, lid } = decodeGuest(person);
  return phone ?? lid ?? "somebody";
}
