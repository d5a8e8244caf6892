import type { GuestStep, SimGuest } from "@event-messaging/simulator";

/** Who plays in the demonstration. Numbers are made up. */
export const PEOPLE = {
  ana: { phone: "351910000001", name: "Ana" },
  bruno: { phone: "351910000002", name: "Bruno" },
  carla: { phone: "351910000003", name: "Carla" },
  dora: { phone: "351910000004", name: "Dora" },
  /** Shows WhatsApp's hidden id (LID) and no number. */
  emil: { phone: "351910000005", lid: "270000000000005", name: "Emil" },
  fay: { phone: "351910000006", name: "Fay" },
  gil: { phone: "5511910000007", name: "Gil" },
  hana: { phone: "5511910000008", name: "Hana" },
  ivo: { phone: "5511910000009", name: "Ivo" },
} as const satisfies Record<string, SimGuest>;

type Person = keyof typeof PEOPLE;

export const recipientOf = (person: Person): string => `+${PEOPLE[person].phone}`;

export const GROUPS = { choir: "120363041234500001@g.us", club: "120363041234500002@g.us" } as const;

/** What the backend's own address book knows: numbers and groups. A hidden id is in nobody's address book. */
const NAMES = new Map<string, string>([
  ...Object.values(PEOPLE).map(({ phone, name }) => [`+${phone}`, name] as const),
  [GROUPS.choir, "the choir's group"],
  [GROUPS.club, "the club's group"],
]);

export const nameOf = (id: string): string => NAMES.get(id) ?? id;

/** One step of a guest's script, `afterMs` milliseconds of the vendor's time after the card arrived. */
export function answers(person: Person, response: string, afterMs: number, more: Partial<GuestStep> = {}): GuestStep {
  return { guest: PEOPLE[person], response, afterMs, as: person === "emil" ? "lid" : "phone", ...more };
}
