import { ControlError } from "./control-error.js";
import { objectIn, optional, stringIn } from "./control-input.js";
import type { JsonObject } from "./json.js";

/** A person in a chat. `phone` is digits with country code, `lid` the digits of the hidden id. */
export interface SimGuest {
  readonly phone: string;
  readonly lid?: string;
  readonly name?: string;
}

/** What a guest does with a card: an RSVP (`response`), a poll vote (`vote`) or a text that quotes it (`text`). A step holds one of the three. */
export interface GuestStep {
  readonly guest: SimGuest;
  /** The vendor's words are GOING, NOT_GOING, MAYBE and, at WAHA, UNKNOWN; any other string is passed on as it is. */
  readonly response?: string;
  /** Labels chosen; an empty list takes the vote back. A label that the poll does not have matches nothing, as on a phone. */
  readonly vote?: readonly string[];
  readonly text?: string;
  readonly extraGuests?: number;
  /** Which of the guest's two identities the vendor shows. Default: the vendor's switch. */
  readonly as?: "phone" | "lid";
  /** Vendor-true milliseconds after the card arrived, scaled by the clock factor. */
  readonly afterMs?: number;
  /** The account receives the answer but cannot decrypt it. */
  readonly undecryptable?: boolean;
  /** After an undecryptable answer, the same answer again, readable. */
  readonly thenReadable?: boolean;
  /** The vendor reports the same answer twice. */
  readonly twice?: boolean;
  /** The guest's device clock, Unix milliseconds. Default: now, and always later than the guest's answer before. */
  readonly timestampMs?: number;
}

/** Steps that run, in order, for every card created in one chat of one account: `response` steps for events, `vote` for polls, `text` for texts. */
export interface GuestScript {
  readonly account: string;
  /** In any spelling of the vendor. */
  readonly chat: string;
  readonly steps: readonly GuestStep[];
}

/** A guest acts now. */
export interface Answer extends GuestStep {
  readonly account: string;
  readonly chat: string;
  /** Bare id of the card. Default: the newest card in the chat that fits. */
  readonly target?: string;
  /** The account's owner acts on his own phone; `guest` is then ignored. */
  readonly own?: boolean;
  /** The guest's phone reports 2 (delivered), 3 (read) or -1 (failed) for the target. */
  readonly ack?: number;
  /** With `text`: the guest corrects his earlier message of this bare id. */
  readonly editOf?: string;
  /** The guest deletes his earlier message of this bare id. */
  readonly revokeOf?: string;
  /** With `text`: sent without quoting the target. */
  readonly unquoted?: boolean;
  /** Whoever created the target, an event, changes or cancels it on his phone: a guest his own event, with `own` the account's owner one of the account's. */
  readonly change?: EventChange;
  /** The guest's phone shows this in the chat: `typing`, `recording`, `paused`, `online`, `offline`. */
  readonly presence?: string;
}

/** What is changed of an event; the rest stays. Times are Unix milliseconds. */
export interface EventChange {
  readonly title?: string;
  readonly startsAtMs?: number;
  readonly location?: string;
  readonly description?: string;
  readonly canceled?: boolean;
}

/** A member of a chat creates a poll of his own. */
export interface MemberPoll {
  readonly account: string;
  readonly chat: string;
  readonly guest: SimGuest;
  readonly question: string;
  readonly options: readonly string[];
  readonly severalAnswers?: boolean;
  readonly as?: "phone" | "lid";
}

/** A member of a chat creates an event of his own. Times are Unix milliseconds. */
export interface MemberEvent {
  readonly account: string;
  readonly chat: string;
  readonly guest: SimGuest;
  readonly title: string;
  readonly startsAtMs: number;
  readonly endsAtMs?: number;
  readonly location?: string;
  readonly description?: string;
  readonly as?: "phone" | "lid";
}

/** Scripts by account and chat. `spelling` brings a chat into one form. */
export class Guests {
  readonly #scripts = new Map<string, readonly GuestStep[]>();
  readonly #met = new Map<string, Map<string, SimGuest>>();

  constructor(private readonly spelling: (chat: string) => string) {}

  script(script: GuestScript): void {
    this.#scripts.set(this.#key(script.account, script.chat), script.steps);
  }

  stepsFor(account: string, chat: string): readonly GuestStep[] {
    return this.#scripts.get(this.#key(account, chat)) ?? [];
  }

  /** Everybody who has a step in the chat, once. */
  membersOf(account: string, chat: string): readonly SimGuest[] {
    const byPhone = new Map(this.stepsFor(account, chat).map(({ guest }) => [guest.phone, guest]));
    return [...byPhone.values()];
  }

  /** Somebody who is not in a script acts in the chat. */
  meet(account: string, chat: string, guest: SimGuest): void {
    const key = this.#key(account, chat);
    const known = this.#met.get(key) ?? new Map<string, SimGuest>();
    known.set(guest.phone, { ...known.get(guest.phone), ...guest });
    this.#met.set(key, known);
  }

  /** Everybody who has a step in the chat or has acted there, once. */
  peopleOf(account: string, chat: string): readonly SimGuest[] {
    const people = new Map<string, SimGuest>();
    for (const guest of [...this.membersOf(account, chat), ...(this.#met.get(this.#key(account, chat))?.values() ?? [])]) {
      people.set(guest.phone, { ...people.get(guest.phone), ...guest });
    }
    return [...people.values()];
  }

  #key(account: string, chat: string): string {
    return `${account}\n${this.spelling(chat)}`;
  }
}

export const parseScript = (body: unknown): GuestScript => {
  const script = objectIn(body, "script");
  if (!Array.isArray(script["steps"])) throw new ControlError("steps: a list is needed");
  return { account: stringIn(script, "account"), chat: stringIn(script, "chat"), steps: script["steps"].map((step) => parseStep(objectIn(step, "step"))) };
};

export const parseAnswer = (body: unknown): Answer => {
  const answer = objectIn(body, "answer");
  const own = answer["own"] === true;
  return {
    ...parseStep(own && answer["guest"] === undefined ? { ...answer, guest: { phone: "0" } } : answer),
    account: stringIn(answer, "account"),
    chat: stringIn(answer, "chat"),
    own,
    ...optional(answer, "target", "string"),
    ...optional(answer, "ack", "number"),
    ...optional(answer, "editOf", "string"),
    ...optional(answer, "revokeOf", "string"),
    ...optional(answer, "unquoted", "boolean"),
    ...optional(answer, "presence", "string"),
    ...(answer["change"] === undefined ? {} : { change: parseChange(objectIn(answer["change"], "change")) }),
  };
};

const parseChange = (change: JsonObject): EventChange => ({
  ...optional(change, "title", "string"),
  ...optional(change, "startsAtMs", "number"),
  ...optional(change, "location", "string"),
  ...optional(change, "description", "string"),
  ...optional(change, "canceled", "boolean"),
});

export const parseMemberPoll = (body: unknown): MemberPoll => {
  const poll = objectIn(body, "poll");
  const { options } = poll;
  if (!Array.isArray(options) || options.length === 0) throw new ControlError("options: a list of labels is needed");
  return { account: stringIn(poll, "account"), chat: stringIn(poll, "chat"), guest: parseGuest(poll["guest"]), question: stringIn(poll, "question"), options: options.map(String), ...optional(poll, "severalAnswers", "boolean"), ...as(poll) };
};

export const parseMemberEvent = (body: unknown): MemberEvent => {
  const event = objectIn(body, "event");
  const startsAtMs = event["startsAtMs"];
  if (typeof startsAtMs !== "number") throw new ControlError("startsAtMs: a number is needed");
  return {
    account: stringIn(event, "account"),
    chat: stringIn(event, "chat"),
    guest: parseGuest(event["guest"]),
    title: stringIn(event, "title"),
    startsAtMs,
    ...optional(event, "endsAtMs", "number"),
    ...optional(event, "location", "string"),
    ...optional(event, "description", "string"),
    ...as(event),
  };
};

const parseStep = (step: JsonObject): GuestStep => {
  const vote = step["vote"];
  return {
    guest: parseGuest(step["guest"]),
    ...optional(step, "response", "string"),
    ...(Array.isArray(vote) ? { vote: vote.map(String) } : {}),
    ...optional(step, "text", "string"),
    ...optional(step, "extraGuests", "number"),
    ...as(step),
    ...optional(step, "afterMs", "number"),
    ...optional(step, "undecryptable", "boolean"),
    ...optional(step, "thenReadable", "boolean"),
    ...optional(step, "twice", "boolean"),
    ...optional(step, "timestampMs", "number"),
  };
};

const parseGuest = (value: unknown): SimGuest => {
  const guest = objectIn(value, "guest");
  return { phone: stringIn(guest, "phone"), ...optional(guest, "lid", "string"), ...optional(guest, "name", "string") };
};

const as = (from: JsonObject): { readonly as?: "phone" | "lid" } => {
  const value = from["as"];
  if (value === undefined) return {};
  if (value !== "phone" && value !== "lid") throw new ControlError('as: "phone" or "lid"');
  return { as: value };
};
