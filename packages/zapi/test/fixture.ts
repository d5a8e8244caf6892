import { readFileSync } from "node:fs";
import { join } from "node:path";

interface Fixture {
  readonly source: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** A payload as the vendor sends it, by the name of its file. */
export function payload(name: string, changes: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  const fixture: Fixture = JSON.parse(readFileSync(join(__dirname, "..", "fixtures", `${name}.json`), "utf8"));
  return { ...fixture.payload, ...changes };
}
