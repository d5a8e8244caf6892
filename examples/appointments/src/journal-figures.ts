import type { JournalEntry } from "@event-messaging/simulator";

/** What a vendor says that it did. */
export interface Journals {
  readonly waha: readonly JournalEntry[];
  readonly zapi: readonly JournalEntry[];
}

/** One answer that counts, as the vendor knows it. */
interface JournalAnswer {
  readonly vendor: string;
  /** The title of the card that was answered. */
  readonly title: string;
  readonly guest: string;
  readonly response: string;
  readonly extraGuests: number;
  readonly unreadable: boolean;
  readonly entry: JournalEntry;
}

/** Cards that the accounts created themselves: members' cards say who made them. */
export function ownCards(journals: Journals): readonly JournalEntry[] {
  return allOf(journals).filter(({ act, by }) => act === "event.created" && by === undefined);
}

/** The last answer of each guest to each card. Nothing of the backend goes in here. */
export function lastAnswers(journals: Journals): readonly JournalAnswer[] {
  const cards = new Map(ownCards(journals).map((card) => [`${card.vendor} ${card.account} ${card.messageId}`, card]));
  const last = new Map<string, JournalAnswer>();
  for (const entry of allOf(journals)) {
    const card = cards.get(`${entry.vendor} ${entry.account} ${entry.target}`);
    if (entry.act !== "event.answered" || card === undefined || entry.by === undefined) continue;
    last.set(`${entry.vendor} ${entry.target} ${entry.by}`, {
      vendor: entry.vendor,
      title: card.shown?.title ?? "",
      guest: canonical(entry.by),
      response: entry.response ?? "",
      extraGuests: entry.extraGuests ?? 0,
      unreadable: entry.unreadable === true,
      entry,
    });
  }
  return [...last.values()];
}

/** What a card shows since its last change of this kind. */
export function changes(journals: Journals, act: "event.edited" | "event.canceled"): readonly string[] {
  const of = allOf(journals).filter((entry) => entry.act === act);
  return of.map(({ vendor, target, shown }) => changeLine({ provider: vendor, messageId: target ?? "", title: shown?.title ?? "", startsAt: shown?.startsAt ?? "", location: shown?.location ?? "" }));
}

export function changeLine(row: { readonly provider: string; readonly messageId: string; readonly title: string; readonly startsAt: string; readonly location: string }): string {
  return `${row.provider}: "${row.title}" (${row.messageId}) at ${new Date(row.startsAt).toISOString()}, ${row.location}`;
}

/** Events of members that an account answered by an API call. */
export function responses(journals: Journals): readonly string[] {
  return allOf(journals).flatMap(({ act, operation, target, response }) => (act === "event.responded" && operation === "send-event-response" ? [`${target} ${response}`] : []));
}

/** How many requests of a kind the vendor received. */
export function requests(entries: readonly JournalEntry[], operation: string): number {
  return entries.filter((entry) => entry.act === "request.received" && entry.operation === operation).length;
}

export function allOf({ waha, zapi }: Journals): readonly JournalEntry[] {
  return [...waha, ...zapi];
}

/** A person as the vendor spells it (`351…@c.us`, `351…`, `…@lid`) in the one spelling of the backend. */
function canonical(by: string): string {
  return by.endsWith("@lid") ? by : `+${by.replace(/@.*$/, "")}`;
}
