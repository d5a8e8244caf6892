import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { guestIds, isSameId, mergePeople, personOf, type Person } from "./guest-identity.js";
import { phone } from "./store-suite/suite-data.js";

const person = (...ids: readonly string[]): Person => personOf(ids) ?? { key: "", ids: [] };

/** Sightings over few ids, so that chains and Brazilian twins are common. */
const POOL = ["+5511987650001", "+551187650001", "+351960000001", "+351960000002", "1@lid", "2@lid", "3@lid", "acme:9", "other:9"];
const sighting = fc.uniqueArray(fc.constantFrom(...POOL), { minLength: 1, maxLength: 3 }).map((ids) => person(...ids));
const sightings = fc.array(sighting, { maxLength: 8 });

/** The naive way: join two groups as long as any two touch. */
function oracle(people: readonly Person[]): readonly (readonly string[])[] {
  const touch = (a: string, b: string) => a === b || [a, b].sort().join() === "+551187650001,+5511987650001";
  const groups = people.map(({ ids }) => new Set(ids));
  for (;;) {
    const pair = groups.flatMap((a, i) => groups.slice(i + 1).map((b) => [a, b] as const)).find(([a, b]) => [...a].some((x) => [...b].some((y) => touch(x, y))));
    if (!pair) return groups.map((group) => [...group].sort()).sort((a, b) => ((a[0] ?? "") < (b[0] ?? "") ? -1 : 1));
    for (const id of pair[1]) pair[0].add(id);
    groups.splice(groups.indexOf(pair[1]), 1);
  }
}

describe("guest identity", () => {
  it("joins people who share an id through others, and nobody else", () => {
    fc.assert(fc.property(sightings, (people) => {
      expect(mergePeople(people).map(({ ids }) => ids)).toEqual(oracle(people));
    }));
  });

  it("is commutative, associative and idempotent", () => {
    fc.assert(fc.property(sightings, sightings, sightings, (a, b, c) => {
      const whole = mergePeople(a, b, c);
      expect(mergePeople(c, a, b)).toEqual(whole);
      expect(mergePeople(mergePeople(a, b), c)).toEqual(whole);
      expect(mergePeople(a, mergePeople(b, c))).toEqual(whole);
      expect(mergePeople(whole, whole, a)).toEqual(whole);
    }));
  });

  it("matches Brazilian mobiles with and without the ninth digit, and keeps both as they were seen", () => {
    expect(mergePeople([person("+5511987650001", "7@lid"), person("+551187650001")])).toEqual([{ key: "+551187650001", ids: ["+551187650001", "+5511987650001", "7@lid"] }]);
    expect(isSameId("+5511987650001", "+551187650001")).toBe(true);
  });

  it.each([
    ["a landline and a mobile that ends in its digits", "+551134567890", "+5511934567890"],
    ["numbers of two areas", "+5511987650001", "+552187650001"],
    ["a number of another country", "+5411987650001", "+541187650001"],
    ["two subscribers", "+5511987650001", "+5511987650002"],
    ["a number with a digit other than 9 in front", "+5511887650001", "+551187650001"],
  ])("does not match %s", (_, a, b) => {
    expect(isSameId(a, b)).toBe(false);
    expect(mergePeople([person(a), person(b)])).toHaveLength(2);
  });

  it("keeps ids of one spelling and two kinds apart", () => {
    const ids = guestIds({ phone: phone("+351960000001"), providerIds: { acme: ["7@lid", "+351960000001"], other: ["7@lid"] } });
    expect(new Set(ids).size).toBe(4);
    expect(mergePeople(ids.map((id) => person(id)))).toHaveLength(4);
  });
});
