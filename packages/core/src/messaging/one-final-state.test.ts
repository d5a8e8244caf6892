import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { revisionsOf } from "../store/revision-lookup.js";
import { rsvpFold } from "../store/rsvp-fold.js";
import { bench, checkUp, GROUP } from "../../test/support/bench.js";

const ANSWERS = ["GOING", "NOT_GOING", "MAYBE", "CLEARED"] as const;
const GUESTS = ["+351960000001", "+351960000002", "77@lid"] as const;
const guestOf = (id: (typeof GUESTS)[number]) => (id.endsWith("@lid") ? { lid: id } : { phone: id });

const fact = fc.record({ second: fc.integer({ min: 0, max: 50 }), guest: fc.constantFrom(...GUESTS), response: fc.constantFrom(...ANSWERS) });
/** Facts with an id each, then their deliveries: every one at least once, some twice, in any order, before or after the send, in batches. */
const deliveries = fc.uniqueArray(fact, { minLength: 1, maxLength: 6, selector: ({ second, guest }) => `${second} ${guest}` })
  .chain((facts) => fc.record({ facts: fc.constant(facts), order: fc.array(fc.nat({ max: facts.length - 1 }), { maxLength: 8 }).chain((again) => fc.shuffledSubarray([...facts.keys(), ...again], { minLength: facts.length + again.length })) }))
  .chain(({ facts, order }) => fc.record({ facts: fc.constant(facts), order: fc.constant(order), sendAt: fc.nat({ max: order.length }), rest: fc.array(fc.boolean(), { minLength: order.length, maxLength: order.length }), failing: fc.uniqueArray(fc.nat({ max: 8 }), { maxLength: 3 }) }));

describe("whatever order and number of deliveries the same answers come in", () => {
  it("there is one final state, the last answer told of each guest is theirs, and each transition is told exactly once", async () => {
    let told = 0;
    await fc.assert(fc.asyncProperty(deliveries, async ({ facts, order, sendAt, rest, failing }) => {
      const { messaging, clinic, book, clock, deliver } = bench();
      const heard: { readonly guest: string; readonly source: string; readonly response: string; readonly at: string }[] = [];
      let calls = 0;
      messaging.on("rsvp", ({ guest, source, response, at }) => {
        calls += 1;
        if (failing.includes(calls)) throw new Error("down");
        heard.push({ guest: guest.phone ?? guest.lid ?? "", source, response, at });
      });
      const send = async (index: number) => {
        if (index === sendAt) await clinic.send({ ...checkUp, to: GROUP });
      };
      for (const [index, which] of order.entries()) {
        await send(index);
        const { second, guest, response } = facts[which] ?? { second: 0, guest: GUESTS[0], response: ANSWERS[0] };
        const one = { type: "rsvp", source: `R${which}`, at: `2026-11-21T12:00:${String(second).padStart(2, "0")}Z`, target: "M1", guest: guestOf(guest), response };
        expect((await deliver({ facts: [one] })).status).toBe(200);
        if (rest[index]) await messaging.idle();
      }
      await send(order.length);
      for (let day = 0; day < 4; day += 1) {
        await messaging.idle();
        clock.ms += 86_400_000;
      }

      const last = new Map(GUESTS.flatMap((guest) => {
        const [newest] = facts.flatMap((one, index) => (one.guest === guest ? [{ ...one, source: `R${index}` }] : [])).sort((a, b) => b.second - a.second);
        return newest ? [[guest, newest] as const] : [];
      }));
      const records = await book.records(clinic.tenant, "apt_1");
      const { guests } = rsvpFold({ revisions: revisionsOf(records) })(await book.answers(clinic.tenant, "apt_1"));
      expect(new Map(guests.map(({ key, answer }) => [key, answer?.response]))).toEqual(new Map([...last].map(([guest, { response }]) => [guest, response])));
      for (const [guest, { source, response }] of last) expect(heard.filter((one) => one.guest === guest).at(-1)).toMatchObject({ source, response });
      expect(new Set(heard.map(({ source }) => source)).size).toBe(heard.length); // none is told twice
      for (const guest of GUESTS) {
        const times = heard.filter((one) => one.guest === guest).map(({ at }) => at);
        expect(times).toEqual([...times].sort()); // and never one that another had replaced
      }
      told += heard.length;
      await messaging.close();
    }), { numRuns: 150 });
    expect(told).toBeGreaterThan(150);
  });
});
