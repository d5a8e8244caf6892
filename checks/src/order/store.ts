/** The parts of core's store that this check judges. */
export { guestIds, memoryBook, mergePeople, personOf, rsvpFold, type Answer, type Person, type RsvpState } from "@event-messaging/core/store";
