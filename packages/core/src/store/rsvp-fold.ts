import type { Guest } from "../model/guest.js";
import { audienceOf } from "../model/recipient.js";
import type { Answer } from "./book.js";
import { areStrangers, factId, isReadable, outranks, sortedAnswers } from "./answer-order.js";
import { grouped } from "./grouped.js";
import { guestIds, mergePeople, personOf, type Person } from "./guest-identity.js";
import { revisionLookup, type RevisionLookup } from "./revision-lookup.js";
import type { CurrentAnswer, PendingAnswer, RsvpGuest, RsvpState, SeenRevision } from "./rsvp-state.js";

export interface RsvpFoldOptions {
  /** What the invitation said and when (`revisionsOf(records)`). Without it an answer counts for the revision that it was filed under, and none is stale. */
  readonly revisions?: readonly SeenRevision[];
  /** What a new start does to earlier answers: `mark` them stale, or `keep` them as WhatsApp does. `mark` unless given. */
  readonly newDate?: "mark" | "keep";
  /** Ids known from elsewhere in the same tenant to be one person (`book.people`): a LID with its phone. They join guests and add none. */
  readonly known?: readonly (Guest | Person)[];
}

/**
 * The RSVP rules as one pure function: all answers to one key in, everybody's standing out. One result for every order and
 * multiplicity of the same answers.
 *
 * - Per person the highest answer wins by `compareAnswers`; `CLEARED` is an answer too. Late older ones are history.
 * - Several receipts of one message are one fact: the readable one stands for it, whenever it came.
 * - What cannot be read never replaces an answer. If it is newer, it stands beside it as `pending`.
 * - The account's own answers (`fromSelf`) are no guest's.
 * - A direct chat has one guest: whatever id answers there is the recipient's.
 *
 * @throws TypeError when the answers belong to more than one tenant or key: guests of two are never merged.
 */
export function rsvpFold(options: RsvpFoldOptions = {}): (all: readonly Answer[]) => RsvpState {
  const lookup = revisionLookup(options.revisions ?? []);
  const known = (options.known ?? []).map((one) => personOf("ids" in one ? one.ids : guestIds(one))).filter((person) => person !== undefined);
  return (all) => {
    refuseStrangers(all);
    const answers = sortedAnswers(all.filter(({ fact }) => fact.fromSelf !== true));
    const people = peopleById(answers, known);
    const standing = firstHand(answers, people);
    const guests = [...grouped(answers, (answer) => whose(answer, people))].map(([person, list]) =>
      (person ? guestOf(person, list, standing, lookup, options.newDate ?? "mark") : undefined));
    return { guests: guests.filter((guest) => guest !== undefined).sort((a, b) => (a.key < b.key ? -1 : 1)) };
  };
}

function refuseStrangers([first, ...rest]: readonly Answer[]): void {
  if (first && rest.some(({ invitation }) => invitation.tenant !== first.invitation.tenant || invitation.key !== first.invitation.key)) {
    throw new TypeError("rsvpFold: the answers belong to more than one tenant or key; fold those of one at a time");
  }
}

/**
 * The ids of whoever gave an answer: what the message showed, and in a direct chat the recipient, who is the only other
 * person there. A guest without any id stands for themself: the message is all that tells them apart.
 */
export function idsOf({ guest, invitation, fact }: Answer): readonly string[] {
  const isTheirs = fact.fromSelf !== true && audienceOf(invitation.recipient) === "direct";
  const ids = [...guestIds(guest), ...(isTheirs ? [invitation.recipient] : [])];
  return ids.length > 0 ? ids : [`?${fact.source}`];
}

function peopleById(answers: readonly Answer[], known: readonly Person[]): ReadonlyMap<string, Person> {
  const people = mergePeople(answers.map((answer) => personOf(idsOf(answer))).filter((person) => person !== undefined), known);
  return new Map(people.flatMap((person) => person.ids.map((id) => [id, person])));
}

function whose(answer: Answer, people: ReadonlyMap<string, Person>): Person | undefined {
  const [id] = idsOf(answer);
  return id === undefined ? undefined : people.get(id);
}

/** The answers that no other receipt of the same fact stands for. */
function firstHand(answers: readonly Answer[], people: ReadonlyMap<string, Person>): ReadonlySet<Answer> {
  const isBehind = (answer: Answer, receipts: readonly Answer[]) => receipts.some((other) =>
    outranks(other, answer) && (whose(other, people) === whose(answer, people) || !areStrangers(other.guest, answer.guest)));
  return new Set([...grouped(answers, factId).values()].flatMap((receipts) => receipts.filter((answer) => !isBehind(answer, receipts))));
}

/** `list` is ascending. A person all of whose receipts are another's is no guest. */
function guestOf({ key, ids }: Person, list: readonly Answer[], standing: ReadonlySet<Answer>, lookup: RevisionLookup, newDate: "mark" | "keep"): RsvpGuest | undefined {
  const counted = list.filter((answer) => standing.has(answer));
  if (counted.length === 0) return undefined;
  const current = counted.findLast(isReadable);
  const newest = counted.at(-1);
  const phone = list.findLast(({ guest }) => guest.phone !== undefined)?.guest.phone;
  const lid = list.findLast(({ guest }) => guest.lid !== undefined)?.guest.lid;
  const name = list.findLast(({ guest }) => guest.name !== undefined)?.guest.name;
  const answer = current && answerOf(current, lookup, newDate);
  const pending = newest && pendingOf(newest, lookup);
  return {
    key,
    ids,
    guest: { ...(phone !== undefined && { phone }), ...(lid !== undefined && { lid }), ...(name !== undefined && { name }) },
    ...(answer && { answer }),
    ...(pending && { pending }),
  };
}

function answerOf(answer: Answer, lookup: RevisionLookup, newDate: "mark" | "keep"): CurrentAnswer | undefined {
  const { fact, form } = answer;
  if (fact.type !== "rsvp") return undefined;
  const { revision, isNewDate } = lookup(answer);
  const { response, extraGuests = 0, at, source, edition } = fact;
  return {
    response, extraGuests: Number.isSafeInteger(extraGuests) && extraGuests > 0 ? extraGuests : 0, at, source, ...(edition !== undefined && { edition }), revision, form,
    ...(isNewDate && newDate === "mark" && { stale: true as const }),
  };
}

function pendingOf(answer: Answer, lookup: RevisionLookup): PendingAnswer | undefined {
  const { fact } = answer;
  if (fact.type === "rsvp") return undefined;
  const { at, source, edition } = fact;
  const head = { at, source, ...(edition !== undefined && { edition }), revision: lookup(answer).revision };
  return fact.type === "rsvp.unreadable" ? { kind: "unreadable", ...head } : { kind: "unrecognized", ...head, raw: fact.raw };
}
