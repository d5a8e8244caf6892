import { ControlError } from "../control-error.js";
import type { JsonObject } from "../json.js";

/**
 * Everything about WAHA that differs between its versions, that its documentation leaves open, or that it says in two ways.
 * Every switch is a word out of a closed list, the first in `wahaSwitchValues` being the default, so that a command line can set it.
 */
export interface WahaSwitches {
  /** `legacy` validates nothing in the body of an event (seen on 2025.11.3); `strict` validates it, as a later source does. The first validating release is not known. */
  readonly mode: "strict" | "legacy";
  /** The server's version. `of-mode` is 2026.7.1 for `strict` and 2025.11.3 for `legacy`. WAHA docs: overview/changelog. */
  readonly version: "of-mode" | "2025.11.3" | "2025.11.4" | "2025.12.2" | "2026.1.4" | "2026.4.3" | "2026.6.1" | "2026.7.1";
  /** One engine per server process; only GOWS sends events. WAHA docs: how-to/engines, how-to/event-message. */
  readonly engine: "GOWS" | "NOWEB" | "WEBJS" | "WPP";
  /** Before 2026.6.1 the free edition knew a single session named `default`. WAHA docs: blog waha-2026-6. */
  readonly sessions: "many" | "single";
  /** When the `message.any` of an own message is posted. The engine produces it concurrently with the answer. */
  readonly echo: "after" | "before" | "with" | "none";
  /** Whether `_data` of a send answer holds the raw message; null when the engine could not serialise it. */
  readonly sentData: "full" | "null";
  /** What `POST …/events`, `sendText` and `sendPoll` answer on GOWS: two keys in practice, a whole WAMessage in the OpenAPI document. */
  readonly sentAnswer: "id-and-data" | "whole-message";
  /** Whether the server rewrites the chat of a send, as later versions may (the Brazilian ninth digit). */
  readonly chatRewrite: "none" | "brazil-ninth-digit";
  /** How a guest is addressed in a direct chat when the script does not say. WAHA docs: how-to/contacts (LID). */
  readonly directAddressing: "phone" | "lid";
  /** How a member is addressed in a group when the script does not say. */
  readonly groupAddressing: "lid" | "phone";
  /** How the account itself is spelled in the creation key of a group RSVP; seen both ways. */
  readonly groupOwnId: "lid" | "phone";
  /** `fromMe` in `eventCreationKey`: false in direct chats and sometimes missing in groups. */
  readonly creationKeyFromMe: "missing-in-groups" | "present" | "missing";
  /** Whose point of view `eventCreationKey` takes: the guest's today; a later release may rewrite it as it does for polls. */
  readonly creationKeyView: "guest" | "own";
  /** `_data.Info.SenderAlt`, the other identity of the sender: the engine fills it when it knows the pair. */
  readonly senderAlt: "present" | "absent";
  /** Whether the engine learns the pair of LID and phone of a guest who acts, so that the LID calls know it. WAHA docs: how-to/contacts. */
  readonly lidPairs: "learned" | "unknown";
  /** `engine` in the envelope: required by the schema, absent for GOWS in 2025.11.3. */
  readonly envelopeEngine: "of-version" | "present" | "absent";
  /** Whether answers arrive in the order given: WAHA posts each event on its own at once and promises no order. `swapped` keeps every first answer back until the next. */
  readonly answerOrder: "in-order" | "at-once" | "swapped";
  /** `every` reports each answer under two envelope ids; RSVPs are not de-duplicated by the server. */
  readonly duplicateAnswers: "none" | "every";
  /** Whether scripted guests may act before the send call has been answered. */
  readonly guestTiming: "after-answer" | "before-answer";
  /** Which acknowledgements follow a send by themselves: the server's only, the device's, or the reader's too. */
  readonly acks: "device" | "read" | "none";
  /** How the chat is spelled in `message.ack` of a direct chat; may be the LID. */
  readonly ackAddressing: "phone" | "lid";
  /** What `POST …/start` on a running session answers: documented as idempotent, 422 on 2025.11.3. */
  readonly startAgain: "of-version" | "422" | "201";
  /** What `check-exists` says about a number that is not on WhatsApp: `chatId` null or left out. */
  readonly missingNumber: "null" | "absent";
  /** A cleared poll vote on GOWS: an empty list, or null, which the server takes for a failure. WAHA docs: how-to/polls. */
  readonly clearedVote: "empty" | "null";
  /** `vote.timestamp`: documented as seconds, in practice milliseconds, sometimes missing. */
  readonly voteTimestamp: "ms" | "seconds" | "missing";
  /** How GOWS spells the id of the poll that was voted on; the LID forms were reported for accounts addressed by LID. */
  readonly pollId: "own-view" | "lid-chat" | "guest-view-lid" | "group-three-parts";
  /** NOWEB reports an undecryptable vote only when the poll is not in its store; otherwise nothing at all is sent. */
  readonly nowebStore: "has-poll" | "lacks-poll";
  /** Whether a quoting text carries the quoted message; without it `replyTo` is null and the id survives in `_data` only. `wrapped`: as in a chat with disappearing messages, whose wrapper the engine may pass on: `replyTo` is null, too. */
  readonly quotedContent: "present" | "missing" | "wrapped";
  /** `SCAN_QR_CODE` is announced again at each refresh of the code, how often is not documented: here not at all, or twice, 20 s apart. WAHA docs: how-to/sessions. */
  readonly qrRefresh: "none" | "twice";
  /** What a second message with the same caller-chosen id becomes. Not documented. */
  readonly repeatedId: "dropped" | "shown-twice" | "refused";
}

type Values = { readonly [K in keyof WahaSwitches]: readonly [WahaSwitches[K], ...WahaSwitches[K][]] };

export const wahaSwitchValues: Values = {
  mode: ["strict", "legacy"],
  version: ["of-mode", "2025.11.3", "2025.11.4", "2025.12.2", "2026.1.4", "2026.4.3", "2026.6.1", "2026.7.1"],
  engine: ["GOWS", "NOWEB", "WEBJS", "WPP"],
  sessions: ["many", "single"],
  echo: ["after", "before", "with", "none"],
  sentData: ["full", "null"],
  sentAnswer: ["id-and-data", "whole-message"],
  chatRewrite: ["none", "brazil-ninth-digit"],
  directAddressing: ["phone", "lid"],
  groupAddressing: ["lid", "phone"],
  groupOwnId: ["lid", "phone"],
  creationKeyFromMe: ["missing-in-groups", "present", "missing"],
  creationKeyView: ["guest", "own"],
  senderAlt: ["present", "absent"],
  lidPairs: ["learned", "unknown"],
  envelopeEngine: ["of-version", "present", "absent"],
  answerOrder: ["in-order", "at-once", "swapped"],
  duplicateAnswers: ["none", "every"],
  guestTiming: ["after-answer", "before-answer"],
  acks: ["device", "read", "none"],
  ackAddressing: ["phone", "lid"],
  startAgain: ["of-version", "422", "201"],
  missingNumber: ["null", "absent"],
  clearedVote: ["empty", "null"],
  voteTimestamp: ["ms", "seconds", "missing"],
  pollId: ["own-view", "lid-chat", "guest-view-lid", "group-three-parts"],
  nowebStore: ["has-poll", "lacks-poll"],
  quotedContent: ["present", "missing", "wrapped"],
  qrRefresh: ["none", "twice"],
  repeatedId: ["dropped", "shown-twice", "refused"],
};

export const defaultWahaSwitches: WahaSwitches = {
  mode: "strict", version: "of-mode", engine: "GOWS", sessions: "many", echo: "after", sentData: "full", sentAnswer: "id-and-data", chatRewrite: "none",
  directAddressing: "phone", groupAddressing: "lid", groupOwnId: "lid", creationKeyFromMe: "missing-in-groups", creationKeyView: "guest", senderAlt: "present",
  lidPairs: "learned", envelopeEngine: "of-version", answerOrder: "in-order", duplicateAnswers: "none", guestTiming: "after-answer", acks: "device",
  ackAddressing: "phone", startAgain: "of-version", missingNumber: "null", clearedVote: "empty", voteTimestamp: "ms", pollId: "own-view", nowebStore: "has-poll",
  quotedContent: "present", qrRefresh: "none", repeatedId: "dropped",
};

const isName = (name: string): name is keyof WahaSwitches => Object.hasOwn(wahaSwitchValues, name);

/** The switches with a part of them changed. Throws `ControlError` naming every unknown switch or value. */
export const withSwitches = (current: WahaSwitches, patch: JsonObject): WahaSwitches => {
  const problems: string[] = [];
  for (const [name, value] of Object.entries(patch)) {
    if (!isName(name)) problems.push(`${name}: no such switch; there are ${Object.keys(wahaSwitchValues).join(", ")}`);
    else if (!wahaSwitchValues[name].some((known) => known === value)) problems.push(`${name}: one of ${wahaSwitchValues[name].join(", ")}`);
  }
  if (problems.length > 0) throw new ControlError(problems.join("; "));
  return { ...current, ...patch };
};
