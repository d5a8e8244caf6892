/** The parts of core's store that this check judges. */
export { guestIds, memoryBook, mergePeople, personOf, rsvpFold, type Answer, type Person, type RsvpState } from "../../../packages/core/dist/esm/store/index.js";
