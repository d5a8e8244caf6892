import { holder, isObject, own, type JsonObject } from "../inbound/own.js";
import type { Vendor } from "../inbound/lines.js";
import type { Random } from "../order/random.js";

const WORDS: readonly [unknown, ...unknown[]] = ["going", "Going", "GOING ", " NOT_GOING", "maybe", "Maybe\n", "UNKNOWN", "CLEARED", "", "YES", "1", "GOING\u0000", "ＧＯＩＮＧ", 1, true, null, ["GOING"], { response: "GOING" }];
const NUMBERS: readonly [number, ...number[]] = [464201093, 120363019502650977, 3.5e21, 12, 5];

/**
 * An answer that is right but for one thing that decides: the word, whose delivery it is, who wrote it, which message it
 * names. Random changes rarely hit these. `answer` is one of the vendor's answers and is changed.
 */
export function aimed(vendor: Vendor, answer: JsonObject, random: Random): JsonObject {
  const payload = vendor === "waha" ? own(answer, "payload") : answer;
  const response = own(payload, "eventResponse");
  if (!isObject(payload) || !isObject(response)) return answer;
  switch (random.next(9)) {
    case 0: case 1: response.response = random.pick(WORDS); break;
    case 2: answer[vendor === "waha" ? "session" : "instanceId"] = random.pick(["choir-007", "SALON-042", "salon-0422", "9F00D0C2A97E4F5688AA10C2F3E4D5FF", "default", "salon-042 "]); break;
    case 3: payload[vendor === "waha" ? "id" : "messageId"] = random.pick(NUMBERS); break;
    case 4: if (vendor === "waha") holder(payload, "eventCreationKey").id = random.pick(NUMBERS); else holder(response, "referencedMessage").messageId = random.pick(NUMBERS); break;
    case 5: payload.fromMe = true; break;
    case 6: for (const name of ["from", "participant", "participantLid", "participantPhone", "senderLid", "phone"]) if (name in payload) payload[name] = random.pick([null, "", 351960000123, "status@broadcast", {}]); break;
    case 7: answer[vendor === "waha" ? "event" : "type"] = random.pick(["message", "event.responses", "EVENT.RESPONSE", "MessageStatusCallback", "receivedcallback", null, ""]); break;
    default: if (vendor === "waha") payload.eventResponse = JSON.stringify(response); else payload.notification = "GROUP_CREATE"; break;
  }
  return answer;
}
