import type { Form } from "../model/handle.js";
import type { Fact } from "../model/inbound.js";
import type { Answer, BookRecord, InvitationBook } from "../store/book.js";
import { revisionsOf } from "../store/revision-lookup.js";
import { rsvpFold } from "../store/rsvp-fold.js";
import type { RsvpGuest, RsvpState } from "../store/rsvp-state.js";
import { knownPeople, type NewDate } from "./rsvps.js";

export type AnswerFact = Answer["fact"];

export function isAnswer(fact: Fact): fact is AnswerFact {
  return fact.type === "rsvp" || fact.type === "rsvp.unreadable" || fact.type === "rsvp.unrecognized";
}

export interface Filing {
  readonly book: InvitationBook;
  readonly record: BookRecord;
  readonly fact: AnswerFact;
  /** The form of the message that was answered. */
  readonly form: Form;
  /** It may have been filed by an earlier try. */
  readonly repeated: boolean;
  readonly newDate: NewDate;
}

/**
 * Files an answer and folds all of them: does it count now, and did it not before? On a repeated try it may have been filed
 * by the first, so then only standing counts.
 *
 * @returns the guest for whom it counts, when the handlers should hear of it.
 */
export async function fileAnswer({ book, record, fact, form, repeated, newDate }: Filing): Promise<RsvpGuest | undefined> {
  const { tenant, key, recipient, revision } = record;
  const answer: Answer = { invitation: { tenant, key, recipient, revision }, guest: fact.guest, form, fact };
  const known = await knownPeople(book, tenant, [...(await book.answers(tenant, key)), answer]);
  const fold = rsvpFold({ revisions: revisionsOf(await book.records(tenant, key, recipient)), newDate, known });
  const transition = await book.answer(answer, fold);
  if (fact.fromSelf) return undefined;
  const standing = ({ guests }: RsvpState) => guests.find((guest) => {
    const counted = fact.type === "rsvp" ? guest.answer : guest.pending;
    return counted?.source === fact.source && counted.edition === fact.edition;
  });
  if (repeated) return standing(fold((await book.answers(tenant, key)).filter(({ invitation }) => invitation.recipient === recipient)));
  // The same answer under another id of its guest changes who is known, not what was said.
  if (transition === undefined || (transition.before && standing(transition.before))) return undefined;
  return standing(transition.after);
}
