import { messageId } from "@event-messaging/core/driver";
import { brokenMemory } from "./break.js";

/** A 2xx is a success, whatever is in it. */
export const trustsASuccessWithoutId = brokenMemory("trusts a success without an id", "faults: a success without a message id is unknown", ({ good, lastAnswer }) => ({
  send: (command, call) => good.send(command, call).catch((error: unknown) => {
    const made = messageId("3EB0EEEEEEEEEEEE");
    const answer = lastAnswer();
    if (made === undefined || answer?.status !== 201 || answer.body !== "{}") throw error;
    return { stage: "handed-over" as const, messageId: made, vendorIds: {} };
  }),
}));
