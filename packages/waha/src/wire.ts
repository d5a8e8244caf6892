/** WAHA's JSON: what is sent, as types, and what arrives, through readers that presume as little as they can. */

/** Body of `POST /api/{session}/events` (WAHA OpenAPI 2026.7.1, `EventMessageRequest`). Times are whole Unix seconds. */
export interface EventBody {
  readonly chatId: string;
  readonly reply_to?: string;
  readonly event: {
    readonly name: string;
    readonly description?: string;
    readonly startTime: number;
    readonly endTime?: number;
    readonly location?: { readonly name: string };
    readonly extraGuestsAllowed?: boolean;
  };
}

/** Body of `POST /api/sendPoll`. The OpenAPI document types `multipleAnswers` as an object; it is a boolean. */
export interface PollBody {
  readonly session: string;
  readonly chatId: string;
  readonly id?: string;
  readonly poll: { readonly name: string; readonly options: readonly string[]; readonly multipleAnswers: false };
}

/** Body of `POST /api/sendText`. */
export interface TextBody {
  readonly session: string;
  readonly chatId: string;
  readonly text: string;
  readonly linkPreview: boolean;
  readonly id?: string;
  readonly reply_to?: string;
}

export type Wire = Readonly<Record<string, unknown>>;

export function record(value: unknown): Wire | undefined {
  return isRecord(value) ? value : undefined;
}

function isRecord(value: unknown): value is Wire {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value at a path of own members, `undefined` as soon as one is missing. */
export function at(value: unknown, name: string, ...further: readonly string[]): unknown {
  let inner = own(value, name);
  for (const next of further) inner = own(inner, next);
  return inner;
}

function own(value: unknown, name: string): unknown {
  return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** Text that is not empty. */
export function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A number, decimal text, or the `{low, high}` that some engines write for 64-bit numbers. */
export function numeric(value: unknown): number | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  if (typeof value === "string") return /^-?\d{1,19}(?:\.\d+)?$/.test(value) ? Number(value) : undefined;
  const low = at(value, "low");
  const high = at(value, "high");
  return typeof low === "number" && typeof high === "number" ? high * 2 ** 32 + (low >>> 0) : undefined;
}

/** What every webhook delivery is wrapped in. `payload` is still loose. */
export interface Envelope {
  readonly event: string;
  readonly session: string;
  readonly timestamp: unknown;
  /** The account's own ids. Absent before the account is known. */
  readonly me: { readonly id: string | undefined; readonly lid: string | undefined };
  readonly payload: Wire;
}

export function readEnvelope(json: unknown): Envelope | undefined {
  const event = text(at(json, "event"));
  const session = text(at(json, "session"));
  const payload = record(at(json, "payload"));
  if (event === undefined || session === undefined || payload === undefined) return undefined;
  return { event, session, payload, timestamp: at(json, "timestamp"), me: readMe(at(json, "me")) };
}

export function readMe(me: unknown): Envelope["me"] {
  return { id: text(at(me, "id")), lid: text(at(me, "lid")) };
}

/** A message, of any kind and any engine. */
export interface WireMessage {
  readonly id: unknown;
  readonly timestamp: unknown;
  readonly from: string | undefined;
  readonly participant: string | undefined;
  readonly fromMe: boolean | undefined;
  readonly body: string | undefined;
  readonly hasMedia: boolean;
  /** The engine's own view: sender, the sender's other id, the name shown, the time. GOWS only. */
  readonly info: { readonly sender: string | undefined; readonly senderAlt: string | undefined; readonly pushName: string | undefined; readonly timestamp: unknown };
  /** The protocol message inside, out of the wrapper of disappearing chats. */
  readonly content: Wire | undefined;
}

export function readMessage(payload: unknown): WireMessage {
  const info = at(payload, "_data", "Info");
  return {
    id: messageIdOf(payload),
    timestamp: at(payload, "timestamp"),
    from: text(at(payload, "from")),
    participant: text(at(payload, "participant")),
    fromMe: flag(at(payload, "fromMe")),
    body: text(at(payload, "body")),
    hasMedia: at(payload, "hasMedia") === true,
    info: {
      sender: text(at(info, "Sender")), senderAlt: text(at(info, "SenderAlt")), pushName: text(at(info, "PushName")),
      timestamp: at(info, "Timestamp") ?? at(payload, "_data", "messageTimestamp"),
    },
    content: unwrapped(record(at(payload, "_data", "Message")) ?? record(at(payload, "_data", "message"))),
  };
}

export function flag(value: unknown): boolean | undefined {
  return typeof value === "boolean" ? value : undefined;
}

function unwrapped(content: Wire | undefined): Wire | undefined {
  const inner = record(at(content, "ephemeralMessage", "message"));
  return inner ?? content;
}

/**
 * The id of a message or of a send's answer, in the order in which it may be trusted: text, a browser engine's object,
 * the raw message of GOWS, then of NOWEB. Source: WAHA 2025.11.3 and its published engines.
 */
export function messageIdOf(message: unknown): unknown {
  const id = at(message, "id");
  return text(id) ?? text(at(id, "_serialized")) ?? text(at(message, "_data", "Info", "ID"))
    ?? text(at(message, "_data", "key", "id")) ?? text(at(message, "key", "id")) ?? text(at(id, "id"));
}

/** An event message inside a message, loose. */
export function eventIn(message: WireMessage): Wire | undefined {
  return record(at(message.content, "eventMessage"));
}

/** What `event.response` and `event.response.failed` add to a message. */
export interface WireAnswer {
  /** The event's id, in the spelling of whoever answered. */
  readonly target: unknown;
  /** `false`: the answer came and could not be decrypted. */
  readonly readable: boolean;
  readonly response: string | undefined;
  readonly timestampMs: unknown;
  readonly extraGuestCount: number | undefined;
}

export function answerOf(payload: unknown): WireAnswer {
  const answer = at(payload, "eventResponse");
  return {
    target: at(payload, "eventCreationKey", "id"),
    readable: record(answer) !== undefined,
    response: text(at(answer, "response")),
    timestampMs: at(answer, "timestampMs"),
    extraGuestCount: numeric(at(answer, "extraGuestCount")),
  };
}

/** Id of the message that a text quotes; `quotes` without an id is a quote of something unreadable. */
export function quoteIn(payload: unknown, message: WireMessage): { readonly quotes: boolean; readonly id: string | undefined } {
  const reply = at(payload, "replyTo");
  const context = at(message.content, "extendedTextMessage", "contextInfo");
  const id = text(at(reply, "id")) ?? text(at(context, "stanzaID")) ?? text(at(context, "stanzaId")) ?? text(at(context, "StanzaID"));
  return { quotes: record(reply) !== undefined || id !== undefined, id };
}

/** What `poll.vote` and `poll.vote.failed` hold. The voter's place differs by engine, so all places are shown. */
export interface WireVote {
  readonly poll: unknown;
  readonly id: unknown;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly participant: string | undefined;
  readonly fromMe: boolean | undefined;
  /** Missing when it could not be read. */
  readonly labels: readonly string[] | undefined;
  /** No choice is named at all, which is less than an empty one. */
  readonly isBlank: boolean;
  readonly timestamp: unknown;
}

export function voteOf(payload: unknown): WireVote {
  const vote = at(payload, "vote");
  const selected = at(vote, "selectedOptions");
  return {
    poll: at(payload, "poll", "id"),
    id: at(vote, "id"),
    from: text(at(vote, "from")),
    to: text(at(vote, "to")),
    participant: text(at(vote, "participant")),
    fromMe: flag(at(vote, "fromMe")),
    labels: Array.isArray(selected) && selected.every((label) => typeof label === "string") ? selected : undefined,
    isBlank: (selected ?? undefined) === undefined,
    timestamp: at(vote, "timestamp"),
  };
}

/** A webhook of a session's settings (WAHA OpenAPI 2026.7.1, `WebhookConfig`; `events` are strings, not objects). */
export interface WebhookSetting {
  readonly url: string;
  readonly events: readonly string[];
  readonly hmac?: { readonly key: string };
  readonly retries?: { readonly policy: string; readonly delaySeconds: number; readonly attempts: number };
}
