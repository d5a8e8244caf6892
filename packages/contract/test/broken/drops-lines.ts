import { brokenMemory } from "./break.js";

/** Sends the first line of a description and says nothing. */
export const dropsLines = brokenMemory("drops lines", "fields and units: a description keeps its lines and its formatting", ({ good }) => ({
  send: ({ details: { description, ...details }, ...command }, call) =>
    good.send({ ...command, details: { ...details, ...(description !== undefined && { description: description.split("\n")[0] ?? "" }) } }, call),
}));
