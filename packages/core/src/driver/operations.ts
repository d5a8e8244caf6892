import type { OperationName } from "../capability/gates.js";
import type { InvitationDetails } from "../model/details.js";
import type { GivenResponse, Guest } from "../model/guest.js";
import type { InvitationHandle, SentMessage } from "../model/handle.js";
import type { MessageId, VendorIds } from "../model/ids.js";
import type { InboundType } from "../model/inbound.js";
import type { Issue } from "../model/json.js";
import type { GroupId, Lid, Phone, Recipient } from "../model/recipient.js";
import type { Instant } from "../model/time.js";
import type { Secret } from "../model/secret.js";

/** The vendor took responsibility: a 2xx and a message id. Every sending operation returns it. */
export interface Receipt {
  /** `queued`: it may leave later, even after a reconnect. `handed-over`: the vendor has given it to WhatsApp. */
  readonly stage: "queued" | "handed-over";
  readonly messageId: MessageId;
  /** When the vendor's answer names another spelling of the chat. */
  readonly recipient?: Recipient;
  readonly vendorIds: VendorIds;
}

export interface SendCommand {
  readonly to: Recipient;
  readonly details: InvitationDetails;
  readonly replyTo?: MessageId;
}

/** The part of a handle that an edit, a cancellation or an answer needs. */
export type Target = Pick<InvitationHandle, "recipient" | "createdBy" | "messages">;

/** `details` is whole: vendors replace everything. */
export interface EditCommand {
  readonly target: Target;
  readonly details: InvitationDetails;
}

export interface RespondCommand {
  readonly target: Target;
  readonly response: GivenResponse;
}

/** `messageId` is set only where `message.chosen-id` holds: a repeat with the same id is then safe. */
export interface PollCommand {
  readonly to: Recipient;
  readonly question: string;
  readonly options: readonly string[];
  readonly messageId?: MessageId;
}

export interface TextCommand {
  readonly to: Recipient;
  readonly text: string;
  readonly replyTo?: MessageId;
  readonly messageId?: MessageId;
}

export interface FindSentQuery {
  readonly to: Recipient;
  readonly details: InvitationDetails;
  readonly since: Instant;
}

export interface FindSentResult {
  readonly matches: readonly { readonly messageId: MessageId; readonly vendorIds: VendorIds }[];
  /** Finding nothing proves that nothing was sent. */
  readonly conclusive: boolean;
}

export interface ContactFound {
  readonly exists: boolean | "unknown";
  readonly guest: Guest;
}

/** `only`: one group, with everything that the vendor says of it. Without it all groups, which may say less of each. */
export interface GroupQuery {
  readonly only?: GroupId;
}

export interface GroupFound {
  readonly id: GroupId;
  /** As its members see it; `""` when the vendor does not say. Somebody else's text: never interpolate it. */
  readonly name: string;
  /**
   * May the account write there? `false`: only admins may and it is none, or it is no member. Vendors accept a message to
   * such a group, with an id, and nothing appears. `unknown`: the vendor does not say; ask for the group with `only`.
   */
  readonly mayWrite: boolean | "unknown";
}

export interface WebhookWish {
  readonly url: Secret;
  readonly types: readonly InboundType[];
}

/**
 * A change of the vendor's webhook settings. `changes` is masked and fit to show; the other two hold the settings with their
 * secrets. `applyWebhooks` refuses when the account no longer looks like `before`, and resolves with the plan that restores.
 */
export interface WebhookPlan {
  readonly before: Secret;
  readonly after: Secret;
  readonly changes: readonly Issue[];
}

interface Op<Input, Output = Receipt> {
  readonly input: Input;
  readonly output: Output;
}

/** Every operation of a provider, by name. Each is gated by the capability in `GATES`. */
export interface Operations {
  readonly send: Op<SendCommand>;
  readonly update: Op<EditCommand>;
  readonly cancel: Op<EditCommand>;
  readonly respond: Op<RespondCommand>;
  readonly sendPoll: Op<PollCommand>;
  readonly sendText: Op<TextCommand>;
  readonly withdraw: Op<SentMessage, "withdrawn" | "too-late" | "unknown">;
  readonly findSent: Op<FindSentQuery, FindSentResult>;
  readonly resolveContact: Op<Phone | Lid, ContactFound>;
  /** Reads only. `NOT_FOUND` for an `only` that the account does not know. */
  readonly listGroups: Op<GroupQuery, readonly GroupFound[]>;
  readonly planWebhooks: Op<WebhookWish, WebhookPlan>;
  readonly applyWebhooks: Op<WebhookPlan, WebhookPlan>;
}

export interface Call {
  /** Ends with the call's deadline. Every wait must heed it. */
  readonly signal: AbortSignal;
  readonly callId: string;
  /** 1 for the first. */
  readonly attempt: number;
}

export type Method<O extends OperationName> = (input: Operations[O]["input"], call: Call) => Promise<Operations[O]["output"]>;
