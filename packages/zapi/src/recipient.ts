import { isGroupId, isLid, isPhone, messageId, type MessageId, type Recipient } from "@event-messaging/core/driver";

/**
 * The vendor's spelling of a chat: digits for a number, `<id>-group` for a group, `<creator>-<timestamp>` for an old group,
 * a LID unchanged. Z-API docs: group/introduction, tips/lid.
 */
export function toWireChat(recipient: Recipient): string {
  if (isPhone(recipient)) return recipient.slice(1);
  if (!isGroupId(recipient)) return recipient;
  const id = recipient.slice(0, -"@g.us".length);
  return id.includes("-") ? id : `${id}-group`;
}

/**
 * A chat out of the vendor's spelling; `undefined` for what is no person and no group (newsletters, broadcast lists) and for
 * anything else. Nothing is stripped: a LID never becomes a number.
 */
export function recipientFromVendor(text: string): Recipient | undefined {
  const group = /^([0-9]{1,32})-group$/.exec(text) ?? /^([0-9]{1,32}-[0-9]{1,20})(?:-group)?$/.exec(text);
  if (group) {
    const id = `${group[1]}@g.us`;
    return isGroupId(id) ? id : undefined;
  }
  if (isLid(text)) return text;
  const phone = `+${text}`;
  return isPhone(phone) ? phone : undefined;
}

/** A number in one spelling, for comparison only: Brazilian mobiles come with and without their ninth digit. Z-API docs: contacts/get-iswhatsapp-batch. */
export function samePhone(a: string, b: string): boolean {
  return comparable(a) === comparable(b);
}

function comparable(phone: string): string {
  const digits = phone.startsWith("+") ? phone.slice(1) : phone;
  return /^55[0-9]{2}9[0-9]{8}$/.test(digits) ? digits.slice(0, 4) + digits.slice(5) : digits;
}

/**
 * An id that a chat message can have (16 or more hexadecimal digits). Notices carry counters such as `464201093` in the same
 * field, which name no message. Z-API docs: webhooks/on-message-received.
 */
export function chatMessageId(value: unknown): MessageId | undefined {
  const id = messageId(value);
  return id !== undefined && /^[0-9A-Fa-f]{16,64}$/.test(id) ? id : undefined;
}
