import { invalidArgument } from "../error/invalid.js";
import type { Guest } from "../model/guest.js";
import type { TenantId } from "../model/ids.js";
import { isLid, isPhone } from "../model/recipient.js";
import type { Answer, InvitationBook } from "../store/book.js";
import { guestIds, personOf, type Person } from "../store/guest-identity.js";
import { idsOf } from "../store/rsvp-fold.js";
import { headCount, history, rsvpsOf, unanswered, type HeadCount, type Unanswered } from "../store/rsvp-queries.js";
import type { RsvpGuest } from "../store/rsvp-state.js";

/** How one appointment stands. Plain JSON. */
export interface AppointmentAnswers {
  readonly key: string;
  /** Everybody who answered, in the order of their ids: what counts, and what came after it and could not be read. */
  readonly guests: readonly RsvpGuest[];
  /** Guests by what counts, with whom they bring. */
  readonly counts: HeadCount;
  /** Whom was invited directly and has no answer that counts, and why. Members of groups are not known here. */
  readonly unanswered: readonly Unanswered[];
}

/** What a new start does to the answers to the earlier one: see `RsvpFoldOptions.newDate`. */
export type NewDate = "mark" | "keep";

/** The people whom the answers belong to, as far as the tenant has met them elsewhere. */
export async function knownPeople(book: InvitationBook, tenant: TenantId, answers: readonly Answer[]): Promise<readonly Person[]> {
  const ids = [...new Set(answers.flatMap(idsOf))];
  return ids.length === 0 ? [] : book.people(tenant, ids);
}

/** A number and a LID that came together are one person's, for every appointment of the tenant. One id alone teaches nothing. */
export async function meetGuest(book: InvitationBook, tenant: TenantId, guest: Guest): Promise<void> {
  const ids = guestIds(guest);
  const person = ids.length > 1 ? personOf(ids) : undefined;
  if (person) await book.meet(tenant, person);
}

/** Everybody's standing for one appointment, from the book. */
export async function answersTo(book: InvitationBook, tenant: TenantId, key: string, newDate: NewDate): Promise<AppointmentAnswers> {
  const [records, answers] = [await book.records(tenant, key), await book.answers(tenant, key)];
  const options = { newDate, known: await knownPeople(book, tenant, answers) };
  const state = rsvpsOf(records, answers, options);
  return { key, guests: state.guests, counts: headCount(state), unanswered: unanswered(records, answers, options) };
}

/** All that came in for one appointment, oldest first; of everybody or of one guest. */
export async function historyOf(book: InvitationBook, tenant: TenantId, key: string, who?: string | Guest): Promise<readonly Answer[]> {
  const answers = await book.answers(tenant, key);
  if (who === undefined) return history(answers);
  const ids = guestIds(typeof who === "string" ? guestNamed(who) : who);
  const known = await book.people(tenant, [...new Set([...ids, ...answers.flatMap(idsOf)])]);
  return history(answers, personOf(ids) ?? { key: "", ids: [] }, known);
}

function guestNamed(text: string): Guest {
  if (isPhone(text)) return { phone: text };
  if (isLid(text)) return { lid: text };
  throw invalidArgument("The history cannot be read", [{ path: "guest", message: 'must be "+<E.164>", "<id>@lid" or a guest' }]);
}
