import { isPhone } from "@event-messaging/core/driver";
import { brokenDefinition } from "./break.js";

/** Takes the digits of a LID for a number. */
export const cutsALidIntoAPhone = brokenDefinition("cuts a LID into a phone", "recipients: a LID stays a LID and never becomes a telephone number", ({ recipientFromVendor }) => ({
  recipientFromVendor(text) {
    const phone = `+${text.replace("hidden:", "")}`;
    return text.startsWith("hidden:") && isPhone(phone) ? phone : recipientFromVendor(text);
  },
}));
