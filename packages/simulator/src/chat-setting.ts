import type { SimGuest } from "./guest.js";

/** Somebody in a chat, and all the spellings under which the journal may name him. */
export interface ChatPerson {
  readonly guest: SimGuest;
  readonly ids: readonly string[];
}

/** Who sits at both ends of a chat. */
export interface ChatSetting {
  /** The account's own name. */
  readonly accountName: string;
  /** The group's name, where it is known. */
  readonly name?: string;
  readonly direct: boolean;
  /** In a direct chat exactly one. */
  readonly people: readonly ChatPerson[];
}

const SAMPLE_GUESTS: readonly SimGuest[] = [
  { phone: "351960000123", name: "Rita" },
  { phone: "351960000456", name: "Tom" },
];

/** The people of a group: its members, whoever has acted there and, when no member is known, two samples, so that there always is somebody to click for. */
export const peopleOfGroup = (members: readonly SimGuest[], acted: readonly SimGuest[]): readonly SimGuest[] => {
  const all = [...members, ...acted, ...(members.length === 0 ? SAMPLE_GUESTS : [])];
  return all.filter((guest, index) => all.findIndex(({ phone }) => phone === guest.phone) === index);
};
