import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { isMessagingError } from "../error/messaging-error.js";
import type { BookState } from "./book.js";
import { isOpen, openSendKey } from "./book-rules.js";
import { memoryBook } from "./memory-book.js";
import { ACCOUNT, at, GROUP, keyOf, OTHER_ACCOUNT, record, sent, TENANT, TO } from "./store-suite/suite-data.js";

type Step = { readonly key: string; readonly recipient: typeof TO; readonly fingerprint: string; readonly account: typeof ACCOUNT } & ({ readonly do: "begin" } | { readonly do: "change"; readonly state: BookState; readonly pause: number });

const step: fc.Arbitrary<Step> = fc.record({
  key: fc.constantFrom("apt_1", "apt_2", "apt_3"), recipient: fc.constantFrom(TO, GROUP), fingerprint: fc.constantFrom("text-1", "text-2"), account: fc.constantFrom(ACCOUNT, OTHER_ACCOUNT),
  do: fc.constantFrom("begin" as const, "change" as const), state: fc.constantFrom<BookState>("attempting", "accepted", "unknown", "not-sent"), pause: fc.nat(3),
});

describe("the invitation book in memory, under interleaved callers", () => {
  it("never holds two open sends of one text to one recipient through one account, and never leaves accepted", async () => {
    await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const book = memoryBook({ now: () => new Date("2026-11-01T12:00:00Z") });
      const accepted = new Set<string>();
      await Promise.all(steps.map(async (given) => {
        if (given.do === "begin") return void await book.begin(record(given));
        const [standing] = await book.records(TENANT, given.key, given.recipient);
        for (let pause = 0; pause < given.pause; pause += 1) await Promise.resolve();
        const changed = standing && await book.change(keyOf(standing), standing.version, { state: given.state });
        if (changed?.state === "accepted") accepted.add(JSON.stringify(keyOf(changed)));
      }));
      const all = (await Promise.all(["apt_1", "apt_2", "apt_3"].map((key) => book.records(TENANT, key)))).flat();
      const open = all.map(openSendKey).filter((key) => key !== undefined);
      expect(new Set(open).size).toBe(open.length);
      for (const { state, ...rest } of all) if (accepted.has(JSON.stringify(keyOf(rest)))) expect(state).toBe("accepted");
      const listed = await Promise.all([ACCOUNT, OTHER_ACCOUNT].flatMap((account) => [TO, GROUP].map((to) => book.open(account, to))));
      expect(listed.flat().length).toBe(all.filter(({ state }) => isOpen(state)).length);
    }), { numRuns: 200 });
  });

  it("hands out what nobody can change", async () => {
    const book = memoryBook();
    const { record: written } = await book.begin(record({ messages: [sent("A1", "queue-1")] }));
    expect(Object.isFrozen(written.handle.messages[0]?.vendorIds)).toBe(true);
    expect(Object.isFrozen(await book.learned(ACCOUNT))).toBe(true);
  });

  it("refuses with STORE_FAILED what would not survive JSON, and keeps nothing of it", async () => {
    const book = memoryBook();
    const odd: unknown = { ...record(), code: () => "secret" };
    const refused: unknown = await Promise.resolve(Reflect.apply(book.begin, book, [odd])).catch((error: unknown) => error);
    expect(isMessagingError(refused) && refused.code).toBe("STORE_FAILED");
    expect(await book.records(TENANT, "apt_1")).toEqual([]);
  });

  it("drops the ids of a not-sent record that is begun again elsewhere", async () => {
    const book = memoryBook();
    await book.begin(record({ state: "not-sent", messages: [sent("A1", "queue-1")] }));
    await book.begin(record({ account: OTHER_ACCOUNT, begunAt: at(1) }));
    expect(await book.byMessage(ACCOUNT, "A1")).toBeUndefined();
  });
});
