import { brokenMemory } from "./break.js";

/** Has no room for a place beside an end. */
export const showsLessTogether = brokenMemory("shows less together", "plan truthfulness: everything that is planned as native is shown, all of it together", ({ good }) => ({
  send({ details: { location, ...details }, ...command }, call) {
    return good.send({ ...command, details: { ...details, ...(location && details.endsAt === undefined && { location }) } }, call);
  },
}));
