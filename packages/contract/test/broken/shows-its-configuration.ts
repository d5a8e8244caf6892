import { brokenMemory } from "./break.js";

/** Carries its configuration as a plain member. */
export const showsItsConfiguration = brokenMemory("shows its configuration", "secrets: an open account shows no credential, however it is printed", ({ good, config }) => Object.assign({ ...good }, { settings: config }));
