import { fromEpochMs, isGroupId, isLid, isPhone, messageId, tenantId, type GroupId, type Instant, type Lid, type MessageId, type Phone } from "@event-messaging/core/driver";

const START = Date.UTC(2026, 10, 1, 12);

function required<T>(value: T | undefined, text: string): T {
  if (value === undefined) throw new TypeError(`"${text}" is not what the check meant it to be`);
  return value;
}

export const TENANTS = { clinic: tenantId("clinic"), club: tenantId("club") };
export const CHAT: GroupId = required(["120363400000000555@g.us"].find(isGroupId), "group");
export const EVENT: MessageId = required(messageId("EVENT1"), "EVENT1");

export function phone(text: string): Phone {
  return required([text].find(isPhone), text);
}

export function lid(text: string): Lid {
  return required([text].find(isLid), text);
}

/** A minute of the case's clock. */
export function time(minute: number): Instant {
  return fromEpochMs(START + minute * 60_000);
}
