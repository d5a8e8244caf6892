import type { AccountRecord } from "../accounts/directory.js";
import { isSupported, supportOf } from "../capability/table.js";
import type { Call } from "../driver/operations.js";
import { isMessagingError, MessagingError, type MessagingErrorInit } from "../error/messaging-error.js";
import type { Issue } from "../model/json.js";
import type { Guest } from "../model/guest.js";
import { isGroupId, isPhone, type GroupId, type Lid, type Phone, type Recipient } from "../model/recipient.js";
import type { Plan } from "../plan/plan-types.js";
import type { RecipientCheck } from "./call-options.js";
import { onAccount } from "./execute.js";
import type { House } from "./house.js";

/** Who is invited in the end, and what is worth saying about it. */
export interface CheckedRecipient {
  readonly to: Recipient;
  readonly warnings: readonly Issue[];
  /** The ids under which the vendor knows the recipient. */
  readonly guest?: Guest;
}

interface Finding {
  readonly message: string;
  /** Absent: nothing is known to be wrong. */
  readonly wrong?: MessagingErrorInit["code"];
  readonly correction?: Phone;
}

interface Asked {
  readonly finding?: Finding | undefined;
  readonly guest?: Guest;
}

/** A recipient that nobody was asked about. */
export function unchecked(to: Recipient): CheckedRecipient {
  return { to, warnings: [] };
}

/** Asks the account about a recipient. @throws MessagingError as the check says, outcome `not-sent`. */
export async function checkRecipient(house: House, account: AccountRecord, recipient: Recipient, check: RecipientCheck, call: Call): Promise<CheckedRecipient> {
  if (check === "off") return unchecked(recipient);
  const { finding, guest } = await ask(house, account, recipient, call);
  const who = guest && { guest };
  if (finding === undefined) return { to: recipient, warnings: [], ...who };
  const { message, wrong, correction } = finding;
  if (check === "correct" && correction !== undefined) return { to: correction, warnings: [{ path: "to", message: `${message}; the invitation goes to ${correction}` }], ...who };
  if (wrong === undefined || check === "warn") return { to: recipient, warnings: [{ path: "to", message }], ...who };
  throw new MessagingError(`send through ${account.provider}: the recipient ${message}. Nothing was sent; correct \`to\`${correction === undefined ? "" : ", or let recipientCheck \"correct\" do it"}.`, {
    code: wrong, outcome: "not-sent", persistence: "permanent", issues: [{ path: "to", message }], context: { provider: account.provider, operation: "send" },
  });
}

/** The same for a plan, which never throws for what it finds. */
export async function withRecipientCheck(house: House, account: AccountRecord, plan: Plan, check: RecipientCheck, call: Call): Promise<Plan> {
  const { warnings } = await checkRecipient(house, account, plan.recipient, check === "refuse" ? "warn" : check, call).catch((error: unknown) => {
    if (isMessagingError(error) && error.issues.length > 0) return { warnings: error.issues };
    throw error;
  });
  return warnings.length === 0 ? plan : { ...plan, warnings: [...plan.warnings, ...warnings] };
}

async function ask(house: House, account: AccountRecord, recipient: Recipient, call: Call): Promise<Asked> {
  const isGroup = isGroupId(recipient);
  try {
    return await onAccount(house, account.id, async (invoke, { definition: { capabilities } }) => {
      if (!isSupported(isGroup ? supportOf(capabilities, "group.list", "group") : supportOf(capabilities, "contact.resolve", "direct"))) return { finding: { message: "could not be checked: the provider has no such look-up" } };
      if (isGroup) return { finding: groupFinding(recipient, await invoke("listGroups", { only: recipient }, call)) };
      const found = await invoke("resolveContact", recipient, call);
      return { finding: personFinding(recipient, found), ...(found.exists === true && { guest: found.guest }) };
    });
  } catch (error) {
    if (call.signal.aborted || !isMessagingError(error)) throw error;
    if (isGroup && error.code === "NOT_FOUND") return { finding: { message: "is a group that the account does not know", wrong: "NOT_FOUND" } };
    return { finding: { message: `could not be checked: the vendor was asked and gave no answer (${error.code})` } };
  }
}

function personFinding(asked: Phone | Lid, { exists, guest }: { readonly exists: boolean | "unknown"; readonly guest: { readonly phone?: Phone } }): Finding | undefined {
  if (exists === false) return { message: "is not on WhatsApp, says the vendor", wrong: "NOT_FOUND" };
  if (!isPhone(asked)) return undefined;
  if (exists === "unknown") return { message: "could not be checked: the vendor does not say whether it is on WhatsApp" };
  const { phone } = guest;
  if (phone === undefined || phone === asked) return undefined;
  const isSameEnding = phone.slice(-7) === asked.slice(-7);
  return {
    message: `is known to WhatsApp as ${phone}, says the vendor; in the given spelling a message is accepted and may reach nobody`,
    wrong: "INVALID_ARGUMENT", ...(isSameEnding && { correction: phone }),
  };
}

function groupFinding(asked: GroupId, groups: readonly { readonly id: GroupId; readonly mayWrite: boolean | "unknown" }[]): Finding | undefined {
  const found = groups.find(({ id }) => id === asked);
  if (found === undefined) return { message: "is a group that the account does not know", wrong: "NOT_FOUND" };
  if (found.mayWrite === true) return undefined;
  if (found.mayWrite === "unknown") return { message: "is a group of which the vendor does not say whether the account may write there" };
  return { message: "is a group where only admins may write, and the account is none: a message is accepted and appears nowhere", wrong: "PERMISSION_DENIED" };
}
