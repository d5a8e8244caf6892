import type { Guest, RsvpResponse, Sighting } from "@event-messaging/core";

/** One cell of the table appointment × guest. */
export interface GuestAnswer {
  readonly appointment: string;
  readonly guest: Guest;
  readonly response: RsvpResponse;
  readonly extraGuests: number;
  /** The vendor that the answer came through. */
  readonly provider: string;
}

/** A guest who answered, with an answer that nobody can read: somebody should ask again. */
export type UnreadAnswer = Pick<GuestAnswer, "appointment" | "guest" | "provider">;

/**
 * The part of a backend that knows appointments and guests, and nothing of vendors. A real one would keep this in its
 * database. Every method may be called again with the same values: messages about answers arrive at least once.
 */
export class Appointments {
  #answers: readonly GuestAnswer[] = [];
  #unread: readonly UnreadAnswer[] = [];
  #memberEvents: readonly Sighting[] = [];

  /** A guest's answer; a later one replaces the earlier one. */
  record(answer: GuestAnswer): void {
    this.#answers = [...this.#answers.filter((other) => !isSameCell(other, answer)), answer];
    this.#unread = this.#unread.filter((other) => !isSameCell(other, answer));
  }

  /** A guest answered, and what cannot be read. */
  askAgain(answer: UnreadAnswer): void {
    this.#unread = [...this.#unread.filter((other) => !isSameCell(other, answer)), answer];
  }

  /** A member of a group created an event; it is shown once, however often it is reported. */
  noticeMemberEvent(sighting: Sighting): void {
    this.#memberEvents = [...this.#memberEvents.filter(({ messageId }) => messageId !== sighting.messageId), sighting];
  }

  answers(): readonly GuestAnswer[] {
    return this.#answers;
  }

  unread(): readonly UnreadAnswer[] {
    return this.#unread;
  }

  /** Members' events that were seen in the chats of an account, oldest first. */
  memberEvents(account: string): readonly Sighting[] {
    return this.#memberEvents.filter((sighting) => sighting.account === account);
  }
}

/** The one id that we show of a guest: the number, or else the hidden id. */
export function idOf({ phone, lid }: Guest): string {
  return phone ?? lid ?? "unknown";
}

function isSameCell(a: UnreadAnswer, b: UnreadAnswer): boolean {
  return a.appointment === b.appointment && isSamePerson(a.guest, b.guest);
}

/** A guest may show a number in one message, a hidden id (LID) in another, and both in a third. */
function isSamePerson(a: Guest, b: Guest): boolean {
  return (a.phone !== undefined && a.phone === b.phone) || (a.lid !== undefined && a.lid === b.lid);
}
