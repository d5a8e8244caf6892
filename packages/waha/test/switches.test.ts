import { describe, expect, it } from "@jest/globals";
import { wahaSwitchValues, type WahaSwitches } from "@event-messaging/simulator";
import { differences, tell, WIRE } from "./story.js";
import { WAHA_SWITCHES, type SwitchEntry } from "./switch-table.js";

const entries: readonly (readonly [string, SwitchEntry])[] = Object.entries(WAHA_SWITCHES);
const setTo = (name: string, value: string): Partial<WahaSwitches> => ({ [name]: value });
const others = entries.flatMap(([name, entry]) => (Object.entries(wahaSwitchValues).find(([known]) => known === name)?.[1] ?? []).slice(1).map((value) => [name, value, entry] as const));

describe("everything that differs between WAHA servers, as the account's user meets it", () => {
  it("has an entry in the table, and the table has no other", () => {
    expect(entries.map(([name]) => name).sort()).toEqual(Object.keys(wahaSwitchValues).sort());
    expect(others.length).toBeGreaterThan(40);
  });

  it("is compared with a story that is whole", async () => {
    expect(await tell({}, ["cards", "echoes", "answers", "votes", "how far a card came"])).toMatchObject({
      "cards": expect.stringMatching(/^ok; ok; Colour appointment .* Salon North \| true; Colour/),
      "echoes": "it self true whole; it self true whole",
      "answers": "Rita MAYBE 0, Rita GOING 1; Rita MAYBE 0, Rita GOING 1",
      "votes": "Rita Not going, Rita Going; Rita Not going, Rita Going",
      "how far a card came": "device Rita; device Rita",
    });
  });

  it.each(others)("%s=%s ends as the table says, and where it says nothing as ever", async (name, value, { chapters, given = {}, otherwise = {}, sameAs, wire }) => {
    let isDifferent = false;
    for (const chapter of chapters) {
      const before = await tell({ switches: given }, [chapter]);
      const story = await tell({ switches: { ...given, ...setTo(name, value) } }, [chapter]);
      expect([chapter, story[chapter]]).not.toEqual([chapter, expect.stringMatching(/Error|undefined/)]);
      const ends = otherwise[value]?.[chapter];
      expect([chapter, story[chapter]]).toEqual([chapter, ends ?? before[chapter]]);
      expect(differences(before, story)).toEqual(ends === undefined || ends === before[chapter] ? [] : [chapter]);
      isDifferent ||= ends !== undefined || story[WIRE] !== before[WIRE];
    }
    // A switch that changes nothing that the server says would prove nothing.
    if (wire !== "order-only") expect(isDifferent).toBe(wire !== "never-met" && value !== sameAs);
  });

  it("an answer UNKNOWN is kept as it came, and with the option unknownResponse cleared it takes the earlier one back", async () => {
    const chapter = "an answer that is taken back";
    expect((await tell({}, [chapter]))[chapter]).toBe("GOING; unrecognised UNKNOWN");
    expect((await tell({ config: { unknownResponse: "cleared" } }, [chapter]))[chapter]).toBe("GOING; CLEARED");
  });
});
