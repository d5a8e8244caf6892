import { peopleOfGroup, type ChatSetting } from "../chat-setting.js";
import type { SimGuest } from "../guest.js";
import { digitsOf } from "../json.js";
import { isGroup, isLid } from "./jids.js";
import { lidId, phoneId } from "./people.js";
import type { World } from "./state.js";

/** Who sits at both ends of a chat of a session. */
export const settingOf = (world: World, name: string, chat: string): ChatSetting => {
  const session = world.sessions.get(name);
  const known = world.guests.peopleOf(name, chat);
  const group = isGroup(chat);
  const title = session?.groups.get(chat)?.name;
  const guests = group ? peopleOfGroup(world.guests.membersOf(name, chat), known) : [theOther(chat, known, session?.lids ?? new Map())];
  return {
    accountName: session?.me.pushName ?? name,
    ...(title === undefined ? {} : { name: title }),
    direct: !group,
    people: guests.map((guest) => ({ guest, ids: [phoneId(guest), lidId(guest)].filter((id) => id !== undefined) })),
  };
};

/** The person of a direct chat. One who is only known by his LID gets a number made from it: everybody has one. */
const theOther = (chat: string, known: readonly SimGuest[], lids: ReadonlyMap<string, string>): SimGuest => {
  const digits = digitsOf(chat);
  const found = known.find((guest) => phoneId(guest) === chat || lidId(guest) === chat);
  if (found !== undefined) return found;
  if (isLid(chat)) return { phone: lids.get(digits) ?? `35196${digits.slice(-7)}`, lid: digits };
  const lid = [...lids].find(([, phone]) => phone === digits)?.[0];
  return { phone: digits, ...(lid === undefined ? {} : { lid }) };
};
