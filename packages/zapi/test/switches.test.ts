import { describe, expect, it } from "@jest/globals";
import { zapiSwitchValues, type ZapiSwitches } from "@event-messaging/simulator";
import { CHAPTER_NAMES, tell, type ChapterName, type Plot, type Story } from "./story.js";
import type { Proof, SwitchEntry } from "./switch-entry.js";
import { ZAPI_SWITCHES } from "./switch-table.js";
import { USUAL_ENDS } from "./usual-ends.js";

const entries: readonly (readonly [string, SwitchEntry])[] = Object.entries(ZAPI_SWITCHES);
const values: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(zapiSwitchValues));

/** One value of one switch, and what proves that it matters how it is read. */
interface Case {
  readonly name: string;
  readonly value: string;
  readonly entry: SwitchEntry;
  readonly proof: Proof;
}
const cases: readonly Case[] = entries.flatMap(([name, entry]) => Object.entries<Proof>(entry.others).map(([value, proof]) => ({ name, value, entry, proof })));
const of = <K extends Proof["kind"]>(kind: K) => cases.flatMap(({ proof, ...rest }) => (is(proof, kind) ? [[rest.name, rest.value, { ...rest, proof }] as const] : []));
function is<K extends Proof["kind"]>(proof: Proof, kind: K): proof is Extract<Proof, { readonly kind: K }> {
  return proof.kind === kind;
}

/** Each story is told once, but for those with a planted reader, which are told once anyway. */
const told = new Map<string, Promise<Story>>();
function telling(chapter: ChapterName, plot: Plot = {}): Promise<Story> {
  if (plot.reader) return tell(chapter, plot);
  const key = JSON.stringify([chapter, plot], (_, value: unknown) => value ?? "nothing");
  const story = told.get(key) ?? tell(chapter, plot);
  told.set(key, story);
  return story;
}
const at = ({ name, value }: Pick<Case, "name" | "value">): { readonly switches: Partial<ZapiSwitches> } => ({ switches: { [name]: value } });
const differ = (one: Story, other: Story) => one.end !== other.end || one.wire !== other.wire;

describe("every ambiguity of Z-API, as the account's user meets it", () => {
  it("has an entry in the table, with a proof for each value but the first, and the table has no other", () => {
    expect(entries.map(([name]) => name).sort()).toEqual([...values.keys()].sort());
    for (const [name, { usual, others }] of entries) expect([usual, ...Object.keys(others).sort()]).toEqual([values.get(name)?.[0], ...(values.get(name) ?? []).slice(1).sort()]);
  });

  it("is compared with a story that is whole, and the same whenever it is told", async () => {
    expect(new Set(entries.flatMap(([, { chapters }]) => chapters))).toEqual(new Set(CHAPTER_NAMES));
    for (const chapter of CHAPTER_NAMES) {
      const story = await telling(chapter);
      expect([chapter, story.end]).toEqual([chapter, USUAL_ENDS[chapter]]);
      expect([chapter, await tell(chapter)]).toEqual([chapter, story]);
    }
  });

  it.each(cases.map((each) => [each.name, each.value, each] as const))("%s=%s ends as the table says, and where it says nothing as ever", async (_, __, { entry: { chapters }, proof, ...rest }) => {
    for (const chapter of chapters) {
      const [usual, story] = [await telling(chapter), await telling(chapter, at(rest))];
      const otherwise = proof.otherwise?.[chapter];
      expect([chapter, story.end]).toEqual([chapter, otherwise ?? usual.end]);
      expect(otherwise).not.toBe(usual.end);
    }
    expect(Object.keys(proof.otherwise ?? {}).filter((chapter) => !chapters.some((each) => each === chapter))).toEqual([]);
  });

  it.each(of("option"))("%s=%s: an option makes the difference", async (_, __, { entry, proof: { chapter, plot, ends, usually }, ...rest }) => {
    expect(entry.chapters).toContain(chapter);
    const [usual, without] = [await telling(chapter), await telling(chapter, at(rest))];
    const [usualWith, withIt] = [await telling(chapter, plot), await telling(chapter, { ...plot, ...at(rest) })];
    expect(withIt.end).toBe(ends);
    expect(withIt.end).not.toBe(without.end);
    expect(usualWith.end).toBe(usually ?? usual.end);
    // A value at which the vendor says what it always says would not have been met.
    expect(differ(usual, without) || differ(usualWith, withIt)).toBe(true);
  });

  it.each(of("planted"))("%s=%s: the adapter's reading makes the difference to one that knows the first value only", async (_, __, { entry: { chapters }, proof: { reader }, ...rest }) => {
    const fooled: string[] = [];
    for (const chapter of chapters) {
      expect([chapter, (await telling(chapter, { reader })).end]).toEqual([chapter, (await telling(chapter)).end]);
      if ((await telling(chapter, { ...at(rest), reader })).end !== (await telling(chapter, at(rest))).end) fooled.push(chapter);
    }
    expect(fooled).not.toEqual([]);
  });

  it.each(of("beyond"))("%s=%s: nothing on our side could make a difference, for a reason", (_, __, { proof: { why } }) => {
    expect(why).toMatch(/^[A-Z].{40,}\.$/);
  });

  it("is proved by an option or a planted reader at all values but very few, which say why not", () => {
    const [options, readers, rest] = [of("option").length, of("planted").length, of("beyond")];
    const all = [...values.values()].reduce((sum, each) => sum + each.length - 1, 0);
    expect({ options, readers, beyond: rest.map(([name, value]) => `${name}=${value}`) }).toEqual({ options: 28, readers: 40, beyond: ["webhookDelay=5-seconds", "placeholder=never-real", "clearedVote=silent"] });
    expect(options + readers + rest.length).toBe(all);
  });
});
