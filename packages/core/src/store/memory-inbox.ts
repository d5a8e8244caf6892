import { fromEpochMs } from "../model/time.js";
import { ClaimLedger } from "./claim-ledger.js";
import { EntryTable, type Kept } from "./entry-table.js";
import { frozenCopy } from "./frozen.js";
import type { Inbox, InboxEntry } from "./inbox.js";
import { storeFailed } from "./store-failed.js";

const DAY_MS = 86_400_000;

export interface MemoryInboxOptions {
  readonly now?: () => Date;
  /** Entries that are kept at once: waiting, in work, aside and dead. 50,000 unless given, about 1 KB each. */
  readonly maxEntries?: number;
  /** Claims of entries that are done. 1,000,000 unless given, about 70 bytes each. */
  readonly maxClaims?: number;
  /** How long claims outlive their entries. 30 unless given; vendors repeat deliveries for up to a day and a half. */
  readonly claimDays?: number;
  /** How long an entry waits aside for its message. 30 unless given. */
  readonly asideDays?: number;
  /** Told of an entry that leaves without its handlers: nothing was known of its message for `asideDays`, or aside was full. */
  readonly onForgotten?: (entry: InboxEntry) => void;
}

/**
 * An inbox in memory: what it holds is lost with the process. Every method does its work in one synchronous step, so
 * concurrent callers cannot come between.
 *
 * Memory is bounded. When `maxEntries` or `maxClaims` is reached, `put` rejects with `STORE_FAILED` (the vendor gets 503 and
 * repeats): it forgets no claim early and drops nothing that waits for handlers. Answers to messages that the book does not
 * know may fill half of `maxEntries`; beyond that the one that has waited longest gives way, so that foreign answers
 * cannot stop our own.
 */
export function memoryInbox(options: MemoryInboxOptions = {}): Inbox {
  const { now = () => new Date(), maxEntries = 50_000, maxClaims = 1_000_000, claimDays = 30, asideDays = 30, onForgotten = () => undefined } = options;
  const table = new EntryTable();
  const spent = new ClaimLedger(claimDays);
  /** Claims of entries that are still here. */
  const held = new Set<string>();
  let leases = 0;

  const forget = ({ entry }: Kept) => {
    table.remove(entry.id);
    if (entry.claim !== undefined) held.delete(entry.claim);
    onForgotten(entry);
  };

  const makeDue = (ms: number) => {
    for (const at of ["leased", "later"] as const) {
      for (const kept of table.in(at)) {
        const { place } = kept;
        if ((place.at === "leased" && place.until <= ms) || (place.at === "later" && place.due <= ms)) table.move(kept, { at: "ready" });
      }
    }
  };
  const forgetOld = (ms: number) => {
    spent.expire(ms);
    for (const kept of table.in("aside")) {
      if (kept.place.at === "aside" && kept.place.since + asideDays * DAY_MS > ms) break;
      forget(kept);
    }
  };

  return {
    async put(entries) {
      forgetOld(now().getTime());
      const claims = new Set<string>();
      const added = entries.filter(({ id, claim }) => {
        if (table.get(id) || (claim !== undefined && (claims.has(claim) || held.has(claim) || spent.has(claim)))) return false;
        if (claim !== undefined) claims.add(claim);
        return true;
      }).map((entry) => frozenCopy({ ...entry, attempts: 0 }));
      if (table.size + added.length > maxEntries) throw storeFailed("inbox.put", `the inbox in memory holds its limit of ${maxEntries} entries`, "raise maxEntries, look at the dead entries, or use a durable inbox");
      if (spent.size + held.size + claims.size > maxClaims) throw storeFailed("inbox.put", `the inbox in memory holds its limit of ${maxClaims} claims`, "raise maxClaims or use a durable inbox");
      for (const entry of added) table.add(entry);
      for (const claim of claims) held.add(claim);
      return { added: added.length, known: entries.length - added.length };
    },

    async take(leasedUntil, limit) {
      makeDue(now().getTime());
      const until = Date.parse(leasedUntil);
      const ready = [...table.in("ready")].sort((a, b) => a.order - b.order).slice(0, Math.max(0, limit));
      return ready.map((kept) => {
        leases += 1;
        const lease = `${leases}`;
        const { entry } = kept;
        table.move(kept, { at: "leased", lease, until, woken: new Set() }, { attempts: entry.attempts + 1 });
        return Object.freeze({ ...entry, lease });
      });
    },

    async settle(id, lease, settlement) {
      const kept = table.get(id);
      if (kept?.place.at !== "leased" || kept.place.lease !== lease) return false;
      const ms = now().getTime();
      switch (settlement.kind) {
        case "done":
          table.remove(id);
          if (kept.entry.claim !== undefined) {
            held.delete(kept.entry.claim);
            spent.add(kept.entry.claim, ms);
          }
          return true;
        case "retry":
          table.move(kept, { at: "later", due: Date.parse(settlement.due) });
          return true;
        case "dead":
          table.move(kept, { at: "dead", reason: settlement.reason });
          return true;
        case "aside": {
          // The book learnt of the message while the worker looked: waiting now would be waiting for ever.
          if (kept.place.woken.has(settlement.target)) {
            table.move(kept, { at: "ready" });
            return true;
          }
          table.move(kept, { at: "aside", target: settlement.target, since: ms });
          const [oldest] = table.in("aside");
          if (oldest && table.count("aside") > maxEntries / 2) forget(oldest);
          return true;
        }
      }
    },

    async wake(account, target) {
      for (const { entry, place } of table.in("leased")) if (place.at === "leased" && entry.account === account) place.woken.add(target);
      const waiting = table.waitingFor(account, target);
      for (const kept of waiting) table.move(kept, { at: "ready" });
      return waiting.length;
    },

    async nextDue() {
      const ms = now().getTime();
      if (table.count("ready") > 0) return fromEpochMs(ms);
      let next = Number.POSITIVE_INFINITY;
      for (const { place } of table.in("leased")) if (place.at === "leased") next = Math.min(next, place.until);
      for (const { place } of table.in("later")) if (place.at === "later") next = Math.min(next, place.due);
      return next === Number.POSITIVE_INFINITY ? undefined : fromEpochMs(next);
    },

    async dead(limit) {
      const dead = [...table.in("dead")].slice(0, Math.max(0, limit));
      return dead.map(({ entry, place }) => Object.freeze({ ...entry, reason: place.at === "dead" ? place.reason : "" }));
    },

    async revive(id) {
      const kept = table.get(id);
      if (kept?.place.at !== "dead") return false;
      table.move(kept, { at: "ready" }, { attempts: 0, revived: true });
      return true;
    },
  };
}
