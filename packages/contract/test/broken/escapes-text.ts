import { brokenMemory } from "./break.js";

/** Escapes the title for a page that it is not on. */
export const escapesText = brokenMemory("escapes text", "fields and units: a title in any script arrives to the letter", ({ good }) => ({
  send: ({ details, ...command }, call) => good.send({ ...command, details: { ...details, title: details.title.replaceAll("<", "&lt;") } }, call),
}));
