import { createMessaging, memoryBook, memoryInbox, undiciHttpClient, type BookRecord, type Messaging } from "@event-messaging/core";
import { tenantId } from "@event-messaging/core/driver";
import { Mortal } from "./mortal.js";
import type { Rig } from "./rigs.js";
import type { Subject } from "./world.js";

const CLINIC = tenantId("clinic");
const START = new Date(Date.UTC(2026, 11, 1, 15));

/** One vendor, one book, and our clock, which may be ahead of the vendor's. */
export class Stage {
  readonly rig: Rig;
  readonly #subject: Subject;
  #aheadMs = 0;
  readonly #now = () => new Date(Date.now() + this.#aheadMs);
  readonly #book = memoryBook({ now: this.#now });
  readonly #inbox = memoryInbox({ now: this.#now });
  readonly #http = undiciHttpClient();
  readonly #open: Messaging[] = [];

  constructor(rig: Rig, subject: Subject) {
    this.rig = rig;
    this.#subject = subject;
  }

  #start(mortal = new Mortal()): Messaging {
    const { book = (same) => same, definition = (same) => same, inbox = (same) => same } = this.#subject;
    const own = mortal.owning(book(this.#book));
    const messaging = createMessaging({
      providers: [definition(this.rig.provider)], accounts: { own: { provider: this.rig.provider.name, config: this.rig.config } }, tenants: { clinic: "own" },
      book: own, inbox: inbox(this.#inbox, own), http: this.#http, now: this.#now,
    });
    if (!mortal.isDead) this.#open.push(messaging);
    return messaging;
  }

  /** Learns what the account can do, as an earlier call would have. */
  async ask(): Promise<void> {
    this.#first ??= this.#start();
    await this.#first.forTenant("clinic").plan(this.#card("k1"));
  }

  #first: Messaging | undefined;

  #card(key: string) {
    return { key, to: this.rig.to, title: "Check-up", description: `card ${key}`, startsAt: START };
  }

  async sends(key: string): Promise<void> {
    await this.#start().forTenant("clinic").send(this.#card(key));
  }

  /** A send whose connection breaks after the vendor has read it. */
  async breaks(key: string, acts: boolean): Promise<void> {
    this.#first ??= this.#start();
    this.rig.breakNext(acts);
    const outcome = await this.#first.forTenant("clinic").send(this.#card(key)).then(() => "accepted", (error: { readonly outcome?: string }) => error.outcome);
    if (outcome !== "unknown") throw new Error(`the send of ${key} was to end unknown, and ended ${outcome}`);
  }

  /** A send whose process dies right before or right after its request. */
  async crashes(key: string, when: "before" | "after"): Promise<void> {
    const mortal = new Mortal();
    const book = mortal.owning(this.#book);
    const { provider } = this.rig;
    const messaging = createMessaging({
      providers: [{ ...provider, open: (config, runtime) => {
        const opened = provider.open(config, runtime);
        return { ...opened, send: (command, call) => {
          if (when === "before") mortal.die();
          return mortal.step(async () => {
            const receipt = await opened.send?.(command, call);
            mortal.die();
            if (receipt === undefined) throw new Error("no send");
            return receipt;
          });
        } };
      } }],
      accounts: { own: { provider: provider.name, config: this.rig.config } }, tenants: { clinic: "own" }, book, http: this.#http, now: this.#now,
    });
    const ended = await mortal.outcome(messaging.forTenant("clinic").send(this.#card(key), { deadlineMs: 2_000 }).catch(() => "failed"));
    if (ended !== "crashed") throw new Error("the process was to die");
  }

  /** What the vendor has posted arrives, that many times. */
  async deliver(times = 1): Promise<void> {
    const messaging = this.#start();
    const deliveries = await this.rig.deliveries();
    for (let n = 0; n < times; n += 1) for (const delivery of deliveries) await messaging.receive("/webhooks", delivery);
    await messaging.idle();
  }

  pass(ms: number): void {
    this.#aheadMs += ms;
  }

  async reconcileAfter(ms: number): Promise<void> {
    this.pass(ms);
    await this.#start().reconcile();
  }

  async record(key: string): Promise<BookRecord | undefined> {
    return (await this.#book.records(CLINIC, key))[0];
  }

  /** Sends the first card again. Only what was proved not to have been sent may reach the vendor. */
  async again(): Promise<void> {
    await this.#start().forTenant("clinic").send(this.#card("k1")).catch(() => undefined);
  }

  async stop(): Promise<void> {
    await Promise.all(this.#open.map((messaging) => messaging.close()));
    await this.#http.close();
    await this.rig.stop();
  }
}
