import { invalidArgument } from "../error/invalid.js";
import { MessagingError } from "../error/messaging-error.js";
import type { SendingRequest, Sent } from "../layers/call-layer.js";
import type { DetailsChanges, InvitationDetails } from "../model/details.js";
import type { GivenResponse } from "../model/guest.js";
import type { InvitationHandle } from "../model/handle.js";
import type { TenantId } from "../model/ids.js";
import { fromEpochMs } from "../model/time.js";
import type { CapabilityCode } from "../capability/codes.js";
import { requirementsOf, withoutFields } from "../plan/requirements.js";
import type { BookRecord } from "../store/book.js";
import { endedEarly, startCall, withinCall } from "./deadline.js";
import { fingerprint } from "./fingerprint.js";
import { accountById, type House } from "./house.js";
import { lookOrRefuse } from "./look.js";
import type { CallOptions } from "./call-options.js";
import { parseHandle, readChanges } from "./read-input.js";
import { knownAnswer, leaseEnd } from "./send.js";

interface FollowUp {
  readonly operation: "update" | "cancel" | "respond";
  readonly gate: CapabilityCode;
  /** What the handle will say afterwards. */
  readonly handle: InvitationHandle;
  /** What the card says until then, for an edit. */
  readonly before?: InvitationDetails;
  /** What tells this call from another one about the same invitation. */
  readonly says: unknown;
  readonly request: (details: InvitationDetails) => SendingRequest;
}

/** Changes an invitation. Two edits from one stale handle meet as `CONFLICT`. */
export async function update(house: House, tenant: TenantId, given: InvitationHandle, changes: DetailsChanges, options: CallOptions = {}): Promise<Sent> {
  const handle = ownHandle(tenant, given, "update", "self");
  if (handle.canceled) throw invalidArgument("The invitation cannot be updated", [{ path: "canceled", message: "it was cancelled; send a new one" }]);
  const details = readChanges(handle.details, changes, house.limits);
  return followUp(house, {
    operation: "update", gate: "invitation.update", says: details, before: handle.details,
    handle: { ...handle, revision: handle.revision + 1, details },
    request: (sent) => ({ operation: "update", input: { target: targetOf(handle), details: sent } }),
  }, options);
}

/** Cancels an invitation, counting from the book's newest record, so an old handle will do. */
export async function cancel(house: House, tenant: TenantId, given: InvitationHandle, options: CallOptions = {}): Promise<Sent> {
  const owned = ownHandle(tenant, given, "cancel", "self");
  const handle = newest(await house.book.records(tenant, owned.key, owned.recipient), owned, "cancel");
  return followUp(house, {
    operation: "cancel", gate: "invitation.cancel", says: "cancel",
    handle: { ...handle.base, revision: handle.revision, canceled: true },
    request: (details) => ({ operation: "cancel", input: { target: targetOf(handle.base), details } }),
  }, options);
}

/** Answers somebody else's event. Changing one's mind is another call with the same handle. */
export async function respond(house: House, tenant: TenantId, given: InvitationHandle, response: GivenResponse, options: CallOptions = {}): Promise<Sent> {
  if (response !== "GOING" && response !== "NOT_GOING" && response !== "MAYBE") {
    throw invalidArgument("The event cannot be answered", [{ path: "response", message: 'must be "GOING", "NOT_GOING" or "MAYBE"' }]);
  }
  const owned = ownHandle(tenant, given, "respond", "other");
  const handle = newest(await house.book.records(tenant, owned.key, owned.recipient), owned, "respond", fingerprint(["respond", owned.recipient, response]));
  return followUp(house, {
    operation: "respond", gate: response === "MAYBE" ? "respond.maybe" : "invitation.respond", says: response,
    handle: { ...handle.base, revision: handle.revision },
    request: () => ({ operation: "respond", input: { target: targetOf(handle.base), response } }),
  }, options);
}

/** The invitation where it is: in the chat that it went to, also when that is another spelling of the recipient. */
function targetOf(handle: InvitationHandle): InvitationHandle {
  const chat = handle.messages.find(({ role }) => role === "invitation")?.recipient ?? handle.sentTo;
  return chat === undefined ? handle : { ...handle, recipient: chat };
}

async function followUp(house: House, step: FollowUp, options: CallOptions): Promise<Sent> {
  const { handle, operation } = step;
  const { tenant, key, recipient, revision } = handle;
  const { call, done } = startCall(options);
  try {
    const print = fingerprint([operation, recipient, step.says]);
    const before = <T>(work: Promise<T>) => withinCall(call, 0, () => endedEarly(operation, call), work);
    const standing = (await before(house.book.records(tenant, key, recipient))).find((record) => record.revision === revision);
    const known = standing && knownAnswer(standing, print);
    if (known) return known;

    const account = await before(accountById(house, handle.account));
    if (account.provider !== handle.provider) {
      throw new MessagingError(
        `${operation}: the invitation was sent through ${handle.provider}, and account "${account.id}" now belongs to ${account.provider}. Nothing was sent; keep the old account under its id and give the new one another.`,
        { code: "CONFLICT", outcome: "not-sent", persistence: "permanent", context: { provider: handle.provider, account: handle.account, operation } },
      );
    }
    // Only an edit may be refused for a field. A cancellation or an answer goes out with what the account can say of it.
    const policy = options.policy ?? house.policy;
    const wish = { gate: step.gate, recipient, details: handle.details, before: step.before, policy: operation === "update" ? policy : { ...policy, forms: ["native", "degraded"] as const, allowLoss: requirementsOf(handle.details).map(({ code }) => code) } };
    const plan = await before(lookOrRefuse(house, account, wish, operation, call));
    if (call.signal.aborted) throw endedEarly(operation, call);
    return await house.perform({
      record: { tenant, key, recipient, revision, state: "attempting", operation, fingerprint: print, begunAt: fromEpochMs(house.now().getTime()), leasedUntil: leaseEnd(house, options), handle },
      request: step.request(withoutFields(handle.details, new Set(plan.lost.map(({ code }) => code)))),
      plan, call, pinned: true,
    });
  } finally {
    done();
  }
}

function ownHandle(tenant: TenantId, given: InvitationHandle, operation: string, createdBy: "self" | "other"): InvitationHandle {
  const handle = parseHandle(given);
  if (handle.tenant !== tenant) throw invalidArgument(`${operation} was refused`, [{ path: "tenant", message: "the handle belongs to another tenant" }]);
  if (handle.createdBy !== createdBy) {
    throw invalidArgument(`${operation} was refused`, [{ path: "createdBy", message: createdBy === "self" ? "only the creator of an event can change it" : "one's own event cannot be answered: its creator always counts as going" }]);
  }
  return handle;
}

/**
 * The state to count from: the last call about the invitation that went out, or the handle when the book does not know it. A
 * card that was sent anew under the same key is another invitation: it shares no message with this one.
 */
function newest(records: readonly BookRecord[], handle: InvitationHandle, operation: "cancel" | "respond", print?: string): { readonly base: InvitationHandle; readonly revision: number } {
  const isAbout = (other: InvitationHandle) => other.account === handle.account && other.messages.some(({ id }) => handle.messages.some((message) => message.id === id));
  const same = records.filter((record) => isAbout(record.handle));
  const [last] = same;
  const accepted = same.find(({ state }) => state === "accepted");
  const base = accepted && accepted.revision >= handle.revision ? accepted.handle : handle;
  const repeats = last?.operation === operation && (print === undefined || last.fingerprint === print);
  if (last && repeats) return { base, revision: last.revision };
  return { base, revision: Math.max(handle.revision, ...records.map(({ revision }) => revision)) + 1 };
}
