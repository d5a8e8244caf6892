import type { ZapiSwitches } from "@event-messaging/simulator";
import { READERS } from "./planted-readers.js";
import { beyond, option, planted, type SwitchEntry } from "./switch-entry.js";
import { CARD, EDIT } from "./usual-ends.js";

const EDIT_MOVED = (hour: string) => EDIT.replace("T18", `T${hour}`);
const KEPT = "Bring your badge | Warehouse 7";
const NEVER_ANSWERED = { "answers": "", "a poll and its votes": "", "a text to a person and the reply": "" };
const PEOPLE = ["answers", "a poll and its votes", "a text to a person and the reply"] as const;

/** The account's own token, as the simulator has it. */
const TOKEN = { clientToken: "F0a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5S" };
const RIGHT_INSTANCE = { instance: "3B41D0C2A97E4F5688AA10C2F3E4D5B6" };
const READY = "ok; ready";
const GUARDED = "ok; ready; guarded";
/** A rule of the option `refusals`. */
const rule = (status: number, says: string, code: string, transient = false) => ({ refusals: [{ status, says, code, transient }] });

/** Every switch of the simulated Z-API, and every value but the first; what is new does not compile until it stands here. */
export const ZAPI_SWITCHES: { readonly [K in keyof ZapiSwitches]: SwitchEntry<ZapiSwitches[K]> } = {
  missingClientToken: {
    usual: "400-not-configured", chapters: ["no account security token"],
    others: { "403-null": option(TOKEN, "no account security token", GUARDED, { usually: GUARDED }), "403-bare-null": option(TOKEN, "no account security token", GUARDED, { usually: GUARDED }) },
  },
  clientTokenCheck: {
    usual: "active", chapters: ["no account security token", "a card"],
    others: { "inactive": option(TOKEN, "no account security token", GUARDED, { usually: GUARDED, otherwise: { "no account security token": "ok; ready; whoever learns the URL can send" } }) },
  },
  callerAddress: {
    usual: "allowed", chapters: ["a card", "who is on WhatsApp"],
    others: { "refused": planted(READERS.statusOnly, { "a card": "PERMISSION_DENIED not-sent", "who is on WhatsApp": "thrown: PERMISSION_DENIED not-sent" }) },
  },
  wrongInstance: {
    usual: "404", chapters: ["a wrong instance"],
    others: {
      "403": option(RIGHT_INSTANCE, "a wrong instance", READY, { usually: READY, otherwise: { "a wrong instance": "PERMISSION_DENIED unknown; not-ready" } }),
      "401": option(RIGHT_INSTANCE, "a wrong instance", READY, { usually: READY, otherwise: { "a wrong instance": "UNAUTHENTICATED unknown; not-ready" } }),
    },
  },
  unknownOperation: { usual: "404", chapters: ["a wrong base URL"], others: { "200": option({ baseUrl: "vendor:" }, "a wrong base URL", READY, { usually: READY }) } },
  disconnectedSend: {
    usual: "queued", chapters: ["a disconnected account", "sending while disconnected, after the webhooks were set up"],
    others: {
      "value-false": option({ queueWhileDisconnected: "disable" }, "sending while disconnected, after the webhooks were set up", "ACCOUNT_NOT_READY not-sent", {
        usually: "ACCOUNT_NOT_READY not-sent",
        otherwise: { "a disconnected account": "REFUSED unknown; 0 in the queue; not-ready", "sending while disconnected, after the webhooks were set up": "REFUSED unknown" },
      }),
      "400-not-connected": planted(READERS.statusOfSendsOnly, { "a disconnected account": "ACCOUNT_NOT_READY not-sent; 0 in the queue; not-ready", "sending while disconnected, after the webhooks were set up": "ACCOUNT_NOT_READY not-sent" }),
    },
  },
  phoneOffline: {
    usual: "sent", chapters: ["a phone that is offline"],
    others: { "400-not-responding": option(rule(400, "smartphone is not responding", "UNAVAILABLE", true), "a phone that is offline", "UNAVAILABLE not-sent; ready", { otherwise: { "a phone that is offline": "UNAVAILABLE unknown; ready" } }) },
  },
  suspendedStatus: {
    usual: "connected", chapters: ["an account that is not paid for"],
    others: { "400-subscribe": planted(READERS.statusOfTheProbeOnly, { "an account that is not paid for": "ACCOUNT_NOT_READY not-sent; not-ready" }) },
  },
  nonGroupEvent: {
    usual: "delivery-error", chapters: ["a card to a person"],
    others: {
      "400-invalid-phone": option({ directEvents: "try" }, "a card to a person", "REFUSED not-sent; 0 failed; 0 shown", { usually: "ok; 1 failed; 0 shown" }),
      "delivered": option({ directEvents: "try" }, "a card to a person", "ok; 0 failed; 1 shown", { usually: "ok; 1 failed; 0 shown" }),
    },
  },
  pollTargets: { usual: "group-only", chapters: ["a poll to a person"], others: { "any": option({ directPolls: "try" }, "a poll to a person", "ok; 0 failed; 1 shown", { usually: "ok; 1 failed; 0 shown" }) } },
  nonGroupPoll: {
    usual: "delivery-error", chapters: ["a poll to a person"],
    others: {
      "400-invalid-phone": option({ directPolls: "try" }, "a poll to a person", "REFUSED not-sent; 0 failed; 0 shown", { usually: "ok; 1 failed; 0 shown" }),
      "silent": option({ directPolls: "try" }, "a poll to a person", "ok; 0 failed; 0 shown", { usually: "ok; 1 failed; 0 shown" }),
    },
  },
  unknownEvent: {
    usual: "no-effect", chapters: ["an edit of an event that is not there"],
    others: { "400": option(rule(400, "event message not found", "NOT_FOUND"), "an edit of an event that is not there", "NOT_FOUND not-sent", { otherwise: { "an edit of an event that is not there": "REFUSED unknown" } }) },
  },
  ownEventResponse: {
    usual: "no-effect", chapters: ["an answer to one's own event, taken for a member's"],
    others: { "400": option(rule(400, "creator of an event cannot answer", "REFUSED"), "an answer to one's own event, taken for a member's", "REFUSED not-sent", { otherwise: { "an answer to one's own event, taken for a member's": "REFUSED unknown" } }) },
  },
  editOmittedFields: {
    usual: "removed", chapters: ["an edit that takes fields away", "an edit"],
    others: {
      "kept": option({ clearedOnEdit: "kept" }, "an edit that takes fields away", "UNSUPPORTED not-sent", {
        usually: "UNSUPPORTED not-sent",
        otherwise: { "an edit that takes fields away": `ok; Safety briefing (moved) | 2026-11-20T18:00:00.000Z | ${KEPT} | video`, "an edit": EDIT.replace("- | -", KEPT) },
      }),
    },
  },
  editWithoutWebhook: {
    usual: "new-message", chapters: ["an edit without any webhook"],
    others: { "works": option({ editWithoutWebhook: "try" }, "an edit without any webhook", "ok; 1 cards, 1 edits", { usually: "ok; 2 cards, 0 edits" }) },
  },
  dateTimeMode: {
    usual: "wallclock-default-br", chapters: ["a card", "an edit", "an edit of an account that has learned"],
    others: {
      "instant": option({ dateTime: "instant" }, "an edit", EDIT, { usually: EDIT_MOVED("21"), otherwise: { "an edit": EDIT_MOVED("15") } }),
      "wallclock-default-utc": option({ dateTime: "wallclock-default-utc" }, "an edit", EDIT, { usually: EDIT_MOVED("21"), otherwise: { "an edit": EDIT_MOVED("15") } }),
      "shift": option({ dateTime: "shift" }, "an edit", EDIT, { usually: EDIT_MOVED("21"), otherwise: { "an edit": EDIT_MOVED("15") } }),
    },
  },
  zeroOffset: {
    usual: "accepted", chapters: ["a card", "an edit of an account that has learned"],
    others: {
      "ignored": option({ createTimeZone: "UTC-3" }, "a card", CARD, { otherwise: { "a card": CARD.replace("T18", "T21") } }),
      "refused": option({ createTimeZone: "UTC-3" }, "a card", CARD, { otherwise: { "a card": "REFUSED unknown", "an edit of an account that has learned": "thrown: REFUSED unknown" } }),
    },
  },
  timeZoneOnEdit: {
    usual: "ignored", chapters: ["an edit by an account whose reading of the time is not known", "an edit"],
    others: { "honoured": option({ timeZoneOnEdit: "send" }, "an edit by an account whose reading of the time is not known", "ok; 2026-11-21T18:00:00.000Z", { usually: "ok; 2026-11-21T21:00:00.000Z" }) },
  },
  invalidEvent: {
    usual: "400", chapters: ["a card without a title"],
    others: { "delivery-error": option(rule(200, "event.name is required", "REFUSED"), "a card without a title", "ok; failed: known-refusal not-sent", { otherwise: { "a card without a title": "ok; failed: other unknown" } }) },
  },
  editedEventFlag: { usual: "is-edit", chapters: ["an edit and its echo"], others: { "not-edit": planted(READERS.editsByFlag) } },
  editedEventId: {
    usual: "original", chapters: ["an edit and its echo", "an edit of an account that has learned"],
    others: { "edit": planted(READERS.editsOfKnownIds, { "an edit and its echo": "the card's id, Safety briefing; the edit's id, Safety briefing (moved)" }) },
  },
  rsvpAfterEdit: { usual: "original", chapters: ["an edit"], others: { "edit": planted(READERS.answersToCards, { "an edit": `${EDIT} by the edit's id` }) } },
  joinLinkOnEdit: { usual: "kept", chapters: ["the link of a call after an edit"], others: { "replaced": planted(READERS.linkOnce, { "the link of a call after an edit": "2 link" }) } },
  noJoinLink: { usual: "null", chapters: ["a bare card and its echo"], others: { "empty": planted(READERS.linkOrNull), "absent": planted(READERS.linkOrNull) } },
  noLocation: { usual: "empty-object", chapters: ["a bare card and its echo"], others: { "null": planted(READERS.placeIsAnObject), "absent": planted(READERS.placeIsAnObject) } },
  webhookCopies: { usual: "once", chapters: ["answers", "how far a card came"], others: { "twice": planted({ house: "believes-arrival" }) } },
  webhookOrder: { usual: "ordered", chapters: ["how far a card came in the end", "answers"], others: { "reversed": planted({ house: "believes-arrival" }) } },
  webhookDelay: { usual: "none", chapters: ["answers", "how far a card came in the end"], others: { "5-seconds": beyond("Every callback is late alike and says its own time, so nothing shows how long it travelled; only a person who waits is affected.") } },
  webhookRetry: { usual: "never", chapters: ["an answer while the receiver is away"], others: { "3-attempts": planted({ house: "acknowledges-anyway" }, { "an answer while the receiver is away": "GOING" }) } },
  placeholder: {
    usual: "never", chapters: PEOPLE,
    others: { "then-real": planted(READERS.oneForEachId), "never-real": beyond("WhatsApp never decrypts the answer for the vendor, and the placeholder does not even say what it answers.", NEVER_ANSWERED) },
  },
  echoTiming: { usual: "after-answer", chapters: ["a bare card and its echo", "answers"], others: { "before-answer": planted({ house: "books-late" }) } },
  responseEcho: { usual: "no", chapters: ["an answer to a member's event"], others: { "yes": planted(READERS.anybodys, { "an answer to a member's event": "ok; echoed as own" }) } },
  zApiToken: { usual: "instance-token", chapters: ["refused deliveries", "answers"], others: { "absent": option({ webhookToken: "required" }, "refused deliveries", "some") } },
  personForm: { usual: "number", chapters: PEOPLE, others: { "lid": planted(READERS.numbersOnly), "number-12": planted(READERS.thirteenDigits) } },
  eventParticipantPhone: { usual: "set", chapters: ["answers"], others: { "null": planted(READERS.participantsOnly) } },
  participantLid: { usual: "set", chapters: PEOPLE, others: { "null": planted(READERS.lidsOnly), "absent": planted(READERS.lidsOnly) } },
  chatLid: { usual: "set", chapters: PEOPLE, others: { "null": planted(READERS.chatByLid), "absent": planted(READERS.chatByLid) } },
  clearedVote: {
    usual: "empty", chapters: ["a poll and its votes"],
    others: { "null": planted(READERS.votesAreLists), "missing": planted(READERS.votesAreLists), "silent": beyond("The vendor says nothing of a vote that was taken back, so the vote stands.", { "a poll and its votes": "Rita [Going] in it" }) },
  },
  noQuote: { usual: "absent", chapters: ["a text to a person and the reply"], others: { "null": planted(READERS.quoteByKey) } },
  textPreview: { usual: "absent", chapters: ["a text to a person and the reply"], others: { "present": planted(READERS.textIsWords) } },
  momentKey: { usual: "momment", chapters: ["a poll and its votes", "answers", "connecting and disconnecting"], others: { "moment": planted(READERS.momment) } },
  receivedType: { usual: "ReceivedCallback", chapters: PEOPLE, others: { "ReceivedCallBack": planted(READERS.spelledCallback) } },
  accountBan: {
    usual: "none", chapters: ["a card that fails later", "a card"],
    others: { "shadow-ban": option(rule(200, "shadow_ban", "PERMISSION_DENIED"), "a card that fails later", "it shadow-ban not-sent", { otherwise: { "a card": "ok", "a card that fails later": "it shadow-ban unknown" } }) },
  },
  missedWhileLost: { usual: "dropped", chapters: ["what was missed while disconnected"], others: { "on-reconnect": planted(READERS.nothingLate, { "what was missed while disconnected": "GOING" }) } },
  failedDeliveryId: { usual: "message-id", chapters: ["a card that fails later"], others: { "zaap-id": planted(READERS.messageIdOnly) } },
  statusRepeats: { usual: "once", chapters: ["how far a card came"], others: { "per-participant": planted(READERS.nobodyInParticular, { "how far a card came": "device Rita; read Rita; whatsapp" }) } },
  ninthDigit: {
    usual: "followed", chapters: ["a card to a number that is kept with 12 digits", "who is on WhatsApp"],
    others: {
      "lost": { kind: "option", plot: { messaging: { recipientCheck: "correct" } }, chapter: "a card to a number that is kept with 12 digits", ends: "ok; shown to Bia", otherwise: { "a card to a number that is kept with 12 digits": "ok" } },
    },
  },
  revokeReference: { usual: "referenceMessageId", chapters: ["a deletion"], others: { "notificationParameters": planted(READERS.revokedByReference), "messageId": planted(READERS.revokedByReference) } },
  sendAnswerId: { usual: "present", chapters: ["a card", "an edit", "a cancellation"], others: { "absent": planted(READERS.answerById) } },
  phoneExists: { usual: "object", chapters: ["who is on WhatsApp"], others: { "array": planted(READERS.noLists) } },
  queuePageOver30: { usual: "clamp", chapters: ["a long queue"], others: { "400": planted(READERS.greedy) } },
  httpWebhooks: {
    usual: "loopback", chapters: ["webhook set-up"],
    others: { "refused": option(rule(200, "value: false", "REFUSED"), "webhook set-up", "REFUSED not-sent", { otherwise: { "webhook set-up": "REFUSED unknown" } }) },
  },
  webhookSetAnswer: { usual: "empty", chapters: ["webhook set-up"], others: { "value": planted(READERS.silenceIsSuccess) } },
  connectionMoment: { usual: "seconds", chapters: ["connecting and disconnecting"], others: { "milliseconds": planted(READERS.tenDigitSeconds) } },
};
