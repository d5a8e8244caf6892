import { brokenReading } from "./break.js";

/** Has a switch without a default. */
export const throwsOnUnknownKinds = brokenReading("throws on unknown kinds", "webhook parsing: a kind of delivery that nobody knows is let go without an error", (parsed, { type }) => {
  if (type === "noise") throw new TypeError("unreachable");
  return parsed;
});
