import { isGroupId, isLid, isPhone, type GroupId, type Lid, type Phone } from "@event-messaging/core/driver";
import type { Person } from "../../src/index.js";

/** Checked spellings for the vendors under test; a mistyped one is a mistake of the test. */
export function phone(text: string): Phone {
  if (isPhone(text)) return text;
  throw new TypeError(`no phone: ${text}`);
}

export function lid(text: string): Lid {
  if (isLid(text)) return text;
  throw new TypeError(`no LID: ${text}`);
}

export function group(text: string): GroupId {
  if (isGroupId(text)) return text;
  throw new TypeError(`no group: ${text}`);
}

export const ANA: Person = { phone: phone("+351960000123"), lid: lid("271000000000011@lid"), name: "Ana" };
export const BRUNO: Person = { phone: phone("+351960000124"), lid: lid("271000000000012@lid"), name: "Bruno" };
