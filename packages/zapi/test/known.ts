import { isLid, isPhone, isRecipient, messageId, type Lid, type MessageId, type Phone, type Recipient } from "@event-messaging/core/driver";

/** Checked values for tests; a mistyped one fails the test that uses it. */
export function recipient(text: string): Recipient {
  if (!isRecipient(text)) throw new Error(`no recipient: ${text}`);
  return text;
}

export function person(text: string): Phone | Lid {
  if (isPhone(text) || isLid(text)) return text;
  throw new Error(`no person: ${text}`);
}

export function id(text: string): MessageId {
  const read = messageId(text);
  if (read === undefined) throw new Error(`no id: ${text}`);
  return read;
}

/** An operation that the definition promises. */
export function held<T>(operation: T | undefined): T {
  if (operation === undefined) throw new Error("the account lacks the operation");
  return operation;
}
