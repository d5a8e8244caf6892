import type { RsvpState } from "./store.js";
import type { Receipt } from "./answers.js";

/**
 * The same rules once more, naively, so that the fold is compared with something that shares no code with it. With a quirk
 * it breaks one of them: the check must notice each.
 */
export type Quirk =
  | "arrival-order" | "ties-by-arrival" | "guest-clock-first" | "no-dedupe" | "no-variants" | "one-pass-merge"
  | "unreadable-overwrites" | "unreadable-twin-stays" | "cleared-is-dropped" | "own-counts";

/** One person's standing, as both sides are compared. */
export interface Standing {
  readonly ids: readonly string[];
  readonly response?: string;
  readonly extraGuests?: number;
  readonly source?: string;
  readonly pending?: string;
}

export function standings(receipts: readonly Receipt[], quirk?: Quirk): readonly Standing[] {
  const counted = receipts.map((receipt, arrival) => ({ ...receipt, arrival })).filter(({ fromSelf }) => !fromSelf || quirk === "own-counts");
  const people = groupIds(counted.map(({ guest }) => idsOf(guest)), quirk);
  return people.map((ids) => {
    const theirs = counted.filter(({ guest }) => idsOf(guest).some((id) => ids.includes(id)));
    const isRead = (source: string) => theirs.some((other) => other.source === source && other.kind === "rsvp");
    const facts = quirk === "unreadable-twin-stays" ? theirs : theirs.filter(({ kind, source }) => kind === "rsvp" || !isRead(source));
    const ranks = (receipt: (typeof facts)[number]): readonly (number | string)[] => {
      const { at, guestAt = at, source, arrival, kind } = receipt;
      const readable = kind === "rsvp" ? 2 : kind === "rsvp.unrecognized" ? 1 : 0;
      if (quirk === "arrival-order") return [arrival];
      if (quirk === "ties-by-arrival") return [at, arrival];
      return quirk === "guest-clock-first" ? [guestAt, at, source, readable] : [at, guestAt, source, readable];
    };
    const sorted = facts.filter(({ response, kind }) => quirk !== "cleared-is-dropped" || kind !== "rsvp" || response !== "CLEARED").sort((a, b) => lexical(ranks(a), ranks(b)));
    const current = sorted.filter(({ kind }) => kind === "rsvp" || quirk === "unreadable-overwrites").at(-1);
    const newest = sorted.at(-1);
    const bring = quirk === "no-dedupe" ? theirs.filter(({ source, kind }) => source === current?.source && kind === "rsvp").reduce((sum, { extraGuests }) => sum + extraGuests, 0) : current?.extraGuests;
    return {
      ids,
      ...(current && { response: current.response, extraGuests: bring ?? 0, source: current.source }),
      ...(newest && newest.kind !== "rsvp" && { pending: `${newest.kind} ${newest.source}` }),
    };
  });
}

/** The fold's state in the same form. */
export function standingsOf({ guests }: RsvpState): readonly Standing[] {
  return guests.map(({ ids, answer, pending }) => ({
    ids,
    ...(answer && { response: answer.response, extraGuests: answer.extraGuests, source: answer.source }),
    ...(pending && { pending: `rsvp.${pending.kind} ${pending.source}` }),
  }));
}

/** Joins sets that touch until none do; sorted. */
export function groupIds(sightings: readonly (readonly string[])[], quirk?: Quirk): readonly (readonly string[])[] {
  const spellings = (id: string) => (quirk === "no-variants" ? [id] : [id, ...twins(id)]);
  let groups: readonly (readonly string[])[] = sightings.filter((ids) => ids.length > 0);
  for (let joined = true; joined;) {
    joined = false;
    const next: (readonly string[])[] = [];
    for (const ids of groups) {
      const at = next.findIndex((group) => group.some((id) => ids.some((other) => spellings(id).includes(other))));
      const group = next[at];
      if (group) {
        next[at] = [...group, ...ids];
        joined = true;
      } else {
        next.push(ids);
      }
    }
    groups = next;
    if (quirk === "one-pass-merge") joined = false;
  }
  return groups.map((ids) => [...new Set(ids)].sort()).sort((a, b) => lexical(a, b));
}

function idsOf({ phone, lid, providerIds = {} }: Receipt["guest"]): readonly string[] {
  return [phone, lid].filter((id) => id !== undefined).map(String).concat(Object.entries(providerIds).flatMap(([provider, ids]) => ids.map((id) => `${provider}:${id}`)));
}

/** A Brazilian mobile with its ninth digit put in or taken out. */
function twins(id: string): readonly string[] {
  if (!id.startsWith("+55")) return [];
  const area = id.slice(3, 5);
  const rest = id.slice(5);
  if (rest.length === 9 && rest.startsWith("9") && !"2345".includes(rest.charAt(1))) return [`+55${area}${rest.slice(1)}`];
  return rest.length === 8 && !"2345".includes(rest.charAt(0)) ? [`+55${area}9${rest}`] : [];
}

function lexical(a: readonly (number | string)[], b: readonly (number | string)[]): number {
  for (const [index, x] of a.entries()) {
    const y = b[index];
    if (y === undefined) return 1;
    if (x !== y) return x < y ? -1 : 1;
  }
  return a.length - b.length;
}
