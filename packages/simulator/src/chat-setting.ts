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

/** Who can answer in a group of which no member is known: whoever looks at the page always has somebody to click for. */
export const SAMPLE_GUESTS: readonly SimGuest[] = [
  { phone: "351960000123", name: "Rita" },
  { phone: "351960000456", name: "Tom" },
];
