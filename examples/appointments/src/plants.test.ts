import { describe, expect, it } from "@jest/globals";
import { isCaught, PLANTS } from "./plants.js";
import { playStory } from "./story.js";
import { silent } from "./timeline.js";

const now = () => new Date();

describe("the comparison with the journals", () => {
  it.each(PLANTS.map((plant) => [plant.name, plant] as const))("notices when %s", async (_name, plant) => {
    await expect(isCaught(plant, now)).resolves.toBe(true);
  }, 30_000);

  it.each(PLANTS.map(({ place }) => place))("notices nothing when a relay at %s passes everything on", async (place) => {
    const { comparison } = await playStory({ clockFactor: 0.01, timeline: silent, now, defect: { place, meddle: () => "pass" } });
    expect(comparison.problems).toEqual([]);
  }, 30_000);
});
