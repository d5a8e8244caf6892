import type { Guest } from "../model/guest.js";
import { audienceOf, type Recipient } from "../model/recipient.js";
import type { Answer, BookRecord } from "./book.js";
import { newestFirst } from "./book-rules.js";
import { sortedAnswers } from "./answer-order.js";
import { guestIds, isSameId, mergePeople, personOf, type Person } from "./guest-identity.js";
import { grouped } from "./grouped.js";
import { revisionsOf } from "./revision-lookup.js";
import { idsOf, rsvpFold, type RsvpFoldOptions } from "./rsvp-fold.js";
import type { RsvpGuest, RsvpState } from "./rsvp-state.js";

/** How the queries read answers: as the fold, with the revisions taken from the records. */
export type RsvpQueryOptions = Omit<RsvpFoldOptions, "revisions">;

/**
 * Everybody's standing for one appointment: all answers to one (tenant, key), to whatever chat its invitations went. A person
 * who was invited in a group and directly is one guest, with their newest answer.
 *
 * @param records `book.records(tenant, key)`
 * @param answers `book.answers(tenant, key)`
 * @throws TypeError when the answers belong to more than one tenant or key.
 */
export function rsvpsOf(records: readonly BookRecord[], answers: readonly Answer[], options: RsvpQueryOptions = {}): RsvpState {
  return rsvpFold({ ...options, revisions: revisionsOf(records) })(answers);
}

/** The same, chat by chat: one entry for each recipient of an invitation, answered or not. */
export function rsvpsByRecipient(records: readonly BookRecord[], answers: readonly Answer[], options: RsvpQueryOptions = {}): ReadonlyMap<Recipient, RsvpState> {
  const fold = rsvpFold({ ...options, revisions: revisionsOf(records) });
  const recipients = new Set([...records, ...answers.map(({ invitation }) => invitation)].map(({ recipient }) => recipient));
  return new Map([...recipients].sort().map((recipient) => [recipient, fold(answers.filter(({ invitation }) => invitation.recipient === recipient))]));
}

/** Guests by what they answered last. Every guest is in exactly one of the first five figures. */
export interface HeadCount {
  readonly going: number;
  readonly notGoing: number;
  readonly maybe: number;
  readonly cleared: number;
  /** Answered, and nothing of theirs could be read yet. */
  readonly unread: number;
  /** Whom the `going` bring. */
  readonly extraGuests: number;
  /** People to expect: `going` with their extra guests. The account itself, which WhatsApp shows as going to its own events, is not among them. */
  readonly expected: number;
  /** Of those counted above: consents to another date. */
  readonly stale: number;
  /** Of those counted above: a newer answer of theirs cannot be read. */
  readonly doubtful: number;
}

export function headCount({ guests }: RsvpState): HeadCount {
  const answers = guests.map(({ answer }) => answer).filter((answer) => answer !== undefined);
  const count = (response: string) => answers.filter((answer) => answer.response === response).length;
  const going = count("GOING");
  const extraGuests = answers.reduce((sum, answer) => sum + (answer.response === "GOING" ? answer.extraGuests : 0), 0);
  return {
    going, notGoing: count("NOT_GOING"), maybe: count("MAYBE"), cleared: count("CLEARED"), unread: guests.length - answers.length,
    extraGuests, expected: going + extraGuests,
    stale: answers.filter(({ stale }) => stale === true).length,
    doubtful: guests.filter(({ answer, pending }) => answer !== undefined && pending !== undefined).length,
  };
}

/** Why somebody who was invited directly counts as not having answered. `unread`: they did, and nobody can read it. */
export interface Unanswered {
  readonly recipient: Recipient;
  readonly why: "silent" | "cleared" | "unread" | "stale";
}

/**
 * Who was invited directly and has no answer that counts. Groups are left out, because nobody knows here who is in one;
 * so are invitations that did not go out, that are cancelled, or that somebody else created.
 */
export function unanswered(records: readonly BookRecord[], answers: readonly Answer[], options: RsvpQueryOptions = {}): readonly Unanswered[] {
  const state = rsvpsOf(records, answers, options);
  const direct = records.filter((record) => wentOut(record) && audienceOf(record.recipient) === "direct");
  const invited = [...grouped(direct, ({ recipient }) => recipient)].filter(([, calls]) => isStanding(calls)).map(([recipient]) => recipient);
  return invited.sort().flatMap((recipient) => {
    const why = reason(guestBy(recipient, state));
    return why === undefined ? [] : [{ recipient, why }];
  });
}

/** The guest whom an id belongs to, by any of their ids or a Brazilian variant of one. */
function guestBy(id: string, { guests }: RsvpState): RsvpGuest | undefined {
  return guests.find(({ ids }) => ids.some((other) => isSameId(other, id)));
}

function reason(guest: RsvpGuest | undefined): Unanswered["why"] | undefined {
  if (guest === undefined) return "silent";
  if (guest.answer === undefined) return "unread";
  if (guest.answer.response === "CLEARED") return "cleared";
  return guest.answer.stale === true ? "stale" : undefined;
}

/**
 * All that came in, oldest first by the order of answers: of everybody, or of one guest by any of their ids. Superseded
 * receipts are in it, and without `guest` the account's own answers too. `known` people join ids as they do in the fold.
 */
export function history(answers: readonly Answer[], guest?: Guest | Person, known: readonly Person[] = []): readonly Answer[] {
  const sorted = sortedAnswers(answers);
  if (guest === undefined) return sorted;
  const theirs = sorted.filter(({ fact }) => fact.fromSelf !== true);
  const asked = "ids" in guest ? guest.ids : guestIds(guest);
  const people = mergePeople([personOf(asked), ...theirs.map((answer) => personOf(idsOf(answer)))].filter((person) => person !== undefined), known);
  const wanted = people.find(({ ids }) => asked.some((id) => ids.includes(id)))?.ids ?? [];
  return theirs.filter((answer) => idsOf(answer).some((id) => wanted.includes(id)));
}

function wentOut({ state }: BookRecord): boolean {
  return state === "accepted" || state === "unknown";
}

function isStanding(calls: readonly BookRecord[]): boolean {
  const [newest] = [...calls].sort(newestFirst);
  return newest !== undefined && newest.handle.canceled !== true && newest.handle.createdBy === "self";
}
