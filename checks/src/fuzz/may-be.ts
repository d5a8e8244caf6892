import type { Fact } from "@event-messaging/core";
import type { Line } from "../inbound/lines.js";
import { own } from "../inbound/own.js";

/**
 * What a hostile body may become, said once more without the adapters: every part of an RSVP must stand in the body, at a
 * place where the vendor writes it. Answers with what is wrong.
 */
export function unjustified(fact: Fact<"rsvp">, line: Line, bytes: Uint8Array, receivedAt: number): string | undefined {
  const body = read(bytes);
  if (body === undefined) return "an RSVP out of a body that is no JSON";
  const claim = line.vendor === "waha" ? wahaClaim(body) : zapiClaim(body);
  if (claim.words !== fact.response) return "an RSVP with a word that the body does not say";
  if (!claim.kind) return "an RSVP out of another kind of delivery";
  if (claim.line !== undefined && claim.line !== line.id) return "an RSVP out of another account's delivery";
  if (!claim.targets.some((id) => bare(id) === fact.target)) return "an RSVP to an event that the body does not name";
  if (!claim.sources.some((id) => bare(id) === fact.source) && !(line.vendor === "zapi" && fact.source === fact.target)) return "an RSVP under an id that the body does not show";
  if (claim.fromMe && fact.fromSelf !== true) return "an own answer as a guest's";
  const { phone, lid } = fact.guest;
  if (phone === undefined && lid === undefined && fact.fromSelf !== true) return "an RSVP of nobody";
  if (phone !== undefined && !claim.people.some((id) => isPhoneIn(id, phone, line))) return "an RSVP of a number that the body does not show";
  if (lid !== undefined && !claim.people.some((id) => typeof id === "string" && id.replace(/[:.]\d+/g, "") === lid)) return "an RSVP of a LID that the body does not show";
  if (fact.extraGuests !== undefined && fact.extraGuests !== numberOf(claim.extra)) return "extra guests that the body does not say";
  const at = Date.parse(fact.at);
  return [...claim.times.flatMap(millis), receivedAt].some((time) => Math.floor(time) === at) ? undefined : "an RSVP at a time that the body does not show";
}

interface Claim {
  readonly kind: boolean;
  readonly line: unknown;
  readonly words: unknown;
  readonly targets: readonly unknown[];
  readonly sources: readonly unknown[];
  readonly fromMe: boolean;
  readonly people: readonly unknown[];
  readonly extra: unknown;
  readonly times: readonly unknown[];
}

function wahaClaim(body: unknown): Claim {
  const payload = own(body, "payload");
  const id = own(payload, "id");
  const sources = [id, own(id, "_serialized"), own(id, "id"), own(payload, "_data", "Info", "ID"), own(payload, "_data", "key", "id"), own(payload, "key", "id")];
  const said = own(payload, "fromMe");
  const info = (name: string) => own(payload, "_data", "Info", name);
  return {
    kind: own(body, "event") === "event.response" || own(body, "event") === "event.response.failed",
    line: own(body, "session") ?? null,
    words: own(payload, "eventResponse", "response"),
    targets: [own(payload, "eventCreationKey", "id")],
    sources,
    fromMe: said === true,
    people: [own(payload, "from"), own(payload, "participant"), info("Sender"), info("SenderAlt"), own(body, "me", "id"), own(body, "me", "lid")],
    extra: own(payload, "eventResponse", "extraGuestCount"),
    times: [own(payload, "timestamp"), info("Timestamp"), own(payload, "_data", "messageTimestamp"), own(body, "timestamp")],
  };
}

function zapiClaim(body: unknown): Claim {
  const answer = own(body, "eventResponse");
  const type = own(body, "type");
  const instance = own(body, "instanceId");
  const notice = own(body, "notification");
  const isNotice = typeof notice === "string" && notice.trim() !== "";
  return {
    kind: typeof type === "string" && type.toLowerCase() === "receivedcallback" && !isNotice && !isTrue(own(body, "waitingMessage")),
    line: typeof instance === "string" && instance.trim() !== "" ? instance : undefined,
    words: own(answer, "response"),
    targets: [own(answer, "referencedMessage", "messageId")],
    sources: [own(body, "messageId")],
    fromMe: isTrue(own(body, "fromMe")),
    people: ["participantLid", "senderLid", "participantPhone", "chatLid", "phone", "connectedPhone"].map((name) => own(body, name)).concat(own(answer, "responseFrom")),
    extra: undefined,
    times: [own(answer, "time"), own(body, "momment"), own(body, "moment")],
  };
}

/** Strictly UTF-8, a byte order mark allowed. */
function read(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

function isTrue(value: unknown): boolean {
  return value === true || value === "true";
}

/** The part of an id that names the message; `undefined` for what is no text. */
function bare(id: unknown): string | undefined {
  return typeof id !== "string" ? undefined : id.includes("_") ? id.split("_")[2] : id;
}

function isPhoneIn(id: unknown, phone: string, { vendor }: Line): boolean {
  if (typeof id !== "string") return false;
  const digits = phone.slice(1);
  return vendor === "zapi" ? id === digits : new RegExp(`^${digits}(?:\\.\\d+)?(?::\\d+)?@(?:c\\.us|s\\.whatsapp\\.net)$`).test(id);
}

/** A number, digits, or the two halves that some engines write. */
function numberOf(value: unknown): number {
  if (typeof value === "number" || typeof value === "string") return Number(value);
  const [high, low] = [own(value, "high"), own(value, "low")];
  return typeof high === "number" && typeof low === "number" ? high * 2 ** 32 + (low >>> 0) : Number.NaN;
}

/** The value as seconds and as milliseconds, and as a date's text. */
function millis(value: unknown): readonly number[] {
  const count = numberOf(value);
  return [count, count * 1000, typeof value === "string" ? Date.parse(value) : Number.NaN];
}
