import { isGroupId, isLid, isPhone, messageId, type MessageId, type Recipient } from "@event-messaging/core/driver";

/** The `chatId` of a recipient: digits and a suffix, because WAHA cleans nothing (a `+` would go out as it is). */
export function toChatId(recipient: Recipient): string {
  return isPhone(recipient) ? `${recipient.slice(1)}@c.us` : recipient;
}

const USER = /^(\d+)(?:\.\d+)?(?::\d+)?@(c\.us|s\.whatsapp\.net|lid)$/;

/**
 * A chat as WAHA spells it: `…@c.us`, `…@s.whatsapp.net`, either with a device (`:7`), `…@lid`, `…@g.us`. A LID never
 * becomes a phone number. `undefined` for channels, status, broadcast lists and everything else.
 * Source: WAHA docs, receive messages, chat ids.
 */
export function fromChatId(text: string | undefined): Recipient | undefined {
  if (text === undefined) return undefined;
  if (text.endsWith("@g.us")) return isGroupId(text) ? text : undefined;
  const [, digits, server] = USER.exec(text) ?? [];
  if (digits === undefined) return undefined;
  if (server === "lid") {
    const lid = `${digits}@lid`;
    return isLid(lid) ? lid : undefined;
  }
  const phone = `+${digits}`;
  return isPhone(phone) ? phone : undefined;
}

/** As {@link fromChatId}, and bare digits: WAHA appends `@c.us` to a `chatId` without `@`. */
export function recipientFromVendor(text: string): Recipient | undefined {
  return fromChatId(/^\d+$/.test(text) ? `${text}@c.us` : text);
}

/** A message id taken apart. Only `bare` is the same wherever the message is named. */
export interface MessageIdParts {
  readonly bare: MessageId;
  /** Absent in a bare id. From the point of view of whoever wrote the id: never a test of "mine". */
  readonly fromMe?: boolean;
  readonly chat?: string;
  readonly participant?: string;
}

/**
 * Reads `{fromMe}_{chat}_{id}`, `{fromMe}_{chat}_{id}_{participant}` or a bare id, as WAHA's own parser does; neither
 * server, length nor alphabet of the parts is presumed. `undefined` for anything else, numbers included.
 */
export function readMessageId(value: unknown): MessageIdParts | undefined {
  if (typeof value !== "string") return undefined;
  const parts = value.split("_");
  if (parts.length === 1) {
    const only = messageId(value);
    return only && { bare: only };
  }
  const [fromMe, chat, id, participant] = parts;
  const bare = messageId(id);
  if (bare === undefined || chat === undefined || chat === "" || parts.length > 4) return undefined;
  return { bare, fromMe: fromMe === "true", chat, ...(participant !== undefined && { participant }) };
}
