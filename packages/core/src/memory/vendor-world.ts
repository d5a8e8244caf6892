import type { OperationName } from "../driver/index.js";
import { never, type MemoryAnswer } from "./vendor-faults.js";
import { isObject, textAt, textsAt, WIRE_EVENTS, type MemoryPath, type WireCard, type WireObject, type WirePerson, type WireWebhooks } from "./wire.js";

/** Something that the vendor did because an account asked for it. A request that it refused or never read is none. */
export interface MemoryAct {
  readonly operation: OperationName;
  readonly line: string;
  readonly messageId: string;
  /** The vendor's spelling of the chat. */
  readonly chat: string;
  /** Of an invitation, an edit or a cancellation: the card as it stands. */
  readonly card?: WireCard;
  readonly canceled?: true;
  /** Of an answer given by the account. */
  readonly answer?: string;
  /** Of a text, or the question of a poll. */
  readonly text?: string;
  readonly options?: readonly string[];
  readonly quotes?: string;
}

/** Somebody whom the vendor knows more of than one id. `exists: false`: a number without WhatsApp. */
export interface MemoryContact extends WirePerson {
  readonly exists?: boolean;
}

/** A group, by its canonical id. `adminsOnly`: a line's message is taken and appears nowhere. */
export interface MemoryGroup {
  readonly id: string;
  readonly name: string;
  readonly adminsOnly?: boolean;
}

/** One message in a chat: a card, a poll or a text. */
interface Message {
  readonly id: string;
  readonly line: string;
  readonly chat: string;
  readonly kind: "card" | "poll" | "text";
  readonly own: boolean;
  readonly sentMs: number;
  readonly cardId: string;
  state: "queued" | "handed-over" | "withdrawn";
  card?: WireCard;
  canceled: boolean;
}

interface Line {
  readonly phone: string;
  readonly lid: string;
  ready: boolean;
  webhooks: WireWebhooks;
}

/** The chats behind the vendor: what was sent, seen and changed. Knows nothing of requests, faults and signatures. */
export class MemoryWorld {
  readonly acts: MemoryAct[] = [];
  readonly #lines = new Map<string, Line>();
  readonly #messages = new Map<string, Message>();
  #ids = 0;

  constructor(readonly now: () => number, readonly queues: boolean, readonly contacts: readonly MemoryContact[], readonly groups: readonly MemoryGroup[] = []) {}

  /** The line of a name; a new name gets numbers of its own. */
  line(name: string): Line {
    const known = this.#lines.get(name);
    if (known !== undefined) return known;
    const number = 99900000001 + this.#lines.size;
    const line: Line = { phone: String(number), lid: String(number * 7), ready: true, webhooks: { url: "memory:/webhooks", types: WIRE_EVENTS } };
    this.#lines.set(name, line);
    return line;
  }

  /** Ids grow, so that of two answers at one moment the later sorts last. */
  nextId(): string {
    this.#ids += 1;
    return `3EB0${String(this.#ids).padStart(12, "0")}`;
  }

  message(id: string): Message | undefined {
    return this.#messages.get(id);
  }

  /** Messages of a line, oldest first. */
  messages(line: string): readonly Message[] {
    return [...this.#messages.values()].filter((message) => message.line === line);
  }

  /** A card that a member of the chat made. */
  memberCard(line: string, chat: string, card: WireCard): Message {
    return this.#add({ line, chat, kind: "card", own: false, card });
  }

  /** Does what is asked and writes it into the journal, or refuses and does nothing. */
  perform(line: string, path: MemoryPath, body: WireObject): MemoryAnswer {
    switch (path) {
      case "cards.send": return this.#send(line, "send", "card", body);
      case "polls.send": return this.#send(line, "sendPoll", "poll", body);
      case "texts.send": return this.#send(line, "sendText", "text", body);
      case "cards.edit": return this.#edit(line, "update", body);
      case "cards.cancel": return this.#edit(line, "cancel", body);
      case "cards.answer": return this.#answer(line, body);
      case "messages.withdraw": return this.#withdraw(line, body);
      case "messages.search": return this.#search(line, body);
      case "people.find": return this.#person(body);
      case "groups.list": return this.#groups(body);
      case "webhooks.read": return ok({ webhooks: this.line(line).webhooks });
      case "webhooks.write": return this.#writeWebhooks(line, body);
      case "line.status": return ok({ self: { phone: this.line(line).phone, lid: this.line(line).lid }, ready: this.line(line).ready, queues: this.queues });
    }
  }

  #send(line: string, operation: OperationName, kind: Message["kind"], body: WireObject): MemoryAnswer {
    const chat = textAt(body, "chat");
    const text = textAt(body, "text") ?? textAt(body, "question");
    const options = textsAt(body, "options");
    const id = textAt(body, "id");
    const quotes = textAt(body, "quotes");
    const whole = kind === "card" ? isCard(body.card) : kind === "poll" ? text !== undefined && (options?.length ?? 0) > 1 : text !== undefined;
    if (chat === undefined || !whole) return never("REFUSED");
    const before = id === undefined ? undefined : this.#messages.get(id);
    if (before !== undefined) return before.line === line && before.kind === kind && before.chat === chat ? accepted(before) : never("REFUSED"); // a repeat with a chosen id
    const card = isCard(body.card) ? body.card : undefined;
    const message = this.#add({ line, chat, kind, own: true, ...(id !== undefined && { id }), ...(card !== undefined && { card }) });
    if (this.#isAdminsOnly(chat)) return accepted(message); // and nothing appears
    this.acts.push({
      operation, line, chat, messageId: message.id,
      ...(card !== undefined && { card }), ...(text !== undefined && { text }), ...(options !== undefined && { options }), ...(quotes !== undefined && { quotes }),
    });
    return accepted(message);
  }

  #isAdminsOnly(chat: string): boolean {
    return this.groups.some(({ id, adminsOnly }) => adminsOnly === true && chat === `group:${id.replace("@g.us", "")}`);
  }

  #edit(line: string, operation: "update" | "cancel", body: WireObject): MemoryAnswer {
    const message = this.#find(line, body);
    if (message === undefined || message.kind !== "card" || message.state === "withdrawn") return never("NOT_FOUND");
    if (!message.own) return never("PERMISSION_DENIED");
    if (!isCard(body.card) || message.canceled) return never("REFUSED");
    message.card = body.card;
    message.canceled = operation === "cancel";
    const id = this.nextId();
    this.acts.push({ operation, line, chat: message.chat, messageId: id, card: body.card, ...(message.canceled && { canceled: true as const }) });
    return accepted({ ...message, id });
  }

  #answer(line: string, body: WireObject): MemoryAnswer {
    const message = this.#find(line, body);
    const answer = textAt(body, "answer");
    if (message === undefined || message.kind !== "card") return never("NOT_FOUND");
    if (message.own || answer === undefined) return never("REFUSED");
    const id = this.nextId();
    this.acts.push({ operation: "respond", line, chat: message.chat, messageId: id, answer });
    return accepted({ ...message, id });
  }

  #withdraw(line: string, body: WireObject): MemoryAnswer {
    const message = this.#find(line, body);
    if (message === undefined) return ok({ withdrawn: "unknown" });
    if (message.state === "handed-over") return ok({ withdrawn: "too-late" });
    if (message.state === "queued") this.acts.push({ operation: "withdraw", line, chat: message.chat, messageId: message.id });
    message.state = "withdrawn";
    return ok({ withdrawn: "yes" });
  }

  #search(line: string, body: WireObject): MemoryAnswer {
    const since = typeof body.since_ms === "number" ? body.since_ms : 0;
    const wanted = isCard(body.card) ? body.card : undefined;
    const found = this.messages(line).filter(({ own, chat, card, sentMs, state }) => own && state !== "withdrawn" && chat === body.chat && sentMs >= since
      && card !== undefined && card.title === wanted?.title && card.begins_at === wanted.begins_at);
    return ok({ messages: found.map(({ id, cardId }) => ({ id, card_id: cardId })) });
  }

  #person(body: WireObject): MemoryAnswer {
    const [kind, id] = (textAt(body, "person") ?? "").split(":");
    const known = this.contacts.find((contact) => (kind === "person" ? contact.phone === `+${id}` : contact.lid === `${id}@lid`));
    if (known === undefined) return ok({ exists: true, person: kind === "person" ? { phone: id } : { lid: id } });
    return ok({ exists: known.exists ?? true, person: bare(known) });
  }

  #groups(body: WireObject): MemoryAnswer {
    const wanted = textAt(body, "group");
    const found = this.groups.map(({ id, name, adminsOnly }) => ({ group: `group:${id.replace("@g.us", "")}`, name, admins_only: adminsOnly === true }));
    if (wanted === undefined) return ok({ groups: found });
    const [one] = found.filter(({ group }) => group === wanted);
    return one === undefined ? never("NOT_FOUND") : ok({ groups: [one] });
  }

  #writeWebhooks(name: string, body: WireObject): MemoryAnswer {
    const line = this.line(name);
    const wished = isObject(body.webhooks) ? body.webhooks : {};
    const url = textAt(wished, "url");
    const types = textsAt(wished, "types");
    if (JSON.stringify(body.expected) !== JSON.stringify(line.webhooks)) return never("CONFLICT");
    if (url === undefined || types === undefined) return never("REFUSED");
    line.webhooks = { url, types: WIRE_EVENTS.filter((type) => types.includes(type)) };
    this.acts.push({ operation: "applyWebhooks", line: name, chat: "", messageId: "" });
    return ok({ webhooks: line.webhooks });
  }

  /** Only messages of the line: another account's id is unknown to it. */
  #find(line: string, body: WireObject): Message | undefined {
    const message = this.#messages.get(textAt(body, "message") ?? "");
    return message?.line === line ? message : undefined;
  }

  #add(init: Pick<Message, "line" | "chat" | "kind" | "own"> & { readonly id?: string; readonly card?: WireCard }): Message {
    const id = init.id ?? this.nextId();
    const message: Message = { ...init, id, cardId: `card-${this.#messages.size + 1}`, sentMs: this.now(), state: init.own && this.queues ? "queued" : "handed-over", canceled: false };
    this.#messages.set(id, message);
    return message;
  }
}

/** A contact as deliveries and answers spell one: bare digits. */
export function bare({ phone, lid, name }: WirePerson): WirePerson {
  return {
    ...(phone !== undefined && { phone: phone.replace("+", "") }),
    ...(lid !== undefined && { lid: lid.replace("@lid", "") }),
    ...(name !== undefined && { name }),
  };
}

function isCard(value: unknown): value is WireCard & WireObject {
  return isObject(value) && typeof value.title === "string" && value.title !== "" && Number.isSafeInteger(value.begins_at);
}

function ok(json: object): MemoryAnswer {
  return { status: 200, body: JSON.stringify(json) };
}

function accepted({ id, chat, cardId, state }: Pick<Message, "id" | "chat" | "cardId" | "state">): MemoryAnswer {
  return { status: 201, body: JSON.stringify({ message: { id, queued: state === "queued" }, chat, card_id: cardId }) };
}
