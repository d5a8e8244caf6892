import { describe, expect, it } from "@jest/globals";
import { wahaSwitchValues, type WahaSwitches } from "@event-messaging/simulator";
import { tell, type Chapter, type Plot } from "./story.js";
import { FIRST, USUAL_ENDS, WAHA_SWITCHES, type Difference, type SwitchEntry } from "./switch-table.js";

const entries: readonly (readonly [string, SwitchEntry])[] = Object.entries(WAHA_SWITCHES);
const known: Readonly<Record<string, readonly string[]>> = wahaSwitchValues;
const others = entries.flatMap(([name, entry]) => (known[name] ?? []).slice(1).map((value) => [name, value, entry] as const));
const differences = others.map(([name, value, entry]) => [name, value, entry, new Map<string, Difference>(Object.entries(entry.by)).get(value)] as const);
const setTo = (given: Partial<WahaSwitches>, name: string, value: string): Partial<WahaSwitches> => ({ ...given, [name]: value });

/** Each telling once: a server of its own for each chapter is what they cost. */
const told = new Map<string, Promise<string>>();
function ends(chapter: Chapter, plot: Omit<Plot, "planted">): Promise<string> {
  const name = JSON.stringify([chapter, Object.entries(plot.switches ?? {}).sort(), plot.config]);
  const telling = told.get(name) ?? tell(chapter, plot);
  told.set(name, telling);
  return telling;
}
const decidedBy = (kind: "option" | "planted" | "beyond") => differences.flatMap(([name, value, entry, by]) => (by !== undefined && by[kind] !== undefined ? [[name, value, entry, by] as const] : []));

describe("everything that differs between WAHA servers, as the account's user meets it", () => {
  it("has an entry in the table, which has no other, and compares with the simulator's first values", () => {
    expect(entries.map(([name]) => name).sort()).toEqual(Object.keys(wahaSwitchValues).sort());
    expect(FIRST).toEqual(Object.fromEntries(Object.entries(known).map(([name, [first]]) => [name, first])));
    expect(others.length).toBeGreaterThan(45);
  });

  it.each(USUAL_ENDS)("is compared with a story that is whole: %s", async (chapter, expected) => {
    expect(await ends(chapter, {})).toBe(expected);
  });

  it.each(others)("%s=%s ends as the table says, and where it says nothing as ever", async (name, value, { chapters, given = {}, otherwise = {} }) => {
    for (const chapter of chapters) {
      const usual = await ends(chapter, { switches: given });
      const expected = otherwise[value]?.[chapter];
      expect([chapter, usual]).not.toEqual([chapter, expect.stringMatching(/undefined/)]);
      expect([chapter, expected]).not.toEqual([chapter, usual]);
      expect([chapter, await ends(chapter, { switches: setTo(given, name, value) })]).toEqual([chapter, expected ?? usual]);
    }
  });
});

describe("what makes the difference", () => {
  it.each(decidedBy("option"))("%s=%s: an option makes the difference", async (name, value, { given = {} }, by) => {
    if (by.option === undefined) throw new Error("no option");
    const switches = setTo(by.given ?? given, name, value);
    const without = await ends(by.chapter, { switches });
    expect(by.ends).not.toBe(without);
    expect(await ends(by.chapter, { switches, config: by.option })).toBe(by.ends);
  });

  it.each(decidedBy("planted"))("%s=%s: the adapter's reading makes the difference to one that knows the first value only", async (name, value, { given = {} }, by) => {
    if (by.planted === undefined) throw new Error("nobody planted");
    const first = by.given ?? given;
    const switches = setTo(first, name, value);
    expect(by.ends).not.toBe(await ends(by.chapter, { switches }));
    expect(await tell(by.chapter, { switches, planted: by.planted })).toBe(by.ends);
    // He is no vandal: of the first value he makes what the adapter makes of it.
    expect(await tell(by.chapter, { switches: first, planted: by.planted })).toBe(await ends(by.chapter, { switches: first }));
  });

  it.each(decidedBy("beyond"))("%s=%s: nothing on our side could make a difference, for a reason", (_, _value, _entry, by: Difference) => {
    expect(by.beyond).toMatch(/^[A-Z].{80,}\.$/);
  });

  it("is known for every value but the first, by one of the three", () => {
    const counted = { values: others.length, options: decidedBy("option").length, readings: decidedBy("planted").length, beyond: decidedBy("beyond").length };
    expect(counted.options + counted.readings + counted.beyond).toBe(counted.values);
    expect(counted.beyond).toBeLessThanOrEqual(4);
    expect(counted).toEqual({ values: 50, options: 4, readings: 43, beyond: 3 });
  });
});

describe("the answer UNKNOWN", () => {
  it("is kept as it came, and with the option unknownResponse cleared it takes the earlier one back", async () => {
    const chapter = "an answer that is taken back";
    expect(await ends(chapter, {})).toBe("GOING; unrecognised UNKNOWN");
    expect(await ends(chapter, { config: { unknownResponse: "cleared" } })).toBe("GOING; CLEARED");
  });
});
