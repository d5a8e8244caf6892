import type { CapabilityCode } from "./codes.js";

/** Which capability each operation of a provider needs. An operation without it is refused before any request. */
export const GATES = {
  send: "invitation.send", update: "invitation.update", cancel: "invitation.cancel", respond: "invitation.respond",
  sendPoll: "poll.send", sendText: "text.send", withdraw: "message.withdraw", findSent: "message.find",
  resolveContact: "contact.resolve", listGroups: "group.list", planWebhooks: "webhook.configure", applyWebhooks: "webhook.configure",
} as const satisfies Readonly<Record<string, CapabilityCode>>;

export type OperationName = keyof typeof GATES;
export const OPERATIONS = Object.keys(GATES) as readonly OperationName[];
