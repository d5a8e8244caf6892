import { digitsOf } from "../json.js";
import type { GuestStep, SimGuest } from "../guest.js";
import { chatIdOf, engineJid, isGroup, isLid } from "./jids.js";
import type { WahaSession, World } from "./state.js";

export type Identity = "phone" | "lid";

export const phoneId = (guest: SimGuest): string => `${digitsOf(guest.phone)}@c.us`;
export const lidId = (guest: SimGuest): string | undefined => (guest.lid === undefined ? undefined : `${digitsOf(guest.lid)}@lid`);
export const personId = (guest: SimGuest, as: Identity): string => (as === "lid" ? (lidId(guest) ?? phoneId(guest)) : phoneId(guest));

/** A chat in any spelling a caller may use, as the store spells it: `+351 960…`, bare digits, `@s.whatsapp.net` with a device. */
export const spelled = (chat: string): string => {
  const id = chatIdOf(engineJid(chat));
  return id.endsWith("@c.us") ? `${digitsOf(id)}@c.us` : id;
};

/** Which identity of a guest the server shows in a chat. A guest without a LID is always shown by phone. */
export const identityOf = (world: World, chat: string, step: Pick<GuestStep, "as" | "guest">): Identity => {
  const usual = isGroup(chat) ? world.switches.groupAddressing : isLid(chat) ? "lid" : world.switches.directAddressing;
  return step.guest.lid === undefined ? "phone" : (step.as ?? usual);
};

/** The chat as it is spelled while this guest acts in it: a direct chat is the guest. */
export const chatShown = (chat: string, guest: SimGuest, as: Identity): string => (isGroup(chat) ? chat : personId(guest, as));

/** The engine meets a person, and with the switch `lidPairs` learns that LID and phone belong together. */
export const meet = (world: World, session: WahaSession, guest: SimGuest): void => {
  if (guest.lid !== undefined && world.switches.lidPairs === "learned") session.lids.set(digitsOf(guest.lid), digitsOf(guest.phone));
};

/** Later than every time this guest's device has shown before. */
export const deviceTime = (world: World, session: WahaSession, who: string, given: number | undefined): number => {
  const time = given ?? Math.max(world.timers.now(), (session.guestClock.get(who) ?? 0) + 1);
  session.guestClock.set(who, Math.max(time, session.guestClock.get(who) ?? 0));
  return time;
};

/** `_data.Info` of the Go engine for something a person or the account did on a phone. */
export const infoOf = (world: World, session: WahaSession, about: { readonly chat: string; readonly id: string; readonly own: boolean; readonly guest: SimGuest; readonly as: Identity }) => {
  const raw = (id: string): string => id.replace(/@c\.us$/, "@s.whatsapp.net");
  const alt = about.own ? undefined : personId(about.guest, about.as === "lid" ? "phone" : "lid");
  const sender = about.own ? (session.me.jid ?? raw(session.me.id)) : raw(personId(about.guest, about.as));
  return {
    Chat: raw(about.chat),
    Sender: sender,
    ...(alt !== undefined && raw(alt) !== sender && world.switches.senderAlt === "present" ? { SenderAlt: raw(alt) } : {}),
    IsFromMe: about.own,
    IsGroup: isGroup(about.chat),
    ID: about.id,
    PushName: about.own ? session.me.pushName : (about.guest.name ?? ""),
    Timestamp: new Date(world.timers.now()).toISOString().replace(/\.\d{3}Z$/, "Z"),
  };
};
