import type { InvitationDetails } from "./details.js";
import type { GivenResponse } from "./guest.js";
import type { AccountId, MessageId, TenantId, VendorIds } from "./ids.js";
import type { Recipient } from "./recipient.js";

/** In which shape an invitation went out: a calendar card, a card with losses, a poll, a numbered text. */
export type Form = "native" | "degraded" | "poll" | "text";
export const FORMS = ["native", "degraded", "poll", "text"] as const satisfies readonly Form[];

/** One message on the wire that belongs to an invitation. An answer may name any of them. */
export interface SentMessage {
  readonly id: MessageId;
  readonly form: Form;
  readonly role: "invitation" | "update" | "cancel" | "response";
  readonly vendorIds: VendorIds;
  /** The chat as the vendor named it, when it named another spelling than the caller. */
  readonly recipient?: Recipient;
  /** Of a poll or text: what each label meant when it was sent. */
  readonly choices?: readonly { readonly label: string; readonly response: GivenResponse }[];
}

/**
 * All that a later call needs, as plain JSON: store it with the appointment, or find it again with `find(key)`. It names the
 * account that sent the invitation; edits, cancellations and answers go there for ever, whatever serves the tenant today.
 */
export interface InvitationHandle {
  readonly v: 1;
  readonly tenant: TenantId;
  /** The application's own id of the appointment. */
  readonly key: string;
  readonly recipient: Recipient;
  /** The number that the vendor knows the recipient by, where that is another one and the card was sent there (`recipientCheck`). */
  readonly sentTo?: Recipient;
  /** Grows with every call about the invitation: 1 for the first send. */
  readonly revision: number;
  readonly provider: string;
  readonly account: AccountId;
  readonly form: Form;
  /** `other`: an event that a member of the chat created; it can be answered, not edited. */
  readonly createdBy: "self" | "other";
  readonly details: InvitationDetails;
  readonly canceled?: true;
  /** Oldest first. */
  readonly messages: readonly SentMessage[];
}
