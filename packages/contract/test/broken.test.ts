import { describe, expect, it } from "@jest/globals";
import { GROUPS } from "../src/groups/index.js";
import { BROKEN } from "./broken/index.js";
import { failedPromises, runSuite } from "./run-suite.js";

/** Every broken provider runs through the whole suite once; what taking a group away would do follows from which cases failed. */
describe("the suite fails exactly the promise that a provider breaks", () => {
  const failed = new Map<string, readonly string[]>();

  it.each(BROKEN.map((broken) => [broken.name, broken] as const))("a provider that %s", async (name, broken) => {
    const results = await runSuite(broken.vendor());
    failed.set(name, failedPromises(results));
    expect(failed.get(name)).toEqual([...broken.caughtBy].sort());
  });

  it.each(GROUPS.map((group) => [group.name] as const))("without the group %s, a broken provider passes", (group) => {
    expect(failed.size).toBe(BROKEN.length);
    expect([...failed.values()].some((promises) => promises.length > 0 && promises.every((promise) => promise.startsWith(`${group}: `)))).toBe(true);
  });

  it("and a run without a group has no case of it, so what follows from the results is what a run would show", async () => {
    const [witness] = BROKEN;
    const [group] = GROUPS.filter(({ name }) => witness?.caughtBy.every((promise) => promise.startsWith(`${name}: `)));
    const results = witness === undefined || group === undefined ? [] : await runSuite(witness.vendor(), GROUPS.filter((other) => other !== group));
    expect(results.length).toBeGreaterThan(100);
    expect(failedPromises(results)).toEqual([]);
  });
});
