import { isGroupId } from "@event-messaging/core/driver";
import { brokenDefinition } from "./break.js";

/** A channel becomes a group. */
export const takesChannelsForPeople = brokenDefinition("takes channels for people", "recipients: what is no person and no group is no recipient", ({ recipientFromVendor }) => ({
  recipientFromVendor(text) {
    const group = `${text.replace("channel:", "")}@g.us`;
    return text.startsWith("channel:") && isGroupId(group) ? group : recipientFromVendor(text);
  },
}));
