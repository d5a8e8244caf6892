import type { AccountRecord } from "../accounts/directory.js";
import type { CapabilityCode } from "../capability/codes.js";
import { supportOf } from "../capability/table.js";
import type { Call } from "../driver/operations.js";
import type { Probe, ProviderDefinition } from "../driver/provider.js";
import { MessagingError } from "../error/messaging-error.js";
import { invalidArgument } from "../error/invalid.js";
import type { InvitationDetails } from "../model/details.js";
import { accountId } from "../model/ids.js";
import { audienceOf, type Recipient } from "../model/recipient.js";
import { fromEpochMs } from "../model/time.js";
import { makePlan } from "../plan/make-plan.js";
import type { Plan, Policy } from "../plan/plan-types.js";
import { unsupported } from "../plan/unsupported.js";
import { compileCheck } from "../schema/compile-check.js";
import type { House } from "./house.js";

/** What is asked of an account. */
export interface Wish {
  readonly gate: CapabilityCode;
  readonly recipient: Recipient;
  readonly details: InvitationDetails;
  /** What the card says now, for an edit. */
  readonly before?: InvitationDetails | undefined;
  readonly replyTo?: string | undefined;
  readonly policy?: Policy | undefined;
}

/** A plan over what the account says of itself; a remembered probe will do. */
export async function look(house: House, account: AccountRecord, wish: Wish, call: Call): Promise<{ readonly plan: Plan; readonly probe: Probe; readonly definition: ProviderDefinition }> {
  const lease = await house.pool.use(account);
  try {
    checkExtensions(lease.definition, wish.details);
    const remembered = await lease.probe(call);
    // A remembered "not ready" is asked again: the session may have come up a second ago.
    const probe = remembered.status === "ready" ? remembered : await lease.probe(call, 0);
    const plan = makePlan({
      gate: wish.gate, provider: account.provider, account: accountId(account.id), recipient: wish.recipient, details: wish.details, before: wish.before,
      replyTo: wish.replyTo, capabilities: probe.capabilities, policy: wish.policy ?? house.policy, now: fromEpochMs(house.now().getTime()), warnings: probe.warnings,
    });
    return { plan, probe, definition: lease.definition };
  } finally {
    lease.release();
  }
}

/** As {@link look}, but refuses what cannot be done: `UNSUPPORTED` with the plan, `ACCOUNT_NOT_READY` with the reason. */
export async function lookOrRefuse(house: House, account: AccountRecord, wish: Wish, operation: string, call: Call): Promise<Plan> {
  const { plan, probe, definition } = await look(house, account, wish, call);
  if (plan.lost.length === 0 && plan.form !== "none" && probe.status !== "not-ready") return plan;
  const absent = plan.lost.some(({ code }) => [definition.capabilities, probe.capabilities].some((table) => supportOf(table, code, audienceOf(wish.recipient)).support === "absent"));
  const ignorant = plan.form === "none" && plan.lost.length > 0 && !absent;
  if (ignorant && probe.status === "unknown") throw notAsked(operation, plan, probe);
  if (plan.form === "none" && !(ignorant && probe.status === "not-ready")) throw unsupported(operation, plan);
  if (probe.status === "not-ready") {
    const { code, persistence } = probe.refusal ?? { code: "ACCOUNT_NOT_READY", persistence: "transient" };
    throw new MessagingError(
      `${operation} through ${plan.provider}: account "${plan.account}" is not ready. ${sentence(probe.reason)} Nothing was sent; ${persistence === "transient" ? "try again when account.status says ready" : "it will fail until this is corrected"}.`,
      { code, outcome: "not-sent", persistence, context: { provider: plan.provider, account: plan.account, operation } },
    );
  }
  return plan;
}

function sentence(reason: string): string {
  return reason === "" || reason.endsWith(".") ? reason : `${reason}.`;
}

/** What an account can do is not known while it cannot be asked: that is an outage, not a missing feature. */
function notAsked(operation: string, plan: Plan, probe: Probe): MessagingError {
  return new MessagingError(
    `${operation} through ${plan.provider}: account "${plan.account}" could not be asked what it can do. ${sentence(probe.reason)} Nothing was sent; check that the vendor can be reached, or try again later.`,
    { code: "UNAVAILABLE", outcome: "not-sent", persistence: "transient", plan, context: { provider: plan.provider, account: plan.account, operation } },
  );
}

function checkExtensions(definition: ProviderDefinition, details: InvitationDetails): void {
  if (details.extensions === undefined || definition.extensionsSchema === undefined) return;
  const issues = compileCheck(definition.extensionsSchema)(details.extensions).map(({ path, message }) => ({ path: path === "" ? "extensions" : `extensions.${path}`, message }));
  if (issues.length > 0) throw invalidArgument(`The extensions do not fit provider "${definition.name}"`, issues, { provider: definition.name });
}
