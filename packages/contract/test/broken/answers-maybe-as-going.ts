import { brokenMemory } from "./break.js";

/** Has no word for MAYBE and says GOING. */
export const answersMaybeAsGoing = brokenMemory("answers MAYBE as GOING", "respond: the account's own answer MAYBE is given to the member's event", ({ good }) => ({
  respond: ({ target, response }, call) => good.respond({ target, response: response === "MAYBE" ? "GOING" : response }, call),
}));
