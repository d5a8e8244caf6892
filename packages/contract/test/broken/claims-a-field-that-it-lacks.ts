import { brokenMemory } from "./break.js";

/** Declares further guests and drops the setting without a word. */
export const claimsAFieldThatItLacks = brokenMemory("claims a field that it lacks", ["fields and units: the further guests that field.extra-guests promises are allowed", "plan truthfulness: everything that is planned as native is shown, all of it together"], ({ good }) => ({
  send: ({ details: { extraGuestsAllowed: _wanted, ...details }, ...command }, call) => good.send({ ...command, details }, call),
}));
