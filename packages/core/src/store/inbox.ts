import type { AccountId, MessageId } from "../model/ids.js";
import type { Authenticity, Fact } from "../model/inbound.js";
import type { Instant } from "../model/time.js";

/** One fact that waits for its handlers. Plain JSON. */
export interface InboxEntry {
  readonly id: string;
  readonly provider: string;
  readonly account: AccountId;
  /** The dedupe key over (account, type, source, edition). Placeholders have none, so the real message can follow. */
  readonly claim?: string;
  readonly fact: Fact;
  readonly authenticity: Authenticity;
  readonly flags: readonly string[];
  readonly receivedAt: Instant;
  /** How often it was taken before. */
  readonly attempts: number;
  /** It was dead and is due again: what it says may have been filed by an earlier try. */
  readonly revived?: true;
}

/** What became of a taken entry. */
export type Settlement =
  | { readonly kind: "done" }
  | { readonly kind: "retry"; readonly due: Instant }
  /** Nothing is known of the message that it answers: it waits until `wake`. */
  | { readonly kind: "aside"; readonly target: MessageId }
  | { readonly kind: "dead"; readonly reason: string };

/**
 * Between the delivery and the handlers. The promises are the guarantee: `put` resolved = kept = the vendor gets its 2xx;
 * `put` rejected = nothing kept = 503.
 */
export interface Inbox {
  /** One transaction for a delivery. An entry whose claim exists is left out. Claims outlive their entries by 30 days at least. */
  put(entries: readonly Omit<InboxEntry, "attempts">[]): Promise<{ readonly added: number; readonly known: number }>;
  /** Leases due entries, oldest first, each to one worker. An expired lease makes an entry due again. */
  take(leasedUntil: Instant, limit: number): Promise<readonly (InboxEntry & { readonly lease: string })[]>;
  /** False when the lease is no longer held. */
  settle(id: string, lease: string, settlement: Settlement): Promise<boolean>;
  /** Makes entries that wait for the message due again. */
  wake(account: AccountId, target: MessageId): Promise<number>;
  /** When the next entry falls due: what a worker sleeps until. `undefined`: nothing waits. */
  nextDue(): Promise<Instant | undefined>;
  /** Entries whose handlers failed for good, oldest first. */
  dead(limit: number): Promise<readonly (InboxEntry & { readonly reason: string })[]>;
  /** Makes a dead entry due again, marked `revived`, with its attempts forgotten. False: no such entry. */
  revive(id: string): Promise<boolean>;
}
