import type { HttpClient } from "../driver/http.js";
import type { Call } from "../driver/operations.js";
import type { EventMessagingProvider, Probe, ProviderDefinition } from "../driver/provider.js";
import { configInvalid } from "../error/invalid.js";
import { isMessagingError, MessagingError } from "../error/messaging-error.js";
import { isAccountId } from "../model/ids.js";
import type { InvitationBook } from "../store/book.js";
import type { AccountRecord } from "./directory.js";
import { brokenDefinition, OpenAccount, providerNotLoaded } from "./open-account.js";

/** How definitions are found: a list, or a function that is asked at each opening, so that late ones are seen. */
export type Providers = readonly ProviderDefinition[] | ((name: string) => ProviderDefinition | undefined);

/** An open account in use. It stays open until `release`. */
export interface AccountLease {
  readonly provider: EventMessagingProvider;
  readonly definition: ProviderDefinition;
  /** At most `maxAgeMs` old (default 30 000); 0 asks now. Never rejects for an account that is not ready. */
  probe(call: Call, maxAgeMs?: number): Promise<Probe>;
  forgetProbe(): void;
  /** May be called more than once. */
  release(): void;
}

/**
 * The open accounts of a process. An account of a new `revision` is opened anew; the old one closes when its last call is
 * over. Opening is shared by concurrent callers, and a failure to open is not remembered.
 */
export interface AccountPool {
  /** @throws MessagingError `CONFIG_INVALID` when the provider is not loaded or the configuration does not fit. */
  use(record: AccountRecord): Promise<AccountLease>;
  /** Forgets an account, so that the next use opens it anew; running calls finish first. */
  reopen(account: string): void;
  /** Waits for running calls. Idempotent, never rejects. */
  close(): Promise<void>;
}

export interface AccountPoolOptions {
  readonly providers: Providers;
  readonly http: HttpClient;
  readonly book: InvitationBook;
  readonly now?: (() => Date) | undefined;
}

const PROBE_AGE_MS = 30_000;

interface Slot {
  readonly revision: string | number;
  readonly provider: string;
  readonly opening: Promise<OpenAccount>;
  /** Once it is open: most calls find it so, and wait for nothing. */
  account?: OpenAccount;
  /** What stood there before, as long as this one may still fail to open. */
  behind: Slot | undefined;
}

/** A pool over definitions, one HTTP client and one book. Share one between messaging objects to share the open accounts. */
export function createAccountPool({ providers, http, book, now = () => new Date() }: AccountPoolOptions): AccountPool {
  const slots = new Map<string, Slot>();
  const draining = new Set<Promise<void>>();
  let closed = false;
  const find = (name: string) => (typeof providers === "function" ? providers(name) : providers.find((definition) => definition.name === name));

  const open = async (record: AccountRecord): Promise<OpenAccount> => {
    if (!isAccountId(record.id)) throw configInvalid("An account cannot be opened", [{ path: "id", message: "must be 1 to 256 characters without spaces or control characters" }], { operation: "open" });
    const definition = find(record.provider);
    if (definition === undefined) throw providerNotLoaded(record.id, record.provider);
    const learned = await book.learned(record.id);
    try {
      return new OpenAccount({ definition, account: record.id, config: record.config, http, now, learned });
    } catch (error) {
      throw isMessagingError(error) ? error : brokenDefinition(record.id, record.provider, error);
    }
  };

  /** Closes an account, and those that it was to replace, when their last calls are over. */
  const retire = (slot: Slot | undefined) => {
    for (let next = slot; next; next = next.behind) {
      const gone = next.opening.then((account) => account.close(), () => undefined);
      draining.add(gone);
      void gone.then(() => draining.delete(gone));
    }
  };

  /** Takes a slot that could not be opened out of the row; what stood behind it stays. */
  const remove = (id: string, failed: Slot) => {
    const first = slots.get(id);
    if (first === failed) {
      if (failed.behind) slots.set(id, failed.behind);
      else slots.delete(id);
      return;
    }
    for (let next = first; next; next = next.behind) if (next.behind === failed) next.behind = failed.behind;
  };

  const slotFor = (record: AccountRecord): Slot => {
    const standing = slots.get(record.id);
    if (standing?.revision === record.revision && standing.provider === record.provider) return standing;
    const slot: Slot = { revision: record.revision, provider: record.provider, opening: open(record), behind: standing };
    slots.set(record.id, slot);
    // The old account closes only after the new one could be opened: a bad new configuration must not take a good account away.
    slot.opening.then(
      (account) => {
        slot.account = account;
        retire(slot.behind);
        slot.behind = undefined;
      },
      () => remove(record.id, slot),
    );
    return slot;
  };

  return {
    async use(record) {
      for (;;) {
        if (closed) throw stopped();
        const slot = slotFor(record);
        const account = slot.account ?? (await slot.opening);
        const release = account.lease();
        if (release === undefined) {
          // It is closing: what replaces it may need this turn to get into its place.
          await slot.opening;
          continue;
        }
        return {
          provider: account.provider,
          definition: account.definition,
          probe: (call, maxAgeMs = PROBE_AGE_MS) => account.probe(maxAgeMs, call),
          forgetProbe: () => account.forgetProbe(),
          release,
        };
      }
    },
    reopen(account) {
      const slot = slots.get(account);
      if (slot === undefined) return;
      slots.delete(account);
      retire(slot);
      slot.behind = undefined;
    },
    async close() {
      closed = true;
      for (const slot of slots.values()) retire(slot);
      slots.clear();
      await Promise.all(draining);
    },
  };
}

function stopped(): MessagingError {
  return new MessagingError("This messaging object is closed. Create a new one; nothing was sent.", { code: "STOPPED", outcome: "not-sent", persistence: "permanent" });
}
