import { isMessagingError, type InvitationDetails, type Sent } from "@event-messaging/core";

/** What the backend was told: the figures that are held against the vendors' journals afterwards. */
export interface StoryReport {
  readonly sent: readonly SentRow[];
  readonly rsvps: readonly RsvpRow[];
  /** Guests whose answer nobody could read. */
  readonly unread: readonly { readonly appointment: string; readonly guest: string; readonly provider: string }[];
  readonly edited: readonly ChangeRow[];
  readonly canceled: readonly ChangeRow[];
  /** Bare ids of the members' events that were answered. */
  readonly responded: readonly string[];
  readonly unsupported: readonly Refusal[];
  readonly swapped: { readonly tenant: string; readonly from: string; readonly to: string };
  /** The answer that came in after the swap, to an invitation from before it. */
  readonly late: Pick<RsvpRow, "appointment" | "guest">;
  /** How long Z-API's journal was when the clinic's new account had been looked at, and the clinic was moved. */
  readonly zapiJournalAtMove: number;
}

export interface SentRow {
  readonly tenant: string;
  readonly provider: string;
  readonly appointment: string;
  readonly title: string;
  readonly messageId: string;
  readonly stage: Sent["stage"];
}

export interface RsvpRow {
  readonly appointment: string;
  readonly guest: string;
  readonly response: string;
  readonly extraGuests: number;
  readonly provider: string;
}

/** What a card should show after a change, under the id of its first message. */
export interface ChangeRow extends Pick<InvitationDetails, "title" | "startsAt"> {
  readonly provider: string;
  readonly messageId: string;
  readonly location: string;
}

export interface Refusal {
  readonly operation: string;
  readonly provider: string;
  readonly code: string;
  readonly reason: string;
}

/** Makes a call that must be refused, and says how it was. @throws Error when it was not refused. */
export async function refusalOf(operation: string, provider: string, call: () => Promise<unknown>): Promise<Refusal> {
  try {
    await call();
  } catch (error) {
    if (!isMessagingError(error) || error.outcome !== "not-sent") throw error;
    const [first] = error.issues;
    return { operation, provider, code: error.code, reason: first?.message ?? error.message };
  }
  throw new Error(`${operation} through ${provider} should have been refused, and was not`);
}

export function changeRow({ handle }: Sent): ChangeRow {
  const { title, startsAt, location } = handle.details;
  return { provider: handle.provider, messageId: handle.messages[0]?.id ?? "", title, startsAt, location: location?.name ?? "" };
}
