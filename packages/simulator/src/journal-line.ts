import type { JournalEntry, Shown } from "./journal.js";

/** One readable line about something the vendor did. */
export const lineOf = (entry: JournalEntry): string => {
  const { response, extraGuests, status, detail, operation } = entry;
  const words = [
    entry.at.slice(11, 23),
    entry.vendor,
    entry.account.length > 12 ? `${entry.account.slice(0, 8)}…` : entry.account,
    entry.act.padEnd(17),
    operation,
    status === undefined ? undefined : String(status),
    entry.by,
    response === undefined ? undefined : `${response}${extraGuests === undefined || extraGuests === 0 ? "" : ` +${extraGuests}`}`,
    entry.unreadable === true ? "(unreadable)" : undefined,
    shownLine(entry.shown),
    entry.chat === undefined ? undefined : `in ${entry.chat}`,
    entry.messageId,
    entry.target === undefined ? undefined : `→ ${entry.target}`,
    detail,
  ];
  return words.filter((word) => word !== undefined && word !== "").join(" ");
};

const shownLine = (shown: Shown | undefined): string | undefined => {
  if (shown === undefined) return undefined;
  const text = shown.title ?? shown.question ?? shown.text;
  if (text === undefined) return undefined;
  return [JSON.stringify(text), shown.startsAt, shown.location === undefined ? undefined : `at ${shown.location}`, shown.canceled === true ? "CANCELED" : undefined].filter((part) => part !== undefined).join(" ");
};
