import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { CAPABILITIES, isCapabilityCode, type CapabilityCode } from "./codes.js";
import { GATES, OPERATIONS } from "./gates.js";
import { codesOf, intersect, isSupported, supportOf, type CapabilityEntry, type CapabilityTable, type Support } from "./table.js";

const AUDIENCES = ["direct", "group"] as const;
const RANK: Readonly<Record<Support, number>> = { native: 3, emulated: 2, unknown: 1, absent: 0 };
const entry = (support: Support, source = "test"): CapabilityEntry => ({ support, why: `It is ${support}.`, source });

const someEntry = fc.constantFrom<Support>("native", "emulated", "absent", "unknown").map((support) => entry(support));
const someCode = fc.constantFrom<CapabilityCode>("invitation.send", "invitation.update", "field.location", "rsvp.maybe", "x-acme.thing");
const someTable: fc.Arbitrary<CapabilityTable> = fc.dictionary(someCode, fc.oneof(someEntry, fc.record({ direct: someEntry, group: someEntry })));
const wholeTable = someTable.map((table): CapabilityTable => ({ "invitation.send": entry("absent"), "invitation.update": entry("absent"), "field.location": entry("absent"), "rsvp.maybe": entry("absent"), "x-acme.thing": entry("absent"), ...table }));
const supports = (table: CapabilityTable) => [...CAPABILITIES, "x-acme.thing" as const].flatMap((code) => AUDIENCES.map((audience) => supportOf(table, code, audience).support));

describe("a capability table", () => {
  it("says of a code that it does not list that it is absent, and why", () => {
    expect(supportOf({}, "invitation.send", "group")).toMatchObject({ support: "absent", why: "The provider does not list it." });
  });

  it.each(["constructor", "toString", "__proto__", "hasOwnProperty"])("does not take %s for a code that it lists", (name) => {
    // Plain JavaScript may ask for anything.
    expect(supportOf({}, name as CapabilityCode, "direct").support).toBe("absent");
  });

  it("answers per audience, from one entry for both or one for each", () => {
    const table = { "invitation.send": { direct: entry("absent"), group: entry("native") }, "invitation.cancel": entry("emulated") };
    expect(AUDIENCES.map((audience) => supportOf(table, "invitation.send", audience).support)).toEqual(["absent", "native"]);
    expect(AUDIENCES.map((audience) => supportOf(table, "invitation.cancel", audience).support)).toEqual(["emulated", "emulated"]);
  });

  it.each<[Support, boolean]>([["native", true], ["emulated", true], ["unknown", false], ["absent", false]])("relies on %s: %s", (support, expected) => {
    expect(isSupported(entry(support))).toBe(expected);
  });
});

describe("two tables that must agree", () => {
  it("never add to the definition: neither a code nor support", () => {
    fc.assert(fc.property(someTable, someTable, (bound, probed) => {
      const met = intersect(bound, probed);
      expect(codesOf(met)).toEqual(codesOf(bound));
      for (const code of codesOf(probed)) for (const audience of AUDIENCES) {
        expect(RANK[supportOf(met, code, audience).support]).toBeLessThanOrEqual(RANK[supportOf(bound, code, audience).support]);
      }
    }));
  });

  it("never promise what the probe took away", () => {
    fc.assert(fc.property(someTable, someTable, (bound, probed) => codesOf(probed).every((code) => AUDIENCES.every((audience) =>
      RANK[supportOf(intersect(bound, probed), code, audience).support] <= RANK[supportOf(probed, code, audience).support]))));
  });

  it("have the same effect in either order, over the same codes", () => {
    fc.assert(fc.property(wholeTable, wholeTable, (a, b) => expect(supports(intersect(a, b))).toEqual(supports(intersect(b, a)))));
  });

  it("are one in effect when they are equal, and meeting again changes nothing", () => {
    fc.assert(fc.property(someTable, someTable, (a, b) => {
      expect(supports(intersect(a, a))).toEqual(supports(a));
      expect(supports(intersect(intersect(a, b), b))).toEqual(supports(intersect(a, b)));
    }));
  });

  it("do not depend on how three are grouped", () => {
    fc.assert(fc.property(wholeTable, wholeTable, wholeTable, (a, b, c) => expect(supports(intersect(intersect(a, b), c))).toEqual(supports(intersect(a, intersect(b, c))))));
  });

  it("keep the definition's entry of a code that the probe is silent about, and the weaker one's reason", () => {
    const bound = { "invitation.send": entry("native", "page"), "invitation.cancel": entry("native", "page") };
    const met = intersect(bound, { "invitation.send": { direct: entry("absent", "probe"), group: entry("native", "probe") } });
    expect(supportOf(met, "invitation.cancel", "direct")).toBe(bound["invitation.cancel"]);
    expect(supportOf(met, "invitation.send", "direct").source).toBe("probe");
    expect(supportOf(met, "invitation.send", "group").source).toBe("page");
  });
});

describe("capability codes", () => {
  it.each(["x-acme.thing", "x-a.b.c", "x-acme-2.read-receipts", ...CAPABILITIES])("%s is one", (text) => expect(isCapabilityCode(text)).toBe(true));
  it.each(["", "invitation.sent", "Invitation.send", "x-acme", "x-.thing", "x-acme.", "x-Acme.thing", "x-acme.Thing", "acme.thing", "x-acme.thing ", "constructor"])("%j is none", (text) => expect(isCapabilityCode(text)).toBe(false));
  it("gate every operation, each by a code that exists", () => {
    for (const operation of OPERATIONS) expect(CAPABILITIES).toContain(GATES[operation]);
  });
});
