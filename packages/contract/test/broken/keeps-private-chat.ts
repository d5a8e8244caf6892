import { messageId } from "@event-messaging/core/driver";
import { brokenReading } from "./break.js";

/** Reports every text as an answer that it did not understand. */
export const keepsPrivateChat = brokenReading("keeps private chat", ["webhook parsing: ordinary chat is at most a text that core may look up, and its words go nowhere else", "webhook parsing: through createMessaging ordinary chat is not handled and not kept"], (parsed) => {
  const nobody = messageId("3EB0000000000000");
  if (parsed.kind !== "facts" || nobody === undefined) return parsed;
  return { kind: "facts", facts: parsed.facts.map((fact) => {
    if (fact.type !== "message.replied" || fact.target !== undefined) return fact;
    const { text, recipient: _chat, ...rest } = fact;
    return { ...rest, type: "rsvp.unrecognized", target: nobody, raw: text };
  }) };
});
