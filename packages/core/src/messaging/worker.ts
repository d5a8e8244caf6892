import { fromEpochMs, toEpochMs } from "../model/time.js";
import type { Inbox, InboxEntry, Settlement } from "../store/inbox.js";
import type { InvitationBook } from "../store/book.js";
import { idsOf, recordOf } from "../webhook/join.js";

export interface WorkerOptions {
  readonly inbox: Inbox;
  readonly book: InvitationBook;
  readonly process: (entry: InboxEntry) => Promise<Settlement>;
  readonly now: () => Date;
  /** How long a taken entry is this worker's. Longer than handlers may take. */
  readonly leaseMs: number;
  /** Entries in work at once. Those about one message run one after another. */
  readonly width: number;
}

type Taken = InboxEntry & { readonly lease: string };

const IDLE_LOOK_MS = 5_000;

/** Works through an inbox: takes what is due, settles it, sleeps until more is due. State: what is in work. */
export class Worker {
  readonly #options: WorkerOptions;
  #timer: NodeJS.Timeout | undefined;
  #working: Promise<void> | undefined;
  #again = false;
  #stopped = false;

  constructor(options: WorkerOptions) {
    this.#options = options;
  }

  /** There may be something to do. Cheap; call it as often as you like. */
  kick(): void {
    if (this.#stopped) return;
    this.#again = true;
    this.#working ??= this.#work().finally(() => {
      this.#working = undefined;
      if (this.#again && !this.#stopped) this.kick();
    });
  }

  /** Resolves when nothing that is due is left. */
  async idle(): Promise<void> {
    do {
      if (!this.#stopped) this.kick();
      await this.#working;
    } while (this.#working !== undefined);
  }

  /** Takes nothing more; resolves when what is in work has ended. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#working;
  }

  async #work(): Promise<void> {
    const { inbox, now, leaseMs, width } = this.#options;
    clearTimeout(this.#timer);
    try {
      while (this.#again && !this.#stopped) {
        this.#again = false;
        for (;;) {
          const until = now().getTime() + leaseMs;
          const taken = await inbox.take(fromEpochMs(until), width);
          if (taken.length === 0 || this.#stopped) break;
          await this.#all(taken, until);
        }
      }
      this.#sleep(await inbox.nextDue());
    } catch {
      // The inbox could not be read; what it holds is safe there.
      this.#sleep(fromEpochMs(now().getTime() + IDLE_LOOK_MS));
    }
  }

  #sleep(until: Parameters<typeof toEpochMs>[0] | undefined): void {
    if (until === undefined || this.#stopped) return;
    const wait = Math.min(Math.max(toEpochMs(until) - this.#options.now().getTime(), 1), 60_000);
    this.#timer = setTimeout(() => this.kick(), wait);
    this.#timer.unref();
  }

  /** One lane for each message, so that a guest's two answers reach the handlers in turn. */
  async #all(taken: readonly Taken[], until: number): Promise<void> {
    const lanes = new Map<string, Taken[]>();
    for (const entry of taken) {
      const lane = `${entry.account}\n${idsOf(entry.fact).at(-1) ?? entry.id}`;
      lanes.set(lane, [...(lanes.get(lane) ?? []), entry]);
    }
    await Promise.all([...lanes.values()].map(async (entries) => {
      for (const entry of entries) {
        // Behind slow handlers a lease may be over before its turn: the entry is due again, and perhaps another worker's.
        if (this.#options.now().getTime() < until) await this.#one(entry);
      }
    }));
  }

  async #one(entry: Taken): Promise<void> {
    const { inbox, book, process } = this.#options;
    const settlement = await process(entry);
    try {
      await inbox.settle(entry.id, entry.lease, settlement);
      // The book may have learnt the message between the look and the settling: then nobody else would wake the entry.
      if (settlement.kind === "aside" && (await recordOf(book, entry.account, entry.fact))) {
        await inbox.wake(entry.account, settlement.target);
        this.#again = true;
      }
    } catch {
      // Its lease ends by itself, and the entry falls due again.
    }
  }
}
