import type { Operations } from "../driver/operations.js";
import type { InvitationHandle } from "../model/handle.js";
import type { Plan } from "../plan/plan-types.js";
import type { BookRecord } from "../store/book.js";
import type { GuardedCall } from "./account-layer.js";

/** What a sending call resolves with: the vendor took responsibility. */
export interface Sent {
  readonly handle: InvitationHandle;
  /** `queued`: the vendor holds it and sends it later. `handed-over`: it is with WhatsApp. Neither means seen. */
  readonly stage: "queued" | "handed-over";
  /** What was planned; not there when the answer comes from the book. */
  readonly plan?: Plan;
}

/** The operations that make a message, and so need a record in the book. */
export const SENDING_OPERATIONS = ["send", "update", "cancel", "respond", "sendPoll", "sendText"] as const;
export type SendingOperation = (typeof SENDING_OPERATIONS)[number];
/** An operation with its input. */
export type SendingRequest = { readonly [O in SendingOperation]: { readonly operation: O; readonly input: Operations[O]["input"] } }[SendingOperation];

/** Does the operation make a message? Those that do are limited, stopped and counted; reads are not. */
export function isSending(operation: string): operation is SendingOperation {
  return SENDING_OPERATIONS.some((sending) => sending === operation);
}

/** One call about one invitation, before it is any request. */
export interface LogicalCall {
  readonly record: Omit<BookRecord, "version">;
  readonly request: SendingRequest;
  readonly plan: Plan;
  readonly call: GuardedCall;
  /** Edits, cancellations and answers belong to the handle's account: nothing may move them. */
  readonly pinned: boolean;
  /** The same call, planned for the tenant's next account; `undefined`: there is none left. Never rejects, requests at most probes. */
  readonly elsewhere?: () => Promise<LogicalCall | undefined>;
  /** Files the attempt under another account, before that account's request. False: the book says otherwise, so nothing may be sent there. */
  readonly relocate?: (handle: InvitationHandle) => Promise<boolean>;
}

export type Perform = (logical: LogicalCall) => Promise<Sent>;

/** The layers above the account, outermost first. */
export const CALL_LAYERS = ["idempotency", "router", "kill-switch"] as const;

/** A layer around whole calls, such as failover. */
export interface CallLayer {
  readonly slot: (typeof CALL_LAYERS)[number];
  wrap(next: Perform): Perform;
}
