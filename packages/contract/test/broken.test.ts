import { describe, expect, it, jest } from "@jest/globals";
import { GROUPS } from "../src/groups/index.js";
import { BROKEN } from "./broken/index.js";
import { failedPromises, runSuite } from "./run-suite.js";

jest.setTimeout(120_000);

describe("the suite fails exactly the promise that a provider breaks", () => {

  it.each(BROKEN.map((broken) => [broken.name, broken] as const))("a provider that %s", async (_name, broken) => {
    const results = await runSuite(broken.vendor());
    expect(failedPromises(results)).toEqual([...broken.caughtBy].sort());
  });

  it.each(GROUPS.map((group) => [group.name, group] as const))("without the group %s, a broken provider passes", async (_name, group) => {
    const witness = BROKEN.find(({ caughtBy }) => caughtBy.every((promise) => promise.startsWith(`${group.name}: `)));
    expect(witness).toBeDefined();
    const results = witness === undefined ? [] : await runSuite(witness.vendor(), GROUPS.filter((other) => other !== group));
    expect(results.length).toBeGreaterThan(100);
    expect(failedPromises(results)).toEqual([]);
  });
});
