import { inspect } from "node:util";
import { demand } from "./demand.js";

/** Every way in which a value ends up in a log. */
function printed(value: unknown): string {
  const parts = [inspect(value, { depth: 12, showHidden: true, getters: true }), String(inspect(value))];
  try {
    parts.push(JSON.stringify(value) ?? "");
  } catch {
    // A circular value has no JSON.
  }
  if (value instanceof Error) parts.push(value.message, value.stack ?? "", printed(value.cause));
  if (typeof value === "object" && value !== null) {
    for (const each of Object.values(value)) parts.push(String(each));
  }
  return parts.join("\n");
}

/** Fails when a credential shows in a value, in whatever way it is printed. Never says the credential. */
export function demandNoLeak(value: unknown, secrets: readonly string[], what: string): void {
  const text = printed(value);
  for (const [index, each] of secrets.entries()) demand(!text.includes(each) && !text.includes(encodeURIComponent(each)), `${what} shows credential number ${index + 1} of the configuration`);
}
