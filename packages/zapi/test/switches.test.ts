import { beforeAll, describe, expect, it } from "@jest/globals";
import { zapiSwitchValues, type ZapiSwitches } from "@event-messaging/simulator";
import { differences, tell, WIRE, type Story } from "./story.js";
import { USUAL_ENDS, ZAPI_SWITCHES, type SwitchEntry } from "./switch-table.js";

const entries: readonly (readonly [string, SwitchEntry])[] = Object.entries(ZAPI_SWITCHES);
const usual = new Map<string, Story>();
const setTo = (name: string, value: string): Partial<ZapiSwitches> => ({ [name]: value });
const others = entries.flatMap(([name, entry]) => (Object.entries(zapiSwitchValues).find(([known]) => known === name)?.[1] ?? []).slice(1).map((value) => [name, value, entry] as const));
const optioned = entries.flatMap(([name, { options = [] }]) => options.map((option) => [name, option.value, JSON.stringify(option.config), option] as const));

beforeAll(async () => {
  for (const [, { chapters }] of entries) for (const chapter of chapters) if (!usual.has(chapter)) usual.set(chapter, await tell({}, [chapter]));
}, 60_000);

describe("every ambiguity of Z-API, as the account's user meets it", () => {
  it("has an entry in the table, and the table has no other", () => {
    expect(entries.map(([name]) => name).sort()).toEqual(Object.keys(zapiSwitchValues).sort());
    expect(others.length).toBeGreaterThan(60);
  });

  it("is compared with a story that is whole", () => {
    for (const [chapter, ends] of Object.entries(USUAL_ENDS)) expect([chapter, usual.get(chapter)?.[chapter]]).toEqual([chapter, ends]);
    for (const [chapter, story] of usual) expect([chapter, story[chapter]]).not.toEqual([chapter, expect.stringMatching(/Error|undefined/)]);
  });

  it.each(others)("%s=%s ends as the table says, and where it says nothing as ever", async (name, value, { chapters, otherwise = {}, wire }) => {
    let isDifferent = false;
    for (const chapter of chapters) {
      const [before, story] = [usual.get(chapter) ?? {}, await tell({ switches: setTo(name, value) }, [chapter])];
      const ends = otherwise[value]?.[chapter];
      expect([chapter, story[chapter]]).toEqual([chapter, ends ?? before[chapter]]);
      expect(differences(before, story)).toEqual(ends === undefined ? [] : [chapter]);
      isDifferent ||= ends !== undefined || story[WIRE] !== before[WIRE];
    }
    // A switch that changes nothing that the vendor says would prove nothing.
    if (wire !== "order-only" && wire !== "random") expect(isDifferent).toBe(wire !== "never-met");
  });

  it.each(optioned)("%s=%s with the option %s ends as the option promises", async (name, value, _, { config, chapter, ends }) => {
    expect(await tell({ switches: setTo(name, value), config }, [chapter])).toMatchObject({ [chapter]: ends });
  });
});
