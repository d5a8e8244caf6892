import { answerFrom } from "../layers/idempotency.js";
import { invalidArgument } from "../error/invalid.js";
import type { InvitationHandle } from "../model/handle.js";
import type { TenantId } from "../model/ids.js";
import type { Sighting } from "../model/inbound.js";
import { fromEpochMs } from "../model/time.js";
import { fingerprint } from "./fingerprint.js";
import { accountById, type House } from "./house.js";
import { checkAdopted } from "./read-input.js";
import { wakeAnswers } from "./wake-answers.js";

/** Takes an event into the book that this program did not send: one of an earlier program, or a member's event to be answered. */
export async function adopt(house: House, tenant: TenantId, event: Sighting & { readonly key: string }): Promise<InvitationHandle> {
  const details = checkAdopted(event);
  const { account, recipient, messageId, createdBy, key } = event;
  const owner = await accountById(house, account);
  const known = await house.book.byMessage(account, messageId);
  if (known && known.tenant !== tenant) throw invalidArgument("The event cannot be adopted", [{ path: "messageId", message: "belongs to another tenant's invitation" }]);
  if (known && (known.key !== key || known.recipient !== recipient)) throw invalidArgument("The event cannot be adopted", [{ path: "messageId", message: `is known already, under key "${known.key}" and ${known.recipient}` }]);
  if (known) return known.handle;
  const handle: InvitationHandle = {
    v: 1, tenant, key, recipient, revision: 1, provider: owner.provider, account, form: "native", createdBy, details,
    messages: [{ id: messageId, form: "native", role: "invitation", vendorIds: {} }],
  };
  const begun = await house.book.begin({
    tenant, key, recipient, revision: 1, state: "accepted", operation: "adopt", fingerprint: fingerprint(["adopt", account, messageId]),
    handle, begunAt: fromEpochMs(house.now().getTime()), stage: "handed-over",
  });
  if (begun.kind !== "begun") return answerFrom(begun, "adopt").handle;
  await wakeAnswers(house, begun.record);
  return begun.record.handle;
}

/** The newest accepted call about each recipient under a key. */
export async function find(house: House, tenant: TenantId, key: string): Promise<readonly InvitationHandle[]> {
  const accepted = (await house.book.records(tenant, key)).filter(({ state }) => state === "accepted");
  return accepted.filter(({ recipient }, index) => accepted.findIndex((other) => other.recipient === recipient) === index).map(({ handle }) => handle);
}
