import type { Fact } from "@event-messaging/core";
import type { Random } from "../order/random.js";
import { fixture } from "./fixtures.js";
import type { Line } from "./lines.js";
import { holder, type JsonObject } from "./own.js";

/** An invitation that went out, as far as an answer needs it. */
export interface Invitation {
  readonly line: Line;
  readonly key: string;
  readonly messageId: string;
  /** A group, or one person. */
  readonly recipient: string;
}

/** What one guest did, in words that are no vendor's. Times in milliseconds since 1970. */
export interface GuestAnswer {
  readonly invitation: Invitation;
  readonly phone: string;
  /** A guest of a group shows it as well. */
  readonly lid?: string;
  /** Id of the message that carries the answer. */
  readonly source: string;
  readonly response: "GOING" | "NOT_GOING" | "MAYBE" | "unreadable" | "some other word";
  readonly extraGuests: number;
  readonly at: number;
}

const TEMPLATES = { direct: fixture("waha", "event-response-direct"), group: fixture("waha", "event-response-group-lid"), zapi: fixture("zapi", "event-response") };

/** The body that the vendor would post for the answer. */
export function bodyOf(answer: GuestAnswer): JsonObject {
  return answer.invitation.line.vendor === "waha" ? wahaBody(answer) : zapiBody(answer);
}

function wahaBody({ invitation, phone, lid, source, response, extraGuests, at }: GuestAnswer): JsonObject {
  const body = structuredClone(lid === undefined ? TEMPLATES.direct : TEMPLATES.group);
  const chat = lid === undefined ? `${phone.slice(1)}@c.us` : invitation.recipient;
  const failed = response === "unreadable";
  Object.assign(body, { id: `evt_${source.toLowerCase()}`, timestamp: at + 400, session: invitation.line.id, event: failed ? "event.response.failed" : "event.response" });
  const payload = holder(body, "payload");
  Object.assign(payload, {
    id: lid === undefined ? `false_${chat}_${source}` : `false_${chat}_${source}_${lid}`,
    timestamp: at / 1000, from: chat, participant: lid ?? null,
    eventResponse: failed ? null : { response, timestampMs: at - 130, extraGuestCount: extraGuests },
  });
  holder(payload, "eventCreationKey").id = lid === undefined ? `false_351910000777@c.us_${invitation.messageId}` : `false_${chat}_${invitation.messageId}_184000000000011@lid`;
  const info = holder(payload, "_data", "Info");
  const jid = `${phone.slice(1)}@s.whatsapp.net`;
  Object.assign(info, lid === undefined ? { Chat: jid, Sender: jid, ID: source } : { Chat: chat, Sender: lid, SenderAlt: jid });
  delete info.Timestamp;
  return body;
}

function zapiBody({ invitation, phone, lid, source, response, at }: GuestAnswer): JsonObject {
  const body = structuredClone(TEMPLATES.zapi);
  const digits = phone.slice(1);
  const chat = lid === undefined ? digits : `${invitation.recipient.slice(0, -"@g.us".length)}-group`;
  Object.assign(body, {
    instanceId: invitation.line.id, messageId: source, phone: chat, isGroup: lid !== undefined, momment: at + 400, waitingMessage: response === "unreadable",
    participantPhone: lid === undefined ? null : digits, participantLid: lid ?? null, senderLid: lid ?? null, chatLid: null,
  });
  Object.assign(holder(body, "eventResponse"), { response, responseFrom: digits, time: at });
  Object.assign(holder(body, "eventResponse", "referencedMessage"), { messageId: invitation.messageId, phone: chat });
  return body;
}

/** The one fact that must come of it, in a form in which spelling of times and order of members do not count. */
export function expectedFact({ invitation, phone, lid, source, response, extraGuests, at }: GuestAnswer): string {
  const isWaha = invitation.line.vendor === "waha";
  const isWord = response === "GOING" || response === "NOT_GOING" || response === "MAYBE";
  return JSON.stringify([
    isWord ? "rsvp" : response === "unreadable" ? "rsvp.unreadable" : "rsvp.unrecognized", source, invitation.messageId, phone, lid ?? null,
    isWord ? response : response === "unreadable" ? null : response,
    isWaha && isWord ? extraGuests : null, at, isWaha && response !== "unreadable" ? at - 130 : null, response === "unreadable" && !isWaha,
  ]);
}

/** A fact in the same form; `undefined` when it is no answer of a guest. */
export function plainFact(fact: Fact): string | undefined {
  if (fact.type !== "rsvp" && fact.type !== "rsvp.unreadable" && fact.type !== "rsvp.unrecognized") return undefined;
  if (fact.fromSelf === true) return undefined;
  const said = fact.type === "rsvp" ? fact.response : fact.type === "rsvp.unrecognized" ? fact.raw : null;
  return JSON.stringify([
    fact.type, fact.source, fact.target, fact.guest.phone ?? null, fact.guest.lid ?? null, said, fact.type === "rsvp" ? fact.extraGuests ?? null : null,
    Date.parse(fact.at), fact.guestAt === undefined ? null : Date.parse(fact.guestAt), fact.placeholder === true,
  ]);
}

/** Members that a newer vendor might add. */
const UNKNOWN: readonly (readonly [string, unknown])[] = [
  ["newInTwentySeven", { deep: [1, { er: true }] }], ["x-trace", "0af7651916cd43dd8448eb211c80319c"], ["flags", [null, false, 3.5]], ["", ""], ["größe", "ß"],
];

/** The same body in another spelling: unknown members, another order, spaces, escapes, a byte order mark. */
export function dressed(body: JsonObject, random: Random): Buffer {
  for (const target of [body, ...Object.values(body).filter((value): value is JsonObject => typeof value === "object" && value !== null && !Array.isArray(value))]) {
    if (random.chance(20)) {
      const [name, value] = UNKNOWN[random.next(UNKNOWN.length)] ?? ["more", 1];
      target[name] = value;
    }
  }
  const ordered = random.chance(30) ? Object.fromEntries(random.shuffled(Object.entries(body))) : body;
  const text = JSON.stringify(ordered, undefined, random.chance(20) ? 2 : undefined);
  const escaped = random.chance(15) ? text.replaceAll("GOING", "G\\u004fING").replaceAll("payload", "p\\u0061yload") : text;
  return Buffer.from(random.chance(5) ? `\ufeff${escaped}` : escaped, "utf8");
}
