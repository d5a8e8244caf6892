import { isPhone } from "@event-messaging/core/driver";
import { brokenMemory } from "./break.js";

/** Takes the ninth digit out of Brazilian numbers, unasked. */
export const repairsNumbers = brokenMemory("repairs numbers", "recipients: every recipient gets his own invitation, by the id that was given", ({ good }) => ({
  send(command, call) {
    const shorter = command.to.replace(/^(\+55\d{2})9(\d{8})$/, "$1$2");
    return good.send({ ...command, to: isPhone(shorter) ? shorter : command.to }, call);
  },
}));
