import type { Inbox } from "@event-messaging/core";
import type { SiteOptions, SiteState } from "./site.js";
import type { RepeatPolicy } from "./vendor.js";

/** A site or a vendor with a deliberate defect; the verdict must object, or find that too little was tried. */
export interface Planted {
  readonly site: SiteOptions;
  readonly waha?: RepeatPolicy;
}

const put = (change: (inbox: Inbox, entries: Parameters<Inbox["put"]>[0]) => ReturnType<Inbox["put"]>): SiteOptions => ({ inbox: (inbox) => ({ ...inbox, put: (entries) => change(inbox, entries) }) });
const settle = (change: (settlement: Parameters<Inbox["settle"]>[2]) => Parameters<Inbox["settle"]>[2]): SiteOptions => ({ inbox: (inbox) => ({ ...inbox, settle: (id, lease, settlement) => inbox.settle(id, lease, change(settlement)) }) });
const state = (change: (state: SiteState) => SiteState): SiteOptions => ({ state: change });

let puts = 0;
export const PLANTED: Readonly<Record<string, Planted>> = {
  "accepts before it keeps": { site: put((inbox, entries) => inbox.put(entries).catch(() => ({ added: entries.length, known: 0 }))) },
  "loses one in a hundred": { site: put((inbox, entries) => ((puts += 1) % 100 === 0 ? Promise.resolve({ added: entries.length, known: 0 }) : inbox.put(entries))) },
  "keeps, and refuses nevertheless": { site: put(async (inbox, entries) => {
    const result = await inbox.put(entries);
    if (entries.some(({ account, fact }) => account.endsWith("zapi") && fact.source.endsWith("7"))) throw new Error("planted");
    return result;
  }) },
  "gives up when a handler fails": { site: settle((settlement) => (settlement.kind === "retry" ? { kind: "dead", reason: "planted" } : settlement)) },
  "forgets what it failed to tell": { site: settle((settlement) => (settlement.kind === "retry" ? { kind: "done" } : settlement)) },
  "forgets answers to what it does not know yet": { site: settle((settlement) => (settlement.kind === "aside" ? { kind: "done" } : settlement)) },
  "lets the last one to arrive win": { site: state((seen) => ({ ...seen, standings: byArrival(seen) })) },
  "tells everything twice": { site: state((seen) => ({ ...seen, told: [...seen.told, ...seen.told] })) },
  "tells nobody": { site: state((seen) => ({ ...seen, told: [] })) },
  "files what nobody said": { site: state((seen) => ({ ...seen, filed: [...seen.filed, "3AFFFFFFFF"] })) },
  "a vendor that does not repeat": { site: {}, waha: { repeats: 0, firstDelayMs: 1 } },
  "a store that is never away": { site: { ignoresWeather: "store" } },
  "handlers that never fail": { site: { ignoresWeather: "handlers" } },
};

/** Each guest's answer replaced by the one that was filed last, wherever that is another one. */
function byArrival({ standings, filed }: SiteState): SiteState["standings"] {
  const place = new Map(filed.map((source, index) => [source, index]));
  return Object.fromEntries(Object.entries(standings).map(([key, list]) => [key, list.map(([phone, response, extraGuests, source]) => {
    const next = filed[(place.get(source) ?? 0) + 1];
    return [phone, response, extraGuests, next !== undefined && next < source ? next : source] as const;
  })]));
}
