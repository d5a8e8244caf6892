import type { CapabilityCode } from "../capability/codes.js";
import type { Form } from "../model/handle.js";
import type { AccountId } from "../model/ids.js";
import type { Issue } from "../model/json.js";
import type { Recipient } from "../model/recipient.js";

/** One thing that was asked for, and what becomes of it. */
export interface PlanItem {
  readonly code: CapabilityCode;
  /** The field of the input, or `""` for the whole. */
  readonly path: string;
  readonly why: string;
}

/**
 * What sending would do, worked out without sending. Pure over details, recipient, probe and policy: `send` does what `plan`
 * said a moment before, or throws `UNSUPPORTED` with the new plan.
 */
export interface Plan {
  /** `none`: no form that the policy allows. */
  readonly form: Form | "none";
  readonly provider: string;
  readonly account: AccountId;
  readonly recipient: Recipient;
  readonly native: readonly PlanItem[];
  /** Arrives, differently. */
  readonly degraded: readonly PlanItem[];
  /** Does not arrive. */
  readonly lost: readonly PlanItem[];
  /** Will not be possible afterwards: an edit, a cancellation, a "maybe". */
  readonly later: readonly PlanItem[];
  /** Worth knowing, no reason to refuse: a start in the past, a vendor that queues. */
  readonly warnings: readonly Issue[];
}

/** What a caller accepts. Nothing is degraded or lost unless the policy says so. */
export interface Policy {
  /** Default: a card, whole, or without what `allowLoss` names (`["native", "degraded"]`; nothing may be lost by default). */
  readonly forms?: readonly Form[];
  /** Fields that may be left out. Default none. */
  readonly allowLoss?: readonly CapabilityCode[];
  /** Capabilities that nobody has proved and that may be tried. Default none. */
  readonly allowUnknown?: readonly CapabilityCode[];
}
