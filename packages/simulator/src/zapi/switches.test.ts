import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { areZapiSwitches, zapiDefaultSwitches, zapiSwitchProblems, zapiSwitchValues } from "./switches.js";

const here = dirname(expect.getState().testPath ?? "");
const tests = readdirSync(here).filter((file) => file.endsWith(".test.ts")).map((file) => readFileSync(join(here, file), "utf8")).join("\n");
const source = readFileSync(join(here, "switches.ts"), "utf8");

describe("switches", () => {
  it("each is at its first value by default, and the defaults are valid", () => {
    const defaults = zapiDefaultSwitches();
    expect(areZapiSwitches({ ...defaults })).toBe(true);
    for (const [name, [first]] of Object.entries(zapiSwitchValues)) expect(defaults).toHaveProperty(name, first);
  });

  it("an unknown name and an unknown value are both named", () => {
    expect(zapiSwitchProblems({ colour: "red", phoneExists: "maybe", noQuote: "null" })).toEqual(["colour: no such switch", "phoneExists: one of object, array"]);
  });

  it.each(Object.keys(zapiSwitchValues))("%s has a docstring", (name) => {
    expect(source).toMatch(new RegExp(`/\\*\\* [^\\n]+ \\*/\\n  readonly ${name}:`));
  });

  it.each(Object.entries(zapiSwitchValues).map(([name, values]) => [name, values] as const))("every value of %s has a test that names it", (name, values) => {
    const titled = values.filter((value) => tests.includes(`switch ${name}=${value}`));
    const parametrised = tests.includes(`switch ${name}=%s`) ? values.filter((value) => tableOf(name).includes(`"${value}"`)) : [];
    expect([...new Set([...titled, ...parametrised])].sort()).toEqual([...values].sort());
  });
});

/** The line of the `it.each` table (one line or several) that belongs to the parametrised title of a switch. */
function tableOf(name: string): string {
  const title = tests.indexOf(`switch ${name}=%s`);
  return tests.slice(tests.lastIndexOf("it.each(", title), title);
}
