import { randomBytes } from "node:crypto";
import type { AccountRecord } from "../accounts/directory.js";
import { isSupported, supportOf } from "../capability/table.js";
import type { Call } from "../driver/operations.js";
import type { SendingRequest } from "../layers/call-layer.js";
import { messageId, type MessageId } from "../model/ids.js";
import { audienceOf, type Recipient } from "../model/recipient.js";
import type { House } from "./house.js";
import { numberedText, type RecoveryQuestion } from "./recovery-question.js";

/** An id for a poll or a text, chosen before its first request, in WhatsApp's own form; `undefined`: the account takes none. */
export async function chosenId(house: Pick<House, "pool">, account: AccountRecord, chat: Recipient, call: Call): Promise<MessageId | undefined> {
  const lease = await house.pool.use(account);
  try {
    const { capabilities } = await lease.probe(call);
    return isSupported(supportOf(capabilities, "message.chosen-id", audienceOf(chat))) ? messageId(`3EB0${randomBytes(9).toString("hex").toUpperCase()}`) : undefined;
  } finally {
    lease.release();
  }
}

/** The request that asks a question: the same words, choices and id make the same request. */
export function questionRequest(by: "text" | "poll", to: Recipient, asked: RecoveryQuestion, id: MessageId | undefined): SendingRequest {
  const chosen = id === undefined ? {} : { messageId: id };
  return by === "poll"
    ? { operation: "sendPoll", input: { to, question: asked.text, options: asked.choices.map(({ label }) => label), ...chosen } }
    : { operation: "sendText", input: { to, text: numberedText(asked), ...chosen } };
}
