import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { AccountLayer } from "../layers/account-layer.js";
import { defaultLayers } from "../layers/default-layers.js";
import { ANA, bench, checkUp, ending, faulty, GROUP } from "../../test/support/bench.js";
import { doubts, explodes, hangs, refuses, type Behaviour } from "../../test/support/fake-vendor.js";

/** Every way in which a request can end: accepted, refused, unknown (acted or not), a defect, silence. */
const BEHAVIOURS = {
  accept: async (act) => act(), refuse: refuses(), permanent: refuses({ persistence: "permanent" }), doubtActed: doubts(true), doubtIdle: doubts(false), explode: explodes, hang: hangs,
  slow: async (act) => { await turn(); await turn(); return act(); },
  noReceipt: async (act) => { act(); return JSON.parse("{}"); },
} as const satisfies Readonly<Record<string, Behaviour>>;
type Name = keyof typeof BEHAVIOURS;
const NAMES = Object.keys(BEHAVIOURS) as readonly Name[];

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

const step = fc.record({
  tenant: fc.constantFrom("clinic", "choir"), key: fc.constantFrom("apt_1", "apt_2"), to: fc.constantFrom(ANA, GROUP), revision: fc.constantFrom(1, 2), title: fc.constantFrom("One", "Two"),
  /** Wait for it to end, or let the next one overlap. */
  wait: fc.boolean(), abort: fc.boolean(), move: fc.boolean(), vendor: fc.constantFrom(...NAMES),
});
/** Which calls to the book fail, by their number: before they did anything, so that the contract holds. */
const failures = fc.uniqueArray(fc.tuple(fc.constantFrom("begin", "change", "records"), fc.integer({ min: 1, max: 12 })).map(([method, nth]) => `${method}:${nth}`), { maxLength: 4 });

/** The layers that everybody gets, without their waits. */
const withoutWaits = () => defaultLayers({ sleep: () => turn() });

describe.each<[string, () => readonly AccountLayer[]]>([["no layers", () => []], ["retries, breaker and timeout", withoutWaits]])("with %s, however sends, failures, repetitions and moves interleave", (_, layers) => {
  it("no (tenant, key, recipient, revision) leads to two deeds of the vendor, and no word of ours is untrue", async () => {
    let deeds = 0;
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), failures, async (steps, broken) => {
      const { messaging, vendor, tenants, book } = bench({ layers: layers(), book: (real) => faulty(real, (method, nth) => (broken.includes(`${method}:${nth}`) ? "before" : undefined)) });
      const running: Promise<unknown>[] = [];
      const callers: AbortController[] = [];
      const endings = new Map<string, string[]>();
      for (const { tenant, key, to, revision, title, wait, abort, move, vendor: name } of steps) {
        if (move) tenants[tenant] = tenants[tenant] === "a" ? "b" : "a";
        vendor.usually = BEHAVIOURS[name];
        const caller = new AbortController();
        const id = JSON.stringify([tenant, key, to, revision]);
        const call = ending(messaging.forTenant(tenant).send({ ...checkUp, key, to, revision, title }, { signal: caller.signal })).then((end) => endings.set(id, [...(endings.get(id) ?? []), end]));
        running.push(call);
        await turn();
        if (abort || name === "hang") caller.abort();
        else callers.push(caller);
        if (wait) await Promise.race([call, turn()]);
      }
      // A request may have met the silence of a later step: whoever still waits gives up.
      await turn();
      for (const caller of callers) caller.abort();
      await Promise.all(running);

      // What the vendor did, filed under the record whose message it is: the title and the chat say which call it was.
      const records = (await Promise.all(["clinic", "choir"].flatMap((tenant) => ["apt_1", "apt_2"].map((key) => book.records(messaging.forTenant(tenant).tenant, key))))).flat();
      deeds += vendor.acts.length;
      for (const record of records) {
        const words = endings.get(JSON.stringify([record.tenant, record.key, record.recipient, record.revision])) ?? [];
        if (record.state === "accepted") expect(record.handle.messages).toHaveLength(1);
        if (words.includes("resolved")) expect(["accepted", "attempting"]).toContain(record.state);
        for (const word of words) expect(word).not.toMatch(/^foreign/);
      }
      // Each deed needs a record of its own that does not claim "not sent".
      const possible = records.filter(({ state }) => state !== "not-sent").length;
      expect(vendor.acts.length).toBeLessThanOrEqual(possible);
      for (const { handle } of records.filter(({ state }) => state === "accepted")) {
        expect(vendor.acts.filter(({ messageId }) => messageId === handle.messages[0]?.id)).toHaveLength(1);
      }
      await messaging.close();
    }), { numRuns: 120 });
    expect(deeds).toBeGreaterThan(120); // The vendor did act: an empty run proves nothing.
  });

  it("of one call repeated blindly until it resolves or is unknown, the vendor does at most one deed", async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.constantFrom(...NAMES.filter((name) => name !== "hang")), { minLength: 1, maxLength: 10 }), fc.integer({ min: 1, max: 4 }), async (names, width) => {
      const { clinic, vendor, book } = bench({ layers: layers() });
      vendor.next.push(...names.map((name) => BEHAVIOURS[name]));
      const endings: string[] = [];
      for (let round = 0; round < names.length; round += 1) endings.push(...await Promise.all(Array.from({ length: width }, () => ending(clinic.send(checkUp)))));
      expect(vendor.acts.length).toBeLessThanOrEqual(1);
      const [record] = await book.records(clinic.tenant, "apt_1");
      if (endings.some((end) => end === "resolved")) expect([record?.state, vendor.acts.length]).toEqual(["accepted", 1]);
      if (record?.state === "not-sent") expect(vendor.acts).toEqual([]);
      if (vendor.acts.length === 1) expect(["accepted", "unknown"]).toContain(record?.state);
    }), { numRuns: 120 });
  });
});
