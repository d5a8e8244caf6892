import { brokenMemory } from "./break.js";

/** Edits only title, description and time; the vendor removes the rest. */
export const losesWhatAnEditLeftOut = brokenMemory("loses what an edit left out", "update: what an update leaves out stays on the card", ({ good }) => ({
  update: ({ details: { location: _location, ...details }, ...command }, call) => good.update({ ...command, details }, call),
}));
