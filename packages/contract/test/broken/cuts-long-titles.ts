import { brokenMemory } from "./break.js";

/** Cuts a title that is within the limit. */
export const cutsLongTitles = brokenMemory("cuts long titles", "fields and units: a title of 100 characters arrives whole", ({ good }) => ({
  send: ({ details, ...command }, call) => good.send({ ...command, details: { ...details, title: details.title.length > 99 ? `${details.title.slice(0, 98)}…` : details.title } }, call),
}));
