import { peopleOfGroup, type ChatSetting } from "../chat-setting.js";
import type { SimGuest } from "../guest.js";
import { addressKind, personAt, samePerson, withoutNinthDigit } from "./people.js";
import { lidOf } from "./state.js";
import type { ZapiInstance } from "./state.js";

/** Who sits at both ends of a chat of an instance: in a group its participants, whoever is to act there by script, and whoever has acted. */
export function settingOf(instance: ZapiInstance | undefined, account: string, chat: string, scripted: readonly SimGuest[], acted: readonly SimGuest[]): ChatSetting {
  const group = instance?.groups.get(chat);
  const direct = addressKind(chat) !== "group";
  const members = [...(group?.participants ?? []), ...scripted].filter((person, index, all) => all.findIndex((other) => samePerson(other, person)) === index);
  const other = instance === undefined ? { phone: chat } : personAt(instance, chat);
  const guests = direct ? [other] : peopleOfGroup(members, acted);
  return {
    accountName: instance?.name ?? account,
    ...(group === undefined ? {} : { name: group.name }),
    direct,
    people: guests.map((guest) => ({ guest: { phone: guest.phone, lid: lidOf(guest), ...(guest.name === undefined ? {} : { name: guest.name }) }, ids: [guest.phone, withoutNinthDigit(guest.phone), lidOf(guest)] })),
  };
}
