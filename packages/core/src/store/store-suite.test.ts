import { describe, expect, it } from "@jest/globals";
import { tenantId } from "../model/ids.js";
import { fromEpochMs, toEpochMs } from "../model/time.js";
import type { InvitationBook } from "./book.js";
import type { Inbox } from "./inbox.js";
import { memoryBook } from "./memory-book.js";
import { memoryInbox } from "./memory-inbox.js";
import { describeStore, type StoreUnderTest } from "./store-suite.js";

describeStore("memory", { openBook: async (now) => memoryBook({ now }), openInbox: async (now) => memoryInbox({ now }) }, { describe, it });

/** Runs the suite with a runner that collects, and says which cases fail. */
async function failures(store: StoreUnderTest): Promise<readonly string[]> {
  const cases: { readonly title: string; readonly run: () => Promise<void> }[] = [];
  describeStore("broken", store, { describe: (_, body) => body(), it: (title, run) => void cases.push({ title, run }) });
  const failed: string[] = [];
  for (const { title, run } of cases) await run().catch(() => failed.push(title));
  return failed;
}

const brokenBook = (breakIt: (book: InvitationBook) => Partial<InvitationBook>): StoreUnderTest => ({
  openBook: async (now) => {
    const book = memoryBook({ now });
    return { ...book, ...breakIt(book) };
  },
});
const brokenInbox = (breakIt: (inbox: Inbox) => Partial<Inbox>): StoreUnderTest => ({
  openInbox: async (now) => {
    const inbox = memoryInbox({ now });
    return { ...inbox, ...breakIt(inbox) };
  },
});

/** Like every placeholder. */
function withoutClaim({ id, provider, account, fact, authenticity, flags, receivedAt }: Parameters<Inbox["put"]>[0][number]): Parameters<Inbox["put"]>[0][number] {
  return { id, provider, account, fact, authenticity, flags, receivedAt };
}

describe("the store suite fails a store", () => {
  const BROKEN: readonly (readonly [title: string, caughtBy: RegExp, store: StoreUnderTest])[] = [
    ["that begins with get-then-set", /at once, one begins it/, brokenBook((book) => ({
      begin: async (record) => {
        const standing = (await book.records(record.tenant, record.key, record.recipient)).find(({ revision }) => revision === record.revision);
        await Promise.resolve();
        return standing ? { kind: "same", record: standing } : { kind: "begun", record: (await book.begin(record)).record };
      },
    }))],
    ["that ignores the version of a change", /two changes to one version/, brokenBook((book) => ({
      change: async (key, _, change) => {
        const current = (await book.records(key.tenant, key.key, key.recipient)).find(({ revision }) => revision === key.revision);
        return current && book.change(key, current.version, change);
      },
    }))],
    ["that finds a message in every account", /within its account only/, brokenBook((book) => {
      const accounts = new Set<Parameters<typeof book.byMessage>[0]>();
      return {
        begin: async (record) => {
          accounts.add(record.handle.account);
          return book.begin(record);
        },
        byMessage: async (_, id) => (await Promise.all([...accounts].map((account) => book.byMessage(account, id)))).find((record) => record !== undefined),
      };
    })],
    ["that hands work to everybody", /goes to one of many takers/, brokenBook((book) => ({ take: async (state, before, _, limit) => book.take(state, before, before, limit) }))],
    ["that compares times as text", /which as text it does not/, brokenBook((book) => ({ take: async (state, before, until, limit) => book.take(state, fromEpochMs(toEpochMs(before) + 999), until, limit) }))],
    ["that counts a known answer again", /fifty times at once is one transition/, brokenBook((book) => ({ answer: async (answer, fold) => (await book.answer(answer, fold)) ?? { after: fold([answer]) } }))],
    ["that folds the answers of all recipients", /of no other recipient/, brokenBook((book) => ({
      answer: async (answer, fold) => {
        const others = await book.answers(answer.invitation.tenant, answer.invitation.key);
        const result = await book.answer(answer, fold);
        return result && { ...result, after: fold([...others, answer]) };
      },
    }))],
    ["that keeps what accounts taught in one place", /stays with the account/, brokenBook(() => {
      let all: Readonly<Record<string, string>> = {};
      return { learned: async () => all, remember: async (_, learned) => { all = { ...all, ...learned }; } };
    })],
    ["that knows people across tenants", /across tenants/, brokenBook((book) => {
      const one = tenantId("one");
      return { meet: async (_, person) => book.meet(one, person), people: async (_, ids) => book.people(one, ids) };
    })],
    ["that looks people up by the spelling of an id", /Brazilian number/, brokenBook((book) => ({ people: async (tenant, ids) => (await book.people(tenant, ids)).filter((person) => person.ids.some((id) => ids.includes(id))) }))],
    ["that takes every chat's questions for one chat's", /found by its chat/, brokenBook((book) => {
      const chats = new Map<string, Parameters<typeof book.questions>>();
      return {
        begin: async (record) => {
          chats.set(record.recipient, [record.handle.account, record.recipient]);
          return book.begin(record);
        },
        questions: async () => (await Promise.all([...chats.values()].map((chat) => book.questions(...chat)))).flat(),
      };
    })],
    ["that does not mark what is revived", /dead entries are listed/, brokenInbox((inbox) => ({ take: async (until, limit) => (await inbox.take(until, limit)).map(({ revived: _, ...entry }) => entry) }))],
    ["that forgets claims", /outlives its entry/, brokenInbox((inbox) => ({ put: async (entries) => inbox.put(entries.map(withoutClaim)) }))],
    ["that checks claims before it keeps them", /fifty deliveries/, brokenInbox((inbox) => {
      const known = new Set<string>();
      return {
        put: async (entries) => {
          const fresh = entries.filter(({ claim }) => claim === undefined || !known.has(claim));
          await Promise.resolve();
          for (const { claim } of fresh) if (claim !== undefined) known.add(claim);
          const { added } = await inbox.put(fresh.map(withoutClaim));
          return { added, known: entries.length - added };
        },
      };
    })],
    ["whose leases end at once", /each by one of many workers/, brokenInbox((inbox) => ({ take: async (_, limit) => inbox.take(_, limit).then(async (taken) => {
      for (const { id, lease } of taken) await inbox.settle(id, lease, { kind: "dead", reason: "x" }).then(() => inbox.revive(id));
      return taken;
    }) }))],
    ["that retries at once", /waits until its due time/, brokenInbox((inbox) => ({ settle: async (id, lease, settlement) =>
      inbox.settle(id, lease, settlement.kind === "retry" ? { kind: "dead", reason: "x" } : settlement).then(async (held) => {
        if (settlement.kind === "retry") await inbox.revive(id);
        return held;
      }) }))],
    ["that wakes across accounts", /in its own account only/, brokenInbox((inbox) => {
      const accounts = new Set<Parameters<typeof inbox.wake>[0]>();
      return {
        put: async (entries) => {
          for (const { account } of entries) accounts.add(account);
          return inbox.put(entries);
        },
        wake: async (_, target) => (await Promise.all([...accounts].map((account) => inbox.wake(account, target)))).reduce((sum, woken) => sum + woken, 0),
      };
    })],
    ["that drops dead entries", /dead entries are listed/, brokenInbox((inbox) => ({ settle: async (id, lease, settlement) => inbox.settle(id, lease, settlement.kind === "dead" ? { kind: "done" } : settlement) }))],
    ["that never says when something is due", /next due time/, brokenInbox(() => ({ nextDue: async () => undefined }))],
  ];

  for (const [title, caughtBy, store] of BROKEN) {
    it(title, async () => {
      expect((await failures(store)).filter((failed) => caughtBy.test(failed))).not.toEqual([]);
    });
  }
});
