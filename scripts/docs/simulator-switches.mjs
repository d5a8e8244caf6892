/*
 * The tables of the simulators' switches: names and values out of the compiled lists, words out of the docstrings in the sources.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { wahaSwitchValues, zapiSwitchValues } from "../../packages/simulator/dist/esm/index.js";

export const wahaSwitchTable = (root) => table(root, "waha", wahaSwitchValues);
export const zapiSwitchTable = (root) => table(root, "zapi", zapiSwitchValues);

function table(root, vendor, values) {
  const source = readFileSync(join(root, "packages/simulator/src", vendor, "switches.ts"), "utf8");
  const words = new Map([...source.matchAll(/\/\*\* ([^\n]*?) \*\/\n  readonly (\w+):/g)].map(([, text, name]) => [name, text]));
  const rows = Object.entries(values).map(([name, [first, ...others]]) => {
    const text = words.get(name);
    if (text === undefined) throw new Error(`the switch ${name} of ${vendor} has no docstring`);
    return `| \`${name}\` | **\`${first}\`**${others.map((value) => `, \`${value}\``).join("")} | ${text.replaceAll("|", "\\|")} |`;
  });
  return ["| switch | values, the default first | what it stands for |", "|---|---|---|", ...rows].join("\n");
}
