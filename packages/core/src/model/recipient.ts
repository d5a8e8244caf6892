import type { Brand } from "./brand.js";

/** A telephone number in E.164: `+` and 7 to 15 digits, the first not 0. */
export type Phone = Brand<string, "Phone">;
/** A WhatsApp hidden user id: `<digits>@lid`. Its digits have nothing to do with a telephone number. */
export type Lid = Brand<string, "Lid">;
/** A WhatsApp group: `<id>@g.us`, the id new (`120363…`) or old (`creator-timestamp`). */
export type GroupId = Brand<string, "GroupId">;
/** Who may be invited. Canonical text: compares with `===`, is JSON, is a store key. */
export type Recipient = Phone | Lid | GroupId;
/** A person (by phone or LID) or a group: what capabilities are declared for. */
export type Audience = "direct" | "group";

const PHONE = /^\+[1-9][0-9]{6,14}$/;
const LID = /^[1-9][0-9]{0,31}@lid$/;
const GROUP = /^[0-9]{1,32}(?:-[0-9]{1,20})?@g\.us$/;

/** `+` and 7 to 15 digits? Never repaired: no digit is added or removed. */
export function isPhone(text: string): text is Phone {
  return PHONE.test(text);
}

export function isLid(text: string): text is Lid {
  return LID.test(text);
}

export function isGroupId(text: string): text is GroupId {
  return GROUP.test(text);
}

export function isRecipient(value: unknown): value is Recipient {
  return typeof value === "string" && (isPhone(value) || isLid(value) || isGroupId(value));
}

/** A LID is a person. */
export function audienceOf(recipient: Recipient): Audience {
  return isGroupId(recipient) ? "group" : "direct";
}

/**
 * What is wrong with a text that is no recipient, and what to write instead. A vendor's spelling is refused with the remedy
 * rather than translated: `recipientFromVendor()` of the provider's definition is the one place for that.
 */
export function recipientProblem(value: unknown): string | undefined {
  if (typeof value === "number") return "must be text: a number has already lost digits";
  if (typeof value !== "string") return 'must be "+<E.164>", "<id>@g.us" or "<id>@lid"';
  if (isRecipient(value)) return undefined;
  if (/@(?:c\.us|s\.whatsapp\.net)$|-group$|^[0-9]+$/.test(value)) {
    return 'is a vendor\'s spelling: write "+<E.164>", "<id>@g.us" or "<id>@lid" (recipientFromVendor() of the provider\'s definition converts)';
  }
  return 'must be "+<E.164>" without spaces, "<id>@g.us" or "<id>@lid"';
}
