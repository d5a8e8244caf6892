import { createMessaging, memoryBook, memoryInbox, MessagingError, type Inbox, type InboxEntry, type InvitationBook, type MessagingOptions } from "../../src/index.js";
import type { InvitationInput } from "../../src/model/details.js";
import { FakeVendor } from "./fake-vendor.js";

export const ANA = "+351960000123";
export const GROUP = "120363000000000001@g.us";
export const START = Date.UTC(2026, 10, 21, 12);
export const checkUp = { key: "apt_1", to: ANA, title: "Check-up", startsAt: "2026-12-01T15:00:00Z" } as const satisfies InvitationInput;
export const http = { request: () => Promise.reject(new Error("no HTTP here")), close: async () => {} };

type Fails = (method: string, nth: number) => "before" | "after" | undefined;

/** A store whose methods reject with `STORE_FAILED`: before they did anything, or (worse than the contract) after it. */
export function faulty<S extends object>(store: S, fails: Fails): S {
  const counts = new Map<string, number>();
  return new Proxy(store, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== "function") return member;
      return async (...given: readonly unknown[]): Promise<unknown> => {
        const method = String(name);
        const nth = (counts.get(method) ?? 0) + 1;
        counts.set(method, nth);
        const when = fails(method, nth);
        const result: unknown = when === "before" ? undefined : await Reflect.apply(member, target, given);
        if (when !== undefined) throw new MessagingError(`${method}: the store failed`, { code: "STORE_FAILED", outcome: "not-sent", persistence: "transient" });
        return result;
      };
    },
  });
}

type Options = Partial<Omit<MessagingOptions, "directory" | "accounts" | "tenants" | "book" | "inbox">> & {
  readonly book?: (book: InvitationBook) => InvitationBook;
  readonly inbox?: (inbox: Inbox) => Inbox;
  readonly onForgotten?: (entry: InboxEntry) => void;
};

/** Messaging over a fake vendor with a clock that is moved by hand: tenants `clinic` and `choir`, accounts `a` and `b`. */
export function bench({ book: wrapBook = (book) => book, inbox: wrapInbox = (inbox) => inbox, ...options }: Options = {}) {
  const vendor = new FakeVendor();
  const clock = { ms: START };
  const now = () => new Date(clock.ms);
  const book = memoryBook({ now });
  const inbox = memoryInbox({ now });
  const accounts: Record<string, { provider: string; config: unknown }> = { a: { provider: "fake", config: { key: "k" } }, b: { provider: "fake", config: { key: "k" } } };
  const tenants: Record<string, string> = { clinic: "a", choir: "b" };
  const { providers = [vendor.definition(), vendor.definition("other")], ...rest } = options;
  const messaging = createMessaging({ providers, http, now, random: () => 0.5, layers: [], ...rest, accounts, tenants, book: wrapBook(book), inbox: wrapInbox(inbox) });
  const clinic = messaging.forTenant("clinic");
  const deliver = (json: unknown, { path = "/webhooks/a", key = "good" } = {}) => messaging.receive("/webhooks", {
    method: "POST", path, headers: [["x-key", key]], body: Buffer.from(typeof json === "string" ? json : JSON.stringify(json)),
  });
  /** One delivery with one answer. */
  const answer = (source: string, response: string, given: object = {}, path = "/webhooks/a") =>
    deliver({ facts: [{ type: "rsvp", source, at: "2026-11-21T12:00:01Z", target: "M1", guest: { phone: ANA }, response, ...given }] }, { path });
  return { vendor, clock, now, book, inbox, accounts, tenants, messaging, clinic, deliver, answer };
}

/** What a promise came to, in one word or two. */
export function ending(promise: Promise<unknown>): Promise<string> {
  return promise.then(() => "resolved", (error: unknown) => {
    if (typeof error === "object" && error !== null && "code" in error && "outcome" in error) return `${String(error.code)} ${String(error.outcome)}`;
    return `foreign ${String(error)}`;
  });
}
