import { lidOf } from "./state.js";
import type { ZapiInstance, ZapiPerson } from "./state.js";
import type { ZapiSwitches } from "./switches.js";

/** The kinds of address that Z-API knows. Z-API docs: tips/lid, group/introduction, broadcast/introduction. */
export type Address = "person" | "lid" | "group" | "broadcast" | "newsletter" | "invalid";

/** What an address is, by its spelling. JIDs (`@g.us`, `@c.us`) and `+` are not Z-API's form. */
export function addressKind(phone: unknown): Address {
  if (typeof phone !== "string") return "invalid";
  if (/^\d{5,15}$/.test(phone)) return "person";
  if (/^\d+@lid$/.test(phone)) return "lid";
  if (/^\d+-group$/.test(phone) || /^\d{5,15}-\d{5,}$/.test(phone)) return "group";
  if (/^\d+-broadcast$/.test(phone)) return "broadcast";
  return /^\d+@newsletter$/.test(phone) ? "newsletter" : "invalid";
}

/** The 12-digit form of a Brazilian mobile number; other numbers unchanged. Z-API docs: contacts/get-iswhatsapp-batch. */
export function withoutNinthDigit(phone: string): string {
  return /^55\d{2}9\d{8}$/.test(phone) ? phone.slice(0, 4) + phone.slice(5) : phone;
}

/** Whether two spellings are one number, with and without the Brazilian ninth digit. */
export function samePhone(a: string, b: string): boolean {
  return withoutNinthDigit(a) === withoutNinthDigit(b);
}

/** The contact behind a number or LID: a known one in its own spelling, otherwise one made of what was given. */
export function personAt(instance: ZapiInstance, address: string): ZapiPerson {
  const known = [...instance.contacts, ...[...instance.groups.values()].flatMap((group) => group.participants)];
  const found = known.find((person) => (address.endsWith("@lid") ? lidOf(person) === address : samePhone(person.phone, address)));
  return found ?? { phone: address };
}

/** One name for a chat however it is addressed: a group's id, or a person's number in the spelling of the contact list. */
export function chatKey(instance: ZapiInstance, phone: string): string {
  const kind = addressKind(phone);
  return kind === "person" || kind === "lid" ? personAt(instance, phone).phone : phone;
}

/** Whether two people are the same, by number or by LID. */
export function samePerson(a: ZapiPerson, b: ZapiPerson): boolean {
  return samePhone(a.phone, b.phone) || lidOf(a) === lidOf(b);
}

/** How a person is written in callbacks: switch `personForm`, unless a guest asks for a form of his own. */
export function spell(person: ZapiPerson, form: ZapiSwitches["personForm"]): string {
  if (form === "lid") return lidOf(person);
  return form === "number-12" ? withoutNinthDigit(person.phone) : person.phone;
}
