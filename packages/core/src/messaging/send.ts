import { answerFrom } from "../layers/idempotency.js";
import type { AccountRecord } from "../accounts/directory.js";
import type { LogicalCall, Sent } from "../layers/call-layer.js";
import type { InvitationInput } from "../model/details.js";
import { accountId, type TenantId } from "../model/ids.js";
import { fromEpochMs } from "../model/time.js";
import type { Plan } from "../plan/plan-types.js";
import { withoutFields } from "../plan/requirements.js";
import type { BookRecord } from "../store/book.js";
import { accountsOf, firstThatCan } from "./candidates.js";
import { DEADLINE_MS, endedEarly, startCall, withinCall } from "./deadline.js";
import { fingerprint } from "./fingerprint.js";
import { accountOfTenant, type House } from "./house.js";
import { look, lookOrRefuse } from "./look.js";
import type { CallOptions } from "./call-options.js";
import { readInvitation } from "./read-input.js";
import { checkRecipient, unchecked, withRecipientCheck } from "./recipient-check.js";
import { meetGuest } from "./rsvps.js";

/** How long a record of an attempt counts as under way after its deadline: clocks differ between processes. */
const LEASE_SLACK_MS = 30_000;

/** Invites: input → book (is it known?) → account → plan → book → request. */
export async function send(house: House, tenant: TenantId, input: InvitationInput, options: CallOptions = {}): Promise<Sent> {
  const { key, recipient, revision, replyTo, details } = readInvitation(input, house.limits);
  const { call, done } = startCall(options);
  try {
    const print = fingerprint(["send", recipient, revision, details, replyTo]);
    const before = <T>(work: Promise<T>) => withinCall(call, 0, () => endedEarly("send", call), work);

    const through = async (account: AccountRecord): Promise<LogicalCall> => {
      const plan = await lookOrRefuse(house, account, { gate: "invitation.send", recipient, details, replyTo, policy: options.policy }, "send", call);
      const check = options.recipientCheck ?? house.recipientCheck;
      const { to, warnings, guest } = check === "off" ? unchecked(recipient) : await checkRecipient(house, account, recipient, check, call);
      if (guest) await meetGuest(house.book, tenant, guest);
      if (call.signal.aborted) throw endedEarly("send", call);
      const lost = new Set(plan.lost.map(({ code }) => code));
      return {
        record: {
          tenant, key, recipient, revision, state: "attempting", operation: "send", fingerprint: print, begunAt: fromEpochMs(house.now().getTime()),
          leasedUntil: leaseEnd(house, options),
          handle: { v: 1, tenant, key, recipient, ...(to !== recipient && { sentTo: to }), revision, provider: plan.provider, account: accountId(account.id), form: plan.form === "degraded" ? "degraded" : "native", createdBy: "self", details, messages: [] },
        },
        request: { operation: "send", input: { to, details: lost.size === 0 ? details : withoutFields(details, lost), ...(replyTo !== undefined && !lost.has("field.reply-to") && { replyTo }) } },
        plan: warnings.length === 0 ? plan : { ...plan, warnings: [...plan.warnings, ...warnings] },
        call, pinned: false,
      };
    };
    const prepare = async (): Promise<Sent | LogicalCall> => {
      const standing = (await house.book.records(tenant, key, recipient)).find((record) => record.revision === revision);
      const known = standing && knownAnswer(standing, print);
      return known ?? firstThatCan(await accountsOf(house, tenant), through, before);
    };
    const prepared = await before(prepare());
    return "handle" in prepared ? prepared : await house.perform(prepared);
  } finally {
    done();
  }
}

/** What `send` would do, without doing it. */
export async function planSend(house: House, tenant: TenantId, input: InvitationInput, options: CallOptions = {}): Promise<Plan> {
  const { recipient, replyTo, details } = readInvitation(input, house.limits);
  const { call, done } = startCall(options);
  try {
    const before = <T>(work: Promise<T>) => withinCall(call, 0, () => endedEarly("plan", call), work);
    const account = await before(accountOfTenant(house, tenant));
    const { plan } = await before(look(house, account, { gate: "invitation.send", recipient, details, replyTo, policy: options.policy }, call));
    return await before(withRecipientCheck(house, account, plan, options.recipientCheck ?? house.recipientCheck, call));
  } finally {
    done();
  }
}

/** The answer that the book already has for a call. `undefined`: it may be attempted, or `begin` will say. */
export function knownAnswer(record: BookRecord, print: string): Sent | undefined {
  if (record.state === "not-sent" || record.state === "attempting") return undefined;
  return answerFrom({ kind: record.fingerprint === print ? "same" : "conflict", record }, record.operation);
}

export function leaseEnd(house: House, options: CallOptions): ReturnType<typeof fromEpochMs> {
  return fromEpochMs(house.now().getTime() + (options.deadlineMs ?? DEADLINE_MS) + LEASE_SLACK_MS);
}
