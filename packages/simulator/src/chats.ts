import type { JournalEntry, Shown } from "./journal.js";

export interface ChatAnswer {
  readonly at: string;
  /** Who answered, in the vendor's spelling; absent for the account itself. */
  readonly by?: string;
  readonly response?: string;
  /** The labels chosen, when it is a vote. */
  readonly options?: readonly string[];
  readonly extraGuests?: number;
  readonly unreadable?: boolean;
}

export interface ChatMessage {
  readonly messageId: string;
  readonly at: string;
  readonly kind: "event" | "poll" | "text";
  /** Who sent it; absent for the account itself. */
  readonly by?: string;
  /** What a phone shows now. */
  readonly shown: Shown;
  /** What it showed before, oldest first. */
  readonly earlier: readonly Shown[];
  readonly canceled: boolean;
  readonly revoked: boolean;
  readonly delivered: boolean;
  /** Every answer in order of arrival; a guest's last one counts. */
  readonly answers: readonly ChatAnswer[];
}

export interface Chat {
  readonly account: string;
  readonly chat: string;
  readonly messages: readonly ChatMessage[];
}

type Draft = { -readonly [K in keyof ChatMessage]: ChatMessage[K] };

const CREATED: Partial<Record<JournalEntry["act"], ChatMessage["kind"]>> = {
  "event.created": "event",
  "poll.created": "poll",
  "text.sent": "text",
  "text.received": "text",
};

/** Every chat as its phones would show it, told from the journal alone: all that a phone-like page needs. */
export const chatsOf = (entries: readonly JournalEntry[]): readonly Chat[] => {
  const chats = new Map<string, { account: string; chat: string; messages: Draft[] }>();
  const messages = new Map<string, Draft>();
  for (const entry of entries) {
    const { account, chat, act, messageId, target } = entry;
    const kind = CREATED[act];
    const aimed = target === undefined ? undefined : messages.get(`${account}\n${target}`);
    if (kind !== undefined && aimed !== undefined && act.startsWith("text.") && entry.detail === "edit") change(aimed, entry.shown);
    else if (kind !== undefined && chat !== undefined && messageId !== undefined) {
      const key = `${account}\n${chat}`;
      const found = chats.get(key) ?? { account, chat, messages: [] };
      chats.set(key, found);
      const draft = draftOf(kind, messageId, entry);
      found.messages.push(draft);
      messages.set(`${account}\n${messageId}`, draft);
    } else apply(aimed ?? (messageId === undefined ? undefined : messages.get(`${account}\n${messageId}`)), entry);
  }
  return [...chats.values()];
};

const draftOf = (kind: ChatMessage["kind"], messageId: string, entry: JournalEntry): Draft => ({
  messageId,
  at: entry.at,
  kind,
  ...(entry.by === undefined ? {} : { by: entry.by }),
  shown: entry.shown ?? {},
  earlier: [],
  canceled: entry.shown?.canceled === true,
  revoked: false,
  delivered: false,
  answers: [],
});

const change = (message: Draft, shown: Shown | undefined): void => {
  message.earlier = [...message.earlier, message.shown];
  message.shown = shown ?? message.shown;
};

const apply = (message: Draft | undefined, entry: JournalEntry): void => {
  if (message === undefined) return;
  if (entry.act === "event.edited") change(message, entry.shown);
  else if (entry.act === "event.canceled") {
    if (entry.shown !== undefined) change(message, entry.shown);
    message.canceled = true;
  } else if (entry.act === "message.revoked") message.revoked = true;
  else if (entry.act === "message.delivered") message.delivered = true;
  else if (entry.act === "event.answered" || entry.act === "event.responded" || entry.act === "poll.voted") message.answers = [...message.answers, answerOf(entry)];
};

const answerOf = (entry: JournalEntry): ChatAnswer => ({
  at: entry.at,
  ...(entry.by === undefined ? {} : { by: entry.by }),
  ...(entry.response === undefined ? {} : { response: entry.response }),
  ...(entry.act === "poll.voted" ? { options: entry.shown?.options ?? [] } : {}),
  ...(entry.extraGuests === undefined ? {} : { extraGuests: entry.extraGuests }),
  ...(entry.unreadable === undefined ? {} : { unreadable: entry.unreadable }),
});
