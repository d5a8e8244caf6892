import type { InvitationDetails } from "./details.js";
import type { Guest, RsvpResponse } from "./guest.js";
import type { InvitationHandle } from "./handle.js";
import type { AccountId, MessageId, TenantId, VendorIds } from "./ids.js";
import type { Outcome } from "./outcome.js";
import type { Recipient } from "./recipient.js";
import type { Instant } from "./time.js";

/** What vouches for a delivery: a signature over its bytes, a secret that only the vendor was told, or nothing. */
export type Authenticity = "signature" | "url-secret" | "none";

/** May this account send now? `unknown`: it could not be asked. */
export type AccountStatus = "ready" | "not-ready" | "unknown";

/** An event as it was seen on the wire, ours or not: what `adopt` takes. */
export interface Sighting {
  readonly account: AccountId;
  readonly recipient: Recipient;
  readonly messageId: MessageId;
  readonly createdBy: "self" | "other";
  readonly details: InvitationDetails;
}

/** What a vendor's delivery may report, by type. `target` is the message that it is about; it alone joins, within the account. */
export interface Facts {
  readonly "rsvp": { readonly target: MessageId; readonly guest: Guest; readonly response: RsvpResponse; readonly extraGuests?: number };
  /** Somebody answered, and neither we nor the vendor can read what. */
  readonly "rsvp.unreadable": { readonly target: MessageId; readonly guest: Guest };
  /** An answer that this version has no word for; `raw` is the vendor's, at most 64 characters. */
  readonly "rsvp.unrecognized": { readonly target: MessageId; readonly guest: Guest; readonly raw: string };
  /** `byApi`: does the vendor say that it was sent through its API? An event that was moved on the phone teaches nothing. */
  readonly "invitation.observed": { readonly sighting: Sighting; readonly canceled: boolean; readonly byApi?: boolean };
  readonly "invitation.failed": { readonly target: MessageId; readonly vendorIds?: VendorIds; readonly vendorCode: string; readonly outcome: Outcome };
  /** `whatsapp`: handed to WhatsApp; `device`: shown by a device of the guest. */
  readonly "invitation.delivered": { readonly target: MessageId; readonly vendorIds?: VendorIds; readonly reached: "whatsapp" | "device"; readonly guest?: Guest };
  readonly "invitation.read": { readonly target: MessageId; readonly guest?: Guest };
  readonly "invitation.revoked": { readonly target: MessageId };
  /**
   * The labels chosen now, all of them: a vote replaces the voter's earlier one, none is a cleared vote. A vote on a message
   * that offered `choices` is told as `rsvp` (or `rsvp.unrecognized`) instead; so is a `message.replied` that answers one.
   */
  readonly "poll.voted": { readonly target: MessageId; readonly guest: Guest; readonly labels: readonly string[] };
  readonly "message.replied": { readonly target?: MessageId; readonly recipient: Recipient; readonly guest: Guest; readonly text: string };
  readonly "account.status": { readonly status: AccountStatus; readonly reason: string };
}
export type InboundType = keyof Facts;

export const INBOUND_TYPES = [
  "rsvp", "rsvp.unreadable", "rsvp.unrecognized",
  "invitation.observed", "invitation.failed", "invitation.delivered", "invitation.read", "invitation.revoked",
  "poll.voted", "message.replied", "account.status",
] as const satisfies readonly InboundType[];

/** What every fact says about itself. */
export interface FactHead {
  /** Id of the message that carries the fact: never a delivery id, which differs for one fact. */
  readonly source: string;
  /** Whatever tells facts of one source apart: the time of an edit, the voter and time of a vote, the reader. */
  readonly edition?: string;
  /** When it happened, by the vendor's or WhatsApp's clock: the first order of answers. */
  readonly at: Instant;
  /** When it happened, by the guest's device: the second. */
  readonly guestAt?: Instant;
  /** "Waiting for this message": the real one may follow under the same source, so this never claims it. */
  readonly placeholder?: true;
  /** The account's own act: never counted as a guest's. */
  readonly fromSelf?: true;
}

/** One fact out of a delivery, before core joins it to an invitation. */
export type Fact<T extends InboundType = InboundType> = { readonly [K in T]: { readonly type: K } & FactHead & Facts[K] }[T];

type Joined<K extends InboundType> = K extends "account.status" | "invitation.observed"
  ? { readonly handle?: InvitationHandle }
  : { readonly tenant: TenantId; readonly key: string; readonly handle: InvitationHandle };

/** What was done about an answer that nobody can read. `human`: nothing was sent, so a person should ask. */
export type Recovery = "human" | "asked-by-text" | "asked-by-poll" | "sent-again";

/** What handlers get: a fact joined to its invitation, so it carries the caller's own `key`. */
export type InboundEvent<T extends InboundType = InboundType> = {
  readonly [K in T]: Fact<K> & Joined<K> & (K extends "rsvp.unreadable" ? { readonly recovery?: Recovery } : unknown) & {
    readonly provider: string;
    readonly account: AccountId;
    readonly authenticity: Authenticity;
    /** Plausibility remarks: `in-the-future`, `older-than-7-days`, `clock-skew`. They never keep an event back. */
    readonly flags: readonly string[];
  };
}[T];
