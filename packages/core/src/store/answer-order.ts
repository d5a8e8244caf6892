import type { Guest } from "../model/guest.js";
import { toEpochMs } from "../model/time.js";
import type { Answer } from "./book.js";
import { canonicalJson } from "./canonical-json.js";
import { guestIds, isSameId } from "./guest-identity.js";

/**
 * The order of answers: by (at, guestAt, source), higher wins. `at` is the vendor's or WhatsApp's clock and comes first,
 * because a guest's phone that runs a day fast would otherwise pin its first answer. A missing `guestAt` counts as `at`.
 * Behind these stand edition, readability and finally the whole text, so two answers compare equal only when they are the
 * same, and the order is total: one result, however answers arrive.
 */
export function compareAnswers(a: Answer, b: Answer): number {
  return compareRanked(ranked(a), ranked(b));
}

/** Ascending by {@link compareAnswers}; reads every time once. */
export function sortedAnswers(answers: readonly Answer[]): readonly Answer[] {
  return answers.map(ranked).sort(compareRanked).map(({ answer }) => answer);
}

interface Ranked {
  readonly answer: Answer;
  readonly at: number;
  readonly guestAt: number;
}

function ranked(answer: Answer): Ranked {
  const at = ms(answer.fact.at);
  return { answer, at, guestAt: answer.fact.guestAt === undefined ? at : ms(answer.fact.guestAt) };
}

function compareRanked(a: Ranked, b: Ranked): number {
  const { fact: x } = a.answer;
  const { fact: y } = b.answer;
  if (a.answer === b.answer) return 0;
  return compare(a.at, b.at) || compare(a.guestAt, b.guestAt) || compare(x.source, y.source)
    || compare(x.edition ?? "", y.edition ?? "") || compare(readability(a.answer), readability(b.answer)) || compare(canonicalJson(a.answer), canonicalJson(b.answer));
}

/** What makes two receipts one fact to a store: type, message, edition and the guest's ids. Unique per (tenant, key, recipient). */
export function answerId({ fact, guest }: Answer): string {
  return JSON.stringify([fact.type, fact.source, fact.edition ?? null, [...guestIds(guest)].sort()]);
}

/** Answers that may be one fact: those of one message and edition. */
export function factId({ fact }: Answer): string {
  return JSON.stringify([fact.source, fact.edition ?? null]);
}

/** Can it be told what was answered? */
export function isReadable(answer: Answer): boolean {
  return answer.fact.type === "rsvp";
}

/**
 * Of two receipts of one fact, does `a` stand for both? The readable one does, whenever it came; between equals the higher.
 * The caller has checked that {@link factId} is equal.
 */
export function outranks(a: Answer, b: Answer): boolean {
  return (compare(readability(a), readability(b)) || compareAnswers(a, b)) > 0;
}

/**
 * Do two sightings show ids of the same kind that differ? Then a shared message id proves nothing: the sender chooses it,
 * and a member of a group could take another's.
 */
export function areStrangers(a: Guest, b: Guest): boolean {
  return (a.phone !== undefined && b.phone !== undefined && !isSameId(a.phone, b.phone)) || (a.lid !== undefined && b.lid !== undefined && a.lid !== b.lid);
}

function readability({ fact }: Answer): number {
  return fact.type === "rsvp" ? 2 : fact.type === "rsvp.unrecognized" ? 1 : 0;
}

/** A time that is none sorts first instead of making the order partial. */
function ms(instant: Parameters<typeof toEpochMs>[0]): number {
  return toEpochMs(instant) || 0;
}

function compare<T extends string | number>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
