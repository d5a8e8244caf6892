import { setImmediate as turn } from "node:timers/promises";
import type { Inbox, InboxEntry } from "@event-messaging/core";
import type { Between } from "./rounds.js";

type Given = Omit<InboxEntry, "attempts">;

/** Puts every entry, whatever its claim; `keep` says which of them reach the inbox. */
function withoutClaims(inbox: Inbox, keep: (entries: readonly Given[]) => Promise<readonly Given[]>): Inbox {
  return {
    ...inbox,
    async put(entries) {
      const kept = await keep(entries);
      await inbox.put(kept.map(({ claim: _, ...entry }) => entry));
      return { added: kept.length, known: entries.length - kept.length };
    },
  };
}

/** Deliberate defects of stores. Each must show in the rows, in the transitions or in the book. */
export const PLANTED: Readonly<Record<string, () => Between>> = {
  "inbox: no claims": () => ({ inbox: (inbox) => withoutClaims(inbox, async (entries) => entries) }),
  "inbox: looks, waits, then keeps": () => {
    const seen = new Set<string>();
    return { inbox: (inbox) => withoutClaims(inbox, async (entries) => {
      const fresh = entries.filter(({ claim = "" }) => !seen.has(claim));
      await turn();
      for (const { claim = "" } of entries) seen.add(claim);
      return fresh;
    }) };
  },
  "inbox: claims the delivery's id": () => ({ inbox: (inbox) => ({ ...inbox, put: (entries) => inbox.put(entries.map((entry) => ({ ...entry, claim: `${entry.claim}${entry.id}` }))) }) }),
  "inbox: claims what the body says of its time": () => ({ inbox: (inbox) => ({ ...inbox, put: (entries) => inbox.put(entries.map((entry, index) => ({ ...entry, claim: `${entry.claim}${entry.fact.type === "rsvp" ? entry.fact.guest.name ?? "" : ""}${index}${entry.id.slice(0, 1)}` }))) }) }),
  "inbox: claims each account's last message only": () => {
    let last = "";
    return { inbox: (inbox) => withoutClaims(inbox, async (entries) => entries.filter(({ claim = "" }) => {
      const isNew = claim !== last;
      last = claim;
      return isNew;
    })) };
  },
  "inbox: forgets claims after an hour": () => {
    const seen = new Map<string, number>();
    return { inbox: (inbox) => withoutClaims(inbox, async (entries) => entries.filter(({ claim = "", receivedAt }) => {
      const at = Date.parse(receivedAt);
      const isKnown = at - (seen.get(claim) ?? -1e15) < 3_600_000;
      if (!isKnown) seen.set(claim, at);
      return !isKnown;
    })) };
  },
  "inbox: loses what is put at once with others": () => {
    let busy = 0;
    return { inbox: (inbox) => ({ ...inbox, async put(entries) {
      busy += 1;
      await turn();
      const result = busy > 1 ? { added: 0, known: entries.length } : await inbox.put(entries);
      busy -= 1;
      return result;
    } }) };
  },
  "book: tells every answer as a transition": () => ({
    inbox: (inbox) => withoutClaims(inbox, async (entries) => entries),
    book: (book) => ({ ...book, async answer(answer, fold) {
      const all = [...(await book.answers(answer.invitation.tenant, answer.invitation.key)), answer];
      await book.answer(answer, fold);
      return { after: fold(all) };
    } }),
  }),
  "inbox: leases to whoever asks": () => ({ inbox: (inbox) => {
    const given: (InboxEntry & { readonly lease: string })[] = [];
    return { ...inbox, async take(leasedUntil, limit) {
      const taken = await inbox.take(leasedUntil, limit);
      const again = given.splice(0).map((entry) => ({ ...entry, attempts: 1 }));
      given.push(...taken);
      return [...taken, ...again];
    } };
  } }),
  "receiver: asks for the secret once": () => {
    let calls = 0;
    return { delivery: (raw) => ((calls += 1) % 40 === 0 ? { ...raw, path: `${raw.path.slice(0, -1)}!` } : raw) };
  },
};
