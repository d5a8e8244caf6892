import { isGroupId, isLid, isPhone, messageId, type MessageId, type Recipient } from "../driver/index.js";

/**
 * This vendor's spelling of a chat: `person:351960000123`, `hidden:1234`, `group:120363000000000001`. It differs from the
 * canonical text on purpose, so that a place that forgets to convert shows.
 */
export function recipientToVendor(recipient: Recipient): string {
  if (isPhone(recipient)) return `person:${recipient.slice(1)}`;
  return isLid(recipient) ? `hidden:${recipient.slice(0, -"@lid".length)}` : `group:${recipient.slice(0, -"@g.us".length)}`;
}

/** The canonical text of this vendor's spelling, or `undefined` when it is none. Pure. */
export function recipientFromVendor(text: string): Recipient | undefined {
  const [kind, id = "", ...rest] = text.split(":");
  if (rest.length > 0) return undefined;
  const phone = `+${id}`;
  const lid = `${id}@lid`;
  const group = `${id}@g.us`;
  if (kind === "person" && isPhone(phone)) return phone;
  if (kind === "hidden" && isLid(lid)) return lid;
  return kind === "group" && isGroupId(group) ? group : undefined;
}

/** This vendor's message ids are bare WhatsApp ids already. */
export function messageIdFromVendor(value: unknown): MessageId | undefined {
  return messageId(value);
}
