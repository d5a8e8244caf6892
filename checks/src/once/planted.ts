import { isMessagingError, MessagingError, type AccountLayer, type BookRecord, type CallLayer, type InvitationBook, type ProviderDefinition } from "@event-messaging/core";
import { messageId, type EventMessagingProvider, type Fact } from "@event-messaging/core/driver";
import type { Subject } from "./world.js";

/** The library as it is. */
export const OURS: Subject = {};

/** Defects that are known from other libraries, or that lie close. Each must show. */
export const PLANTED: readonly (readonly [string, Subject])[] = [
  ["what failed is repeated, whatever was proved", { layers: () => [repeating(() => true)] }],
  ["timeouts and broken connections are repeated", { layers: () => [repeating(({ code }) => code === "TIMEOUT" || code === "UNAVAILABLE")] }],
  ["failover after an unknown outcome", { layers: () => [failingOver((error) => isMessagingError(error), true)] }],
  ["failover that the book does not hear of", { layers: () => [failingOver((error) => isMessagingError(error) && error.outcome === "not-sent", false)] }],
  ["the record is written after the request", { book: writingLate }],
  ["an unknown outcome may be begun again", { book: (book) => ({
    ...book,
    records: async (...asked) => (await book.records(...asked)).map((record) => (record.state === "unknown" ? { ...record, state: "not-sent" as const } : record)),
    begin: async (record) => book.begin(await freed(book, record, (state) => state === "unknown")),
  }) }],
  ["an attempt of a crashed process may be begun again", { book: (book) => ({ ...book, begin: async (record) => book.begin(await freed(book, record, (state) => state === "attempting")) }) }],
  ["every failure counts as not sent", { definition: wrapped("send", (work) => work.catch((error: unknown) => Promise.reject(isMessagingError(error) ? asNotSent(error) : error))) }],
  ["a failure after the request counts as accepted", { definition: wrapped("send", (work) => work.catch((error: unknown) => (isMessagingError(error) && error.outcome === "unknown" ? { stage: "queued", messageId: madeUp(), vendorIds: {} } : Promise.reject(error)))) }],
  ["an echo is matched by its chat alone", { inbox: (inbox, book) => ({ ...inbox, put: async (entries) => inbox.put(await Promise.all(entries.map(async (entry) => ({ ...entry, fact: await likeAnOpenOne(book, entry.fact) })))) }) }],
  ["of two cards that could be meant, an echo takes the first", { book: (book) => ({ ...book, open: async (account, recipient) => (await book.open(account, recipient)).slice(0, 1) }) }],
  ["a look that finds nothing counts as proof at once", { definition: wrapped("findSent", (work) => work.then(() => ({ matches: [], conclusive: true }))) }],
  ["of several findings a look takes the first", { definition: wrapped("findSent", (work) => work.then((found) => ("matches" in found ? { ...found, matches: found.matches.slice(0, 1) } : found))), book: (book) => ({ ...book, open: async (account, recipient) => (await book.open(account, recipient)).slice(0, 1), byMessage: async () => undefined }) }],
];

function repeating(when: (error: MessagingError) => boolean): AccountLayer {
  return {
    slot: "retry",
    wrap: (next) => async (operation, input, call) => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await next(operation, input, { ...call, attempt });
        } catch (error) {
          if (attempt >= 3 || !isMessagingError(error) || !when(error)) throw error;
        }
      }
    },
  };
}

function failingOver(when: (error: unknown) => boolean, tellsTheBook: boolean): CallLayer {
  return {
    slot: "router",
    wrap: (next) => async (logical) => {
      try {
        return await next(logical);
      } catch (error) {
        const other = when(error) ? await logical.elsewhere?.() : undefined;
        if (other === undefined) throw error;
        if (tellsTheBook) await logical.relocate?.(other.record.handle);
        return next(other);
      }
    },
  };
}

/** Begins without a record, and writes one when the first change comes. */
function writingLate(book: InvitationBook): InvitationBook {
  const begun = new Map<string, BookRecord>();
  const idOf = ({ tenant, key, recipient, revision }: Pick<BookRecord, "tenant" | "key" | "recipient" | "revision">) => JSON.stringify([tenant, key, recipient, revision]);
  return {
    ...book,
    async begin(record) {
      const standing = (await book.records(record.tenant, record.key, record.recipient)).find(({ revision }) => revision === record.revision);
      if (standing !== undefined && standing.state !== "not-sent") return book.begin(record);
      const pending = { ...record, version: 0 };
      begun.set(idOf(record), pending);
      return { kind: "begun", record: pending };
    },
    async change(key, version, change) {
      const pending = begun.get(idOf(key));
      if (pending === undefined || version !== 0) return book.change(key, version, change);
      begun.delete(idOf(key));
      const written = await book.begin(pending);
      return written.kind === "begun" ? book.change(key, written.record.version, change) : undefined;
    },
  };
}

async function freed(book: InvitationBook, record: Omit<BookRecord, "version">, when: (state: BookRecord["state"]) => boolean): Promise<Omit<BookRecord, "version">> {
  const standing = (await book.records(record.tenant, record.key, record.recipient)).find(({ revision }) => revision === record.revision);
  if (standing && when(standing.state)) await book.change(standing, standing.version, { state: "not-sent" });
  return record;
}

async function likeAnOpenOne(book: InvitationBook, fact: Fact): Promise<Fact> {
  if (fact.type !== "invitation.observed") return fact;
  const [open] = await book.open(fact.sighting.account, fact.sighting.recipient);
  return open === undefined ? fact : { ...fact, sighting: { ...fact.sighting, details: open.handle.details } };
}

function wrapped<O extends "send" | "findSent">(operation: O, change: (work: ReturnType<NonNullable<EventMessagingProvider[O]>>) => ReturnType<NonNullable<EventMessagingProvider[O]>>): NonNullable<Subject["definition"]> {
  return (definition: ProviderDefinition): ProviderDefinition => ({
    ...definition,
    open(config, runtime) {
      const provider = definition.open(config, runtime);
      const method = provider[operation];
      return { ...provider, [operation]: (input: never, call: never) => change(method?.(input, call) as never) };
    },
  });
}

function asNotSent(error: MessagingError): MessagingError {
  return new MessagingError(error.message, { code: error.code, outcome: "not-sent", persistence: "permanent", context: error.context });
}

function madeUp() {
  const id = messageId("MADEUP");
  if (id === undefined) throw new Error("no id");
  return id;
}
