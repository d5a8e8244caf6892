import type { CapabilityCode } from "../capability/codes.js";
import { isSupported, supportOf, type CapabilityEntry, type CapabilityTable } from "../capability/table.js";
import type { InvitationDetails } from "../model/details.js";
import type { AccountId } from "../model/ids.js";
import type { Issue } from "../model/json.js";
import { audienceOf, type Recipient } from "../model/recipient.js";
import { compareInstants, type Instant } from "../model/time.js";
import type { Plan, PlanItem, Policy } from "./plan-types.js";
import { clearingsOf, requirementsOf } from "./requirements.js";

export interface PlanInput {
  /** `send`, or what is to be done with an invitation that exists. */
  readonly gate: CapabilityCode;
  readonly provider: string;
  readonly account: AccountId;
  readonly recipient: Recipient;
  readonly details: InvitationDetails;
  /** What the card says now, for an edit. */
  readonly before?: InvitationDetails | undefined;
  readonly replyTo?: string | undefined;
  /** What holds now: the definition's table met with the probe's. */
  readonly capabilities: CapabilityTable;
  readonly policy: Policy;
  readonly now: Instant;
  /** The provider's own remarks on the account. */
  readonly warnings?: readonly Issue[] | undefined;
}

const LATER = ["invitation.update", "invitation.cancel", "rsvp.receive", "rsvp.maybe"] as const satisfies readonly CapabilityCode[];

/** Works out what would happen to an invitation. Pure: the same input gives the same plan. */
export function makePlan(input: PlanInput): Plan {
  const audience = audienceOf(input.recipient);
  const entryOf = (code: CapabilityCode): CapabilityEntry => supportOf(input.capabilities, code, audience);
  const native: PlanItem[] = [];
  const lost: PlanItem[] = [];
  let refused = false;
  const clearings = input.before === undefined ? [] : clearingsOf(input.before, input.details).filter(({ field }) => field === undefined || isSupported(entryOf(field)));
  for (const { code, path } of [{ code: input.gate, path: "" }, ...requirementsOf(input.details, input.replyTo), ...clearings]) {
    const entry = entryOf(code);
    const item = { code, path, why: entry.why };
    if (isSupported(entry) || (entry.support === "unknown" && input.policy.allowUnknown?.includes(code) === true)) {
      native.push(item);
      continue;
    }
    lost.push(item);
    if (code === input.gate || input.policy.allowLoss?.includes(code) !== true) refused = true;
  }
  // Whoever names a field that may be lost takes a card without it; a policy that lists its forms says so itself.
  const forms = input.policy.forms ?? ["native", "degraded"];
  const wanted = lost.length === 0 ? "native" : "degraded";
  const form = refused || !forms.includes(wanted) ? "none" : wanted;
  return {
    form,
    provider: input.provider,
    account: input.account,
    recipient: input.recipient,
    native,
    degraded: [],
    lost,
    later: input.gate === "invitation.send"
      ? LATER.flatMap((code) => (isSupported(entryOf(code)) ? [] : [{ code, path: "", why: entryOf(code).why }]))
      : [],
    warnings: [
      ...(compareInstants(input.details.startsAt, input.now) < 0 ? [{ path: "startsAt", message: "lies in the past: guests cannot answer" }] : []),
      ...(input.warnings ?? []),
    ],
  };
}
