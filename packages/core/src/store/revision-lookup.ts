import { compareInstants } from "../model/time.js";
import type { Answer, BookRecord } from "./book.js";
import type { SeenRevision } from "./rsvp-state.js";

export interface SeenAt {
  /** The revision that the guest had in front of them. */
  readonly revision: number;
  /** Does the newest revision name another start than that one did? */
  readonly isNewDate: boolean;
}
export type RevisionLookup = (answer: Answer) => SeenAt;

/** What the book's records say about who saw what: the calls that went out, or may have. */
export function revisionsOf(records: readonly BookRecord[]): readonly SeenRevision[] {
  return records.filter(({ state }) => state === "accepted" || state === "unknown")
    .map(({ recipient, revision, handle, begunAt }) => ({ recipient, revision, startsAt: handle.details.startsAt, since: begunAt }));
}

/**
 * The revision an answer was given to. An edit keeps the message's id, so an answer from before the edit that arrives after
 * it is filed under the new revision; the time of the answer says otherwise, and the earlier of the two holds. That makes
 * the result the same for every order of arrival.
 */
export function revisionLookup(revisions: readonly SeenRevision[]): RevisionLookup {
  const ascending = [...revisions].sort((a, b) => a.revision - b.revision);
  return ({ invitation, fact }) => {
    const own = ascending.filter(({ recipient }) => recipient === invitation.recipient);
    const newest = own.at(-1);
    if (newest === undefined) return { revision: invitation.revision, isNewDate: false };
    const seen = own.findLast(({ revision, since }) => revision <= invitation.revision && compareInstants(since, fact.at) <= 0) ?? own[0] ?? newest;
    return { revision: Math.min(seen.revision, invitation.revision), isNewDate: compareInstants(seen.startsAt, newest.startsAt) !== 0 };
  };
}
