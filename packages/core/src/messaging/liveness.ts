import { accountId, isAccountId, type AccountId } from "../model/ids.js";
import type { AccountStatus } from "../model/inbound.js";
import { compareInstants, fromEpochMs, type Instant } from "../model/time.js";

/** How an account was last seen, by this process. Plain JSON. */
export interface AccountHealth {
  readonly account: AccountId;
  /** Since when this process has looked at it. */
  readonly watchedSince: Instant;
  /** The last authentic delivery of any kind: private chat, too, shows that webhooks arrive. */
  readonly lastInboundAt?: Instant;
  /** What the vendor said last, in a delivery or when the alarm asked. It says nothing about webhooks. */
  readonly status?: { readonly status: AccountStatus; readonly reason: string; readonly at: Instant };
  /** Nothing has come for longer than `silence.afterMs`. Always false without that option. */
  readonly silent: boolean;
}

/**
 * An alarm for accounts from which nothing comes any more though they say that they are ready: webhooks end without a word,
 * and not every vendor repeats them, so silence may be lost answers. Choose the time by the account's traffic: on a quiet
 * number silence is normal.
 */
export interface SilenceOptions {
  /** Milliseconds without any delivery until an account counts as silent. */
  readonly afterMs: number;
  /** How often to look, in milliseconds. Default 300 000, or `afterMs` when that is less. */
  readonly everyMs?: number | undefined;
  /** Whom to watch from the start. Default: `accounts` of the options; with a directory, those that send or receive. */
  readonly accounts?: readonly string[] | undefined;
  /** Called once for each silence, after the vendor was asked for the account's status. What it throws is counted only. */
  readonly onSilence: (health: AccountHealth) => unknown;
}

export interface LivenessOptions {
  readonly now: () => Date;
  readonly silence?: SilenceOptions | undefined;
  /** Asks the vendor. May reject. */
  readonly probe: (account: AccountId) => Promise<{ readonly status: AccountStatus; readonly reason: string }>;
  readonly count: (what: string) => void;
}

interface Watched {
  readonly since: number;
  lastInbound?: number;
  status?: NonNullable<AccountHealth["status"]>;
  /** It was told of the silence that lasts. */
  told: boolean;
}

const EVERY_MS = 300_000;

/** When each account was last heard of. State: one small entry for each account, in this process. */
export class Liveness {
  readonly #options: LivenessOptions;
  readonly #accounts = new Map<AccountId, Watched>();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;

  constructor(options: LivenessOptions) {
    this.#options = options;
    const { silence } = options;
    for (const account of silence?.accounts ?? []) if (isAccountId(account)) this.watch(account);
    if (silence === undefined) return;
    this.#timer = setInterval(() => void this.look(), Math.max(1, Math.min(silence.everyMs ?? EVERY_MS, silence.afterMs)));
    this.#timer.unref();
  }

  watch(account: string): void {
    this.#entry(accountId(account));
  }

  /** An authentic delivery came in. */
  heard(account: AccountId): void {
    const entry = this.#entry(account);
    entry.lastInbound = this.#options.now().getTime();
    entry.told = false;
  }

  /** Of two statuses the later counts, whichever came first. */
  saw(account: AccountId, status: NonNullable<AccountHealth["status"]>): void {
    const entry = this.#entry(account);
    if (entry.status === undefined || compareInstants(status.at, entry.status.at) >= 0) entry.status = { status: status.status, reason: status.reason, at: status.at };
  }

  health(): readonly AccountHealth[] {
    return [...this.#accounts.keys()].sort().map((account) => this.#healthOf(account, this.#entry(account)));
  }

  /** Tells of accounts that have fallen silent. Looks one after another share their work. Never rejects. */
  look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => (this.#looking = undefined));
    return this.#looking;
  }

  /** Ends the timer and waits for a look under way. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
  }

  async #look(): Promise<void> {
    const { silence, count } = this.#options;
    if (silence === undefined) return;
    await Promise.all([...this.#accounts].map(async ([account, entry]) => {
      if (entry.told || !this.#isSilent(entry)) return;
      entry.told = true;
      await this.#ask(account);
      // It may have spoken while the vendor was asked.
      if (!this.#isSilent(entry)) return;
      try {
        await silence.onSilence(this.#healthOf(account, entry));
      } catch {
        count("silence-alarm-failed");
      }
    }));
  }

  async #ask(account: AccountId): Promise<void> {
    const at = () => fromEpochMs(this.#options.now().getTime());
    try {
      const { status, reason } = await this.#options.probe(account);
      this.saw(account, { status, reason, at: at() });
    } catch {
      this.saw(account, { status: "unknown", reason: "the account could not be asked", at: at() });
    }
  }

  #isSilent({ since, lastInbound }: Watched): boolean {
    const { now, silence } = this.#options;
    return silence !== undefined && now().getTime() - (lastInbound ?? since) > silence.afterMs;
  }

  #healthOf(account: AccountId, entry: Watched): AccountHealth {
    return {
      account, watchedSince: fromEpochMs(entry.since), silent: this.#isSilent(entry),
      ...(entry.lastInbound !== undefined && { lastInboundAt: fromEpochMs(entry.lastInbound) }),
      ...(entry.status && { status: entry.status }),
    };
  }

  #entry(account: AccountId): Watched {
    const known = this.#accounts.get(account);
    if (known) return known;
    const entry: Watched = { since: this.#options.now().getTime(), told: false };
    this.#accounts.set(account, entry);
    return entry;
  }
}
