import { messageId } from "@event-messaging/core/driver";
import { brokenMemory } from "./break.js";

/** Turns a number into an id; it has lost digits by then. */
export const takesNumbersForIds = brokenMemory("takes numbers for ids", ["identity: a number is no id: a delivery with numeric ids gives no answer", "webhook parsing: a damaged delivery gives no error and no answer about another card"], ({ good: { webhook } }) => ({
  webhook: { ...webhook, parse(json, request) {
    const isNumbered = typeof json === "object" && json !== null && "about" in json && typeof json.about === "number" && messageId(String(json.about)) !== undefined;
    return webhook.parse(isNumbered ? { ...json, about: String(json.about) } : json, request);
  } },
}));
