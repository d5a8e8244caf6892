/** The chats behind Acme: what was issued, changed and answered. Knows nothing of HTTP, faults and signatures. */
export interface Line {
  readonly name: string;
  readonly key: string;
  readonly self: { readonly tel: string; readonly anon: string };
  /** Of `ballots`, `changes`, `venues`. */
  readonly plan: readonly string[];
  /** What is issued is kept for a while before it leaves. */
  readonly parks: boolean;
  state: "up" | "down";
  /** Where deliveries go. */
  hook: string;
}

/** What a phone shows of a card, times as it understands them. */
export interface Face {
  readonly heading: string;
  readonly body?: string;
  readonly venue?: string;
  readonly begins: string;
  readonly until?: string;
  readonly dial?: string;
  readonly companions: boolean;
}

/** Something that Acme did because a line asked for it. A call that was refused or never read is none. */
export interface Deed {
  readonly line: string;
  readonly did: string;
  readonly stanza: string;
  readonly chat: string;
  /** Of a change or a reply: the card. */
  readonly about?: string;
  readonly face?: Face;
  readonly struck?: boolean;
  readonly word?: string;
  readonly text?: string;
  readonly choices?: readonly string[];
  readonly quoting?: string;
}

export interface Somebody {
  readonly tel?: string;
  readonly anon?: string;
  readonly shows?: string;
}

export interface Message {
  readonly stanza: string;
  readonly line: string;
  readonly chat: string;
  readonly no: number;
  readonly mine: boolean;
  readonly atMs: number;
  card?: Wire;
  struck: boolean;
  readonly choices?: unknown;
}

export type Wire = Readonly<Record<string, unknown>>;
export type Answer = { readonly done: true; readonly result: object } | { readonly done: false; readonly fault: { readonly no: number } };

const fault = (no: number): Answer => ({ done: false, fault: { no } });
const text = (value: unknown) => (typeof value === "string" ? value : "");

export class World {
  readonly deeds: Deed[] = [];
  readonly lines = new Map<string, Line>();
  readonly messages = new Map<string, Message>();
  #ids = 0;

  constructor(readonly people: readonly Somebody[], readonly nowMs: () => number) {}

  nextStanza(): string {
    this.#ids += 1;
    return `wa.3EB0${String(this.#ids).padStart(6, "0")}ACE5`;
  }

  add(line: string, chat: string, mine: boolean, more: Pick<Message, "card" | "choices"> = {}): Message {
    const message: Message = { stanza: this.nextStanza(), line, chat, mine, no: this.messages.size + 1, atMs: this.nowMs(), struck: false, ...more };
    this.messages.set(message.stanza, message);
    return message;
  }

  /** Does what is asked and writes it down, or refuses and does nothing. */
  perform(call: string, line: Line, args: Wire): Answer {
    const { state, self, plan } = line;
    if (call === "line.describe") return { done: true, result: { state, self, plan, edition: "2.4" } };
    if (call === "people.lookup") return { done: true, result: { reachable: true, person: this.#person(text(args.who)) } };
    if (call === "ledger.search") return this.#search(line, args);
    if (state === "down") return fault(4090);
    const chat = text(args.chat);
    if (!/^(?:tel|anon|room)\.[0-9-]+$/.test(chat)) return fault(4220);
    switch (call) {
      case "card.issue": return this.#issueCard(line, chat, args);
      case "card.revise":
      case "card.strike": return this.#change(line, call, args);
      case "card.reply": return this.#reply(line, args);
      case "ballot.issue": return this.#issueBallot(line, chat, args);
      case "note.issue": return args.text === "" ? fault(4220) : this.#issued(line, this.add(line.name, chat, true), { did: call, text: text(args.text), ...quoting(args) });
      default: return fault(4220);
    }
  }

  #issueCard(line: Line, chat: string, args: Wire): Answer {
    const face = faceOf(args.card, line);
    if (face === undefined) return fault(4220);
    return this.#issued(line, this.add(line.name, chat, true, { card: record(args.card) }), { did: "card.issue", face, ...quoting(args) });
  }

  #issueBallot(line: Line, chat: string, args: Wire): Answer {
    const choices = Array.isArray(args.choices) ? args.choices.map((choice: unknown) => text(record(choice).label)) : [];
    if (!line.plan.includes("ballots")) return fault(4030);
    if (choices.length < 2 || text(args.question) === "") return fault(4220);
    return this.#issued(line, this.add(line.name, chat, true, { choices: args.choices }), { did: "ballot.issue", text: text(args.question), choices });
  }

  #change(line: Line, did: "card.revise" | "card.strike", args: Wire): Answer {
    const message = this.#own(line, args);
    const face = faceOf(args.card, line);
    if (!line.plan.includes("changes")) return fault(4030);
    if (message === undefined || !message.mine || message.card === undefined) return fault(4040);
    if (face === undefined || message.struck) return fault(4220);
    message.card = record(args.card);
    message.struck = did === "card.strike";
    return this.#issued(line, { ...message, stanza: this.nextStanza() }, { did, face, about: message.stanza, struck: message.struck });
  }

  #reply(line: Line, args: Wire): Answer {
    const message = this.#own(line, args);
    const word = text(args.word);
    if (message?.card === undefined) return fault(4040);
    if (message.mine || !["in", "out", "perhaps"].includes(word)) return fault(4220);
    return this.#issued(line, { ...message, stanza: this.nextStanza() }, { did: "card.reply", about: message.stanza, word });
  }

  #search(line: Line, args: Wire): Answer {
    const since = typeof args.since === "number" ? args.since * 1000 : 0;
    const rows = [...this.messages.values()].filter((message) => message.line === line.name && message.mine && message.chat === args.chat && message.atMs >= since
      && message.card?.heading === args.heading && message.card?.begins === args.begins);
    return { done: true, result: { rows: rows.map(({ stanza, no, chat }) => ({ stanza, card: no, chat })) } };
  }

  #person(who: string): Somebody {
    const [kind, id = ""] = who.split(".");
    return this.people.find(({ tel, anon }) => (kind === "tel" ? tel === id : anon === id)) ?? (kind === "tel" ? { tel: id } : { anon: id });
  }

  /** Another line's stanza is unknown to a line. */
  #own(line: Line, args: Wire): Message | undefined {
    const message = this.messages.get(text(args.stanza));
    return message?.line === line.name ? message : undefined;
  }

  #issued(line: Line, { stanza, chat, no }: Pick<Message, "stanza" | "chat" | "no">, deed: Omit<Deed, "line" | "stanza" | "chat">): Answer {
    this.deeds.push({ line: line.name, stanza, chat, ...deed });
    return { done: true, result: { stanza, card: no, chat, parked: line.parks } };
  }
}

export function record(value: unknown): Wire {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value)) : {};
}

/** A card as phones show it; `undefined` when Acme would refuse it. */
function faceOf(value: unknown, { plan }: Line): Face | undefined {
  const { heading, body, venue, begins, lasts, dial, companions } = record(value);
  const beginsMs = typeof begins === "string" && /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} \+0000$/.test(begins) ? Date.parse(begins) : Number.NaN;
  if (typeof heading !== "string" || heading === "" || Number.isNaN(beginsMs) || (venue !== undefined && !plan.includes("venues"))) return undefined;
  return {
    heading, begins: new Date(beginsMs).toISOString(), companions: companions === 1,
    ...(typeof body === "string" && { body }), ...(typeof venue === "string" && { venue }), ...(typeof dial === "string" && { dial }),
    ...(typeof lasts === "number" && { until: new Date(beginsMs + lasts * 1000).toISOString() }),
  };
}

function quoting(args: Wire): Pick<Deed, "quoting"> {
  return typeof args.quoting === "string" ? { quoting: args.quoting } : {};
}
