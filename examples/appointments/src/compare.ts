import { allOf, changeLine, changes, lastAnswers, ownCards, requests, responses, type Journals } from "./journal-figures.js";
import type { StoryReport } from "./report.js";
import { INSTANCE_OF } from "./stage.js";

export interface Comparison {
  /** Every difference, in a sentence. Empty: the backend and the vendors say the same. */
  readonly problems: readonly string[];
  readonly lateRsvpCounted: boolean;
  /** The vendors' own figures. */
  readonly journal: Readonly<Record<string, number>>;
}

/** Holds what the backend believes against what the vendors did, figure by figure. Pure. */
export function compare(report: StoryReport, journals: Journals): Comparison {
  const cards = ownCards(journals);
  const answers = lastAnswers(journals);
  const readable = answers.filter(({ unreadable }) => !unreadable);
  const failed = allOf(journals).filter(({ act }) => act === "webhook.failed");
  const swap = late(report, journals);
  const afterMove = journals.zapi.filter(({ n, act, account }) => act === "request.received" && account === INSTANCE_OF["clinic-zapi"] && n > report.zapiJournalAtMove);
  const titles = new Map(report.sent.map(({ appointment, title }) => [appointment, title]));
  const titled = (appointment: string): string => titles.get(appointment) ?? `unknown appointment ${appointment}`;

  const edits = changes(journals, "event.edited");
  const cancellations = changes(journals, "event.canceled");
  const answered = responses(journals);
  const problems = [
    ...difference("card", report.sent.map((row) => `${row.provider}: "${row.title}" (${row.messageId})`), cards.map(({ vendor, shown, messageId }) => `${vendor}: "${shown?.title}" (${messageId})`)),
    ...difference("answer",
      report.rsvps.map((row) => `${row.provider}: "${titled(row.appointment)}" ${row.guest} ${row.response} +${row.extraGuests}`),
      readable.map((row) => `${row.vendor}: "${row.title}" ${row.guest} ${row.response} +${row.extraGuests}`)),
    ...difference("unreadable answer",
      report.unread.map((row) => `${row.provider}: "${titled(row.appointment)}" ${row.guest}`),
      answers.filter(({ unreadable }) => unreadable).map((row) => `${row.vendor}: "${row.title}" ${row.guest}`)),
    ...difference("edit", report.edited.map(changeLine), edits),
    ...difference("cancellation", report.canceled.map(changeLine), cancellations),
    ...difference("answer to a member's event", report.responded.map((id) => `${id} GOING`), answered),
    ...same("requests to send at WAHA", report.sent.filter(({ provider }) => provider === "waha").length, requests(journals.waha, "events")),
    ...same("requests to send at Z-API", report.sent.filter(({ provider }) => provider === "zapi").length, requests(journals.zapi, "send-event")),
    ...same("requests to edit or cancel at Z-API", report.edited.length + report.canceled.length, requests(journals.zapi, "send-edit-event")),
    ...same("requests to answer at Z-API", report.responded.length, requests(journals.zapi, "send-event-response")),
    ...same("requests for the clinic at Z-API after its move", 0, afterMove.length),
    ...same("webhooks that the backend refused", 0, failed.length),
  ];
  return {
    problems: [...problems, ...(swap ? [] : ["the late answer was not counted, or was not late"])],
    lateRsvpCounted: swap,
    journal: {
      cardsAtWaha: cards.filter(({ vendor }) => vendor === "waha").length,
      cardsAtZapi: cards.filter(({ vendor }) => vendor === "zapi").length,
      answersThatCount: readable.length, unreadable: answers.length - readable.length,
      edited: edits.length, canceled: cancellations.length, responded: answered.length,
      webhooksDelivered: allOf(journals).filter(({ act }) => act === "webhook.delivered").length, webhooksFailed: failed.length,
      requestsForTheMovedClinic: afterMove.length,
    },
  };
}

/** Did the guest answer at the old vendor after the new one had the tenant's first card, and does the backend know it? */
function late({ late: { appointment, guest }, rsvps, sent, swapped }: StoryReport, journals: Journals): boolean {
  const title = sent.find((row) => row.appointment === appointment)?.title;
  const instance = swapped.to === "choir-zapi" ? INSTANCE_OF["choir-zapi"] : undefined;
  const moved = ownCards(journals).find(({ account }) => account === instance);
  const answer = lastAnswers(journals).find((row) => row.vendor === "waha" && row.title === title && row.guest === guest);
  const isLate = moved !== undefined && answer !== undefined && answer.entry.at >= moved.at;
  return isLate && rsvps.some((row) => row.appointment === appointment && row.guest === guest && row.response === answer.response && row.provider === "waha");
}

/** Two lists as bags: what only one side has, and what one side has more often. */
export function difference(what: string, backend: readonly string[], vendor: readonly string[]): readonly string[] {
  const count = (lines: readonly string[], line: string) => lines.filter((other) => other === line).length;
  return [...new Set([...backend, ...vendor])].flatMap((line) => {
    const [ours, theirs] = [count(backend, line), count(vendor, line)];
    return ours === theirs ? [] : [`${what}: ${line}: the vendor has it ${theirs} times, the backend ${ours} times`];
  });
}

function same(what: string, expected: number, found: number): readonly string[] {
  return expected === found ? [] : [`${what}: ${found} instead of ${expected}`];
}
