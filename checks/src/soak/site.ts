import { memoryBook, memoryInbox, rsvpsOf, type Inbox } from "@event-messaging/core";
import { tenantId } from "@event-messaging/core/driver";
import type { Invitation } from "../inbound/answers.js";
import { createStage, invite, type Stage } from "../inbound/stage.js";

/** What is broken at the moment. */
export interface Weather {
  readonly store?: "works" | "refuses";
  readonly handlers?: "work" | "fail";
  /** Puts the clock forward. */
  readonly laterMs?: number;
}

/** Guest, response, extra guests, source. */
export type Standing = readonly [phone: string, response: string, extraGuests: number, source: string];

/** All that a site knows at the end. Plain JSON. */
export interface SiteState {
  readonly filed: readonly string[];
  readonly standings: Readonly<Record<string, readonly Standing[]>>;
  readonly told: readonly string[];
  readonly refused: { readonly puts: number; readonly takes: number; readonly settles: number };
  readonly handlerFailures: number;
  readonly counts: Readonly<Record<string, number>>;
}

/** Where the defects of a deliberately broken site go. */
export interface SiteOptions {
  readonly inbox?: (inbox: Inbox) => Inbox;
  readonly state?: (state: SiteState) => SiteState;
  readonly ignoresWeather?: "store" | "handlers";
}

export interface Site {
  readonly stage: Stage;
  weather(weather: Weather): void;
  invite(invitation: Invitation): Promise<void>;
  /** When nothing waits for its handlers any more. */
  drained(): Promise<void>;
  state(): Promise<SiteState>;
}

/** The program of a user: the receiver, a store that fails when told to, and a handler that does. */
export function createSite(options: SiteOptions = {}): Site {
  let store: Weather["store"] = "works";
  let handlers: Weather["handlers"] = "work";
  let offset = 0;
  const now = () => new Date(Date.now() + offset);
  const refused = { puts: 0, takes: 0, settles: 0 };
  let handlerFailures = 0;
  const told: string[] = [];
  const invitations: Invitation[] = [];

  const inner = memoryInbox({ now });
  const failing = <A extends readonly unknown[], T>(what: keyof typeof refused, call: (...args: A) => Promise<T>) => async (...args: A): Promise<T> => {
    if (store === "works" || options.ignoresWeather === "store") return call(...args);
    refused[what] += 1;
    throw new Error("the store is away");
  };
  const weathered: Inbox = { ...inner, put: failing("puts", inner.put), take: failing("takes", inner.take), settle: failing("settles", inner.settle) };
  const inbox = options.inbox?.(weathered) ?? weathered;
  const book = memoryBook({ now });
  // The library's own twenty tries last a day and a half; here they are quicker, and as patient.
  const stage = createStage({ inbox, book, now, retries: { attempts: 10_000, firstDelayMs: 100, maxDelayMs: 2_000 } });
  stage.messaging.on("rsvp", async ({ source }) => {
    // As one that asks a database: so the store can go away between the telling and the note that it was told.
    await new Promise((resolve) => setTimeout(resolve, 2));
    if (handlers === "fail" && options.ignoresWeather !== "handlers") {
      handlerFailures += 1;
      throw new Error("the handler's database is away");
    }
    told.push(source);
  });

  return {
    stage,
    weather(change) {
      store = change.store ?? store;
      handlers = change.handlers ?? handlers;
      offset += change.laterMs ?? 0;
    },
    async invite(invitation) {
      await invite(stage.messaging, invitation);
      invitations.push(invitation);
    },
    async drained() {
      for (let look = 0; look < 2_000; look += 1) {
        await stage.messaging.idle();
        if ((await inner.nextDue()) === undefined) return;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    async state() {
      const standings: Record<string, readonly Standing[]> = {};
      const filed: string[] = [];
      for (const { line, key } of invitations) {
        const answers = await book.answers(tenantId(line.tenant), key);
        filed.push(...answers.map(({ fact }) => fact.source));
        const { guests } = rsvpsOf(await book.records(tenantId(line.tenant), key), answers);
        standings[key] = guests.flatMap(({ guest, answer }): readonly Standing[] => (answer ? [[guest.phone ?? "", answer.response, answer.extraGuests, answer.source]] : [])).sort(([a], [b]) => (a < b ? -1 : 1));
      }
      const state = { filed, standings, told, refused, handlerFailures, counts: stage.messaging.counts() };
      return options.state?.(state) ?? state;
    },
  };
}
