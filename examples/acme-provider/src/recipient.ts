import { isGroupId, isLid, isPhone, messageId, type MessageId, type Recipient } from "@event-messaging/core/driver";

/** Acme writes `tel.351960000123`, `anon.271000000000077`, `room.120363400000000555`. Acme docs: "Chats". */
export function recipientToVendor(recipient: Recipient): string {
  if (isPhone(recipient)) return `tel.${recipient.slice(1)}`;
  return isLid(recipient) ? `anon.${recipient.slice(0, -"@lid".length)}` : `room.${recipient.slice(0, -"@g.us".length)}`;
}

/** The canonical text of Acme's spelling, or `undefined` when it is none: a `feed.` is a channel, and nobody can be invited there. */
export function recipientFromVendor(text: string): Recipient | undefined {
  const [, kind = "", id = ""] = /^(tel|anon|room)\.([0-9-]{1,60})$/.exec(text) ?? [];
  const candidates = { tel: `+${id}`, anon: `${id}@lid`, room: `${id}@g.us` };
  if (kind === "tel" && isPhone(candidates.tel)) return candidates.tel;
  if (kind === "anon" && isLid(candidates.anon)) return candidates.anon;
  return kind === "room" && isGroupId(candidates.room) ? candidates.room : undefined;
}

/** Acme writes the WhatsApp id of a message as `wa.3EB0…`; core knows it bare. */
export function messageIdToVendor(id: MessageId): string {
  return `wa.${id}`;
}

export function messageIdFromVendor(value: unknown): MessageId | undefined {
  return typeof value === "string" && value.startsWith("wa.") ? messageId(value.slice("wa.".length)) : undefined;
}
