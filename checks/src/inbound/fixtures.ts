import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isObject, type JsonObject } from "./own.js";
import type { Vendor } from "./lines.js";

const packages = fileURLToPath(new URL("../../../packages", import.meta.url));

/** Every object that a vendor's fixtures show, by name of its file; lists one by one. */
export function fixturesOf(vendor: Vendor): readonly { readonly name: string; readonly text: string }[] {
  const folder = join(packages, vendor, "fixtures");
  return readdirSync(folder).filter((file) => file.endsWith(".json")).sort().flatMap((file) => {
    const content: unknown = JSON.parse(readFileSync(join(folder, file), "utf8"));
    const payload = isObject(content) ? content.payload : undefined;
    return (Array.isArray(payload) ? payload : [payload]).filter(isObject).map((each) => ({ name: file.slice(0, -".json".length), text: JSON.stringify(each) }));
  });
}

/** A fresh copy of the one object in a fixture. */
export function fixture(vendor: Vendor, name: string): JsonObject {
  const found = fixturesOf(vendor).find((each) => each.name === name);
  const value: unknown = found && JSON.parse(found.text);
  if (!isObject(value)) throw new TypeError(`there is no fixture ${name} of ${vendor}`);
  return value;
}
