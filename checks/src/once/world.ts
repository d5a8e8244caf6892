import { createMessaging, defaultLayers, isMessagingError, memoryBook, memoryInbox, type AccountDirectory, type AccountRecord, type Inbox, type InvitationBook, type InvitationInput, type Layer, type Messaging, type ProviderDefinition, type Timing } from "@event-messaging/core";
import { memoryProvider } from "@event-messaging/core/memory";
import type { Random } from "../order/random.js";
import { Mortal } from "./mortal.js";
import { FaultyVendor } from "./vendor.js";

/** The library, or the library with a defect built in. */
export interface Subject {
  readonly layers?: (timing: Timing) => readonly Layer[];
  readonly book?: (book: InvitationBook) => InvitationBook;
  readonly inbox?: (inbox: Inbox, book: InvitationBook) => Inbox;
  readonly definition?: (definition: ProviderDefinition) => ProviderDefinition;
}

export interface Process {
  readonly mortal: Mortal;
  readonly messaging: Messaging;
}

export type Ending = { readonly kind: "accepted"; readonly messageId: string | undefined } | { readonly kind: "not-sent" | "unknown"; readonly code: string } | { readonly kind: "crashed" };

const LINES = { a: "line-a", b: "line-b" } as const;
const NO_HTTP = { request: () => Promise.reject(new Error("no HTTP here")), close: async () => {} };
export const tick = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

/** One vendor, one book, one inbox, a clock that is moved by hand, and any number of processes that come and go. */
export class World {
  readonly clock = { ms: Date.UTC(2026, 10, 21, 12) };
  readonly vendor: FaultyVendor;
  readonly book: InvitationBook;
  readonly #inbox: Inbox;
  readonly #subject: Subject;
  readonly #random: Random;
  readonly #directory: AccountDirectory;
  readonly #timing: Timing;

  constructor(subject: Subject, random: Random) {
    const now = () => new Date(this.clock.ms);
    this.#subject = subject;
    this.#random = random;
    this.vendor = new FaultyVendor(now);
    this.book = memoryBook({ now });
    this.#inbox = memoryInbox({ now });
    const account = (id: keyof typeof LINES): AccountRecord => ({ id, provider: "memory", config: this.vendor.vendor.configFor(LINES[id]), revision: 1 });
    const [a, b] = [account("a"), account("b")];
    const fallbacks = random.chance(50) ? [b] : [];
    this.#directory = { forTenant: async () => a, byId: async (id) => (id === "b" ? b : a), fallbacks: async () => fallbacks };
    this.#timing = { now: () => this.clock.ms, random: () => random.next(1000) / 1000, sleep: tick };
  }

  start(mortal = new Mortal()): Process {
    const { layers = (timing) => defaultLayers(timing), book = (same) => same, inbox = (same) => same, definition = (same) => same } = this.#subject;
    const own = mortal.owning(book(this.book));
    const provider = definition(memoryProvider(this.vendor.for(mortal)));
    const messaging = createMessaging({
      providers: [provider], directory: this.#directory,
      book: own, inbox: mortal.owning(inbox(this.#inbox, own)), http: NO_HTTP, layers: layers(this.#timing), now: () => new Date(this.clock.ms), random: this.#timing.random,
    });
    return { mortal, messaging };
  }

  /** One call to its end. `signal` stands for its deadline; the timer is only there so that dead processes are forgotten. */
  async send({ mortal, messaging }: Process, input: InvitationInput, signal: AbortSignal): Promise<Ending> {
    const sent = messaging.forTenant("clinic").send(input, { signal, deadlineMs: 2_000 }).then(
      ({ handle }): Ending => ({ kind: "accepted", messageId: handle.messages.at(-1)?.id }),
      (error: unknown): Ending => (isMessagingError(error) ? { kind: error.outcome, code: error.code } : { kind: "unknown", code: "foreign" }),
    );
    const ending = await mortal.outcome(sent);
    return ending === "crashed" ? { kind: "crashed" } : ending;
  }

  /** The account sees its own card, as its vendor reports it. */
  async echo({ mortal, messaging }: Process, line: string, target: string): Promise<void> {
    const account = line === LINES.a ? "a" : "b";
    for (const { method, headers, body } of this.vendor.vendor.happen(line, { type: "echo", target })) {
      await mortal.outcome(messaging.receive("/webhooks", { method, path: `/webhooks/${account}`, headers, body }));
    }
    await mortal.outcome(messaging.idle());
  }

  /** Another program sends a card of its own through the same line. */
  async stranger(line: string, chat: string, title: string, beginsAt: number): Promise<void> {
    const { apiKey } = this.vendor.vendor.configFor(line);
    const body = JSON.stringify({ chat, card: { title, notes: "stranger", begins_at: beginsAt } });
    await this.vendor.vendor.exchange({ line, apiKey, path: "cards.send", body }, new AbortController().signal);
  }

  pass(): void {
    this.clock.ms += this.#random.pick([0, 5_000, 40_000, 200_000, 700_000]);
  }
}
