import { brokenMemory } from "./break.js";

/** A cancelled card no longer says what was cancelled. */
export const cancelsWithOtherWords = brokenMemory("cancels with other words", "cancel: a cancelled invitation keeps its words", ({ good }) => ({
  cancel: ({ target, details: { startsAt } }, call) => good.cancel({ target, details: { title: "Cancelled", startsAt } }, call),
}));
