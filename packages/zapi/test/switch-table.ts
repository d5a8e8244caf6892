import type { ZapiSwitches } from "@event-messaging/simulator";

/** What an ambiguity of the vendor means to somebody who uses the adapter. */
export interface SwitchEntry {
  /** Where in the story it can show. */
  readonly chapters: readonly string[];
  /** How these chapters end where they end otherwise than at the switch's first value. What is not listed ends alike: the adapter reads both. */
  readonly otherwise?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Options of the adapter that make a difference at a value, and how the chapter then ends. */
  readonly options?: readonly { readonly value: string; readonly config: object; readonly chapter: string; readonly ends: string }[];
  /**
   * Why what the vendor says on the wire is not looked at: only the order differs, it says something else each time, or (and
   * then it must say the same) the adapter never makes the request that the switch is about.
   */
  readonly wire?: "order-only" | "random" | "never-met";
}

const CARD = "ok; Safety briefing | 2026-11-20T18:00:00.000Z | Bring your badge | Warehouse 7 | video";
const EDIT = "ok; Safety briefing (moved) | 2026-11-21T18:00:00.000Z | - | - | video; answered";
const MOVED_BY_3_HOURS = "ok; Safety briefing (moved) | 2026-11-21T15:00:00.000Z | - | - | video; answered";
const LEARNED = "ok; 2026-11-20T18:00:00.000Z; 2026-11-21T18:00:00.000Z";
const PEOPLE = ["answers", "a poll and its votes", "a text to a person and the reply"] as const;

/** Every switch of the simulated Z-API; a new one does not compile until it stands here. */
export const ZAPI_SWITCHES: { readonly [K in keyof ZapiSwitches]: SwitchEntry } = {
  missingClientToken: { chapters: ["no account security token"] },
  clientTokenCheck: { chapters: ["no account security token", "a card"], otherwise: { "inactive": { "no account security token": "ok; ready" } } },
  callerAddress: { chapters: ["a card", "who is on WhatsApp"], otherwise: { "refused": { "a card": "PERMISSION_DENIED not-sent", "who is on WhatsApp": "PERMISSION_DENIED not-sent" } } },
  wrongInstance: { chapters: ["a wrong instance"], otherwise: { "403": { "a wrong instance": "PERMISSION_DENIED unknown; not-ready" }, "401": { "a wrong instance": "UNAUTHENTICATED unknown; not-ready" } } },
  unknownOperation: { chapters: ["a wrong base URL"] },
  disconnectedSend: {
    chapters: ["a disconnected account", "sending while disconnected, once set up not to queue"],
    otherwise: { "value-false": { "a disconnected account": "REFUSED unknown; 0 in the queue; not-ready" }, "400-not-connected": { "a disconnected account": "ACCOUNT_NOT_READY not-sent; 0 in the queue; not-ready" } },
    options: ["queued", "value-false", "400-not-connected"].map((value) => ({ value, config: {}, chapter: "sending while disconnected, once set up not to queue", ends: "ACCOUNT_NOT_READY not-sent" })),
  },
  phoneOffline: { chapters: ["a phone that is offline"], otherwise: { "400-not-responding": { "a phone that is offline": "UNAVAILABLE unknown; ready" } } },
  suspendedStatus: { chapters: ["an account that is not paid for"], otherwise: { "400-subscribe": { "an account that is not paid for": "ACCOUNT_NOT_READY not-sent; not-ready" } } },
  nonGroupEvent: { chapters: ["a card to a person"], otherwise: { "400-invalid-phone": { "a card to a person": "REFUSED not-sent; 0 failed; 0 shown" }, "delivered": { "a card to a person": "ok; 0 failed; 1 shown" } } },
  pollTargets: { chapters: ["a poll to a person"], otherwise: { "any": { "a poll to a person": "ok; 0 failed; 1 shown" } } },
  nonGroupPoll: { chapters: ["a poll to a person"], otherwise: { "400-invalid-phone": { "a poll to a person": "REFUSED not-sent; 0 failed; 0 shown" }, "silent": { "a poll to a person": "ok; 0 failed; 0 shown" } } },
  unknownEvent: { chapters: ["an edit of an event that is not there"], otherwise: { "400": { "an edit of an event that is not there": "REFUSED unknown" } } },
  ownEventResponse: { chapters: ["an answer to one's own event, taken for a member's"], otherwise: { "400": { "an answer to one's own event, taken for a member's": "REFUSED unknown" } } },
  editOmittedFields: { chapters: ["an edit"], otherwise: { "kept": { "an edit": "ok; Safety briefing (moved) | 2026-11-21T18:00:00.000Z | Bring your badge | Warehouse 7 | video; answered" } } },
  editWithoutWebhook: { chapters: ["an edit without any webhook"], otherwise: { "works": { "an edit without any webhook": "1 cards, 1 edits" } } },
  dateTimeMode: {
    chapters: ["a card", "an edit", "an edit of an account that has learned"],
    otherwise: Object.fromEntries(["instant", "wallclock-default-utc", "shift"].map((value) => [value, { "an edit": MOVED_BY_3_HOURS }])),
    options: ["instant", "wallclock-default-br", "wallclock-default-utc", "shift"].map((value) => ({ value, config: { dateTime: value }, chapter: "an edit", ends: EDIT })),
  },
  zeroOffset: {
    chapters: ["a card", "an edit of an account that has learned"],
    otherwise: {
      "ignored": { "a card": CARD.replace("T18", "T21") },
      "refused": { "a card": "REFUSED unknown", "an edit of an account that has learned": "REFUSED unknown" },
    },
    options: ["ignored", "refused"].map((value) => ({ value, config: { createTimeZone: "UTC-3" }, chapter: "a card", ends: CARD })),
  },
  timeZoneOnEdit: { chapters: ["an edit"], wire: "never-met" },
  invalidEvent: { chapters: ["a card", "a bare card and its echo"], wire: "never-met" },
  editedEventFlag: { chapters: ["an edit and its echo"] },
  editedEventId: {
    chapters: ["an edit and its echo", "an edit of an account that has learned"],
    otherwise: { "edit": { "an edit and its echo": "the card's id, Safety briefing; the edit's id, Safety briefing (moved)" } },
  },
  rsvpAfterEdit: { chapters: ["an edit"], otherwise: { "edit": { "an edit": `${EDIT} elsewhere` } } },
  joinLinkOnEdit: { chapters: ["the link of a call after an edit"], otherwise: { "replaced": { "the link of a call after an edit": "2 link" } } },
  noJoinLink: { chapters: ["a bare card and its echo"] },
  noLocation: { chapters: ["a bare card and its echo"] },
  webhookCopies: { chapters: ["answers", "how far a card came"] },
  webhookOrder: { chapters: ["answers", "how far a card came"], wire: "order-only" },
  webhookDelay: { chapters: ["answers"], wire: "order-only" },
  webhookRetry: { chapters: ["an answer while the receiver is away"], otherwise: { "3-attempts": { "an answer while the receiver is away": "GOING" } } },
  placeholder: {
    chapters: ["answers", "a poll and its votes", "a text to a person and the reply"],
    otherwise: { "never-real": { "answers": "", "a poll and its votes": "", "a text to a person and the reply": "" } },
  },
  echoTiming: { chapters: ["a bare card and its echo", "answers"], wire: "order-only" },
  responseEcho: { chapters: ["an answer to a member's event"], otherwise: { "yes": { "an answer to a member's event": "ok; echoed as own" } } },
  zApiToken: {
    chapters: ["refused deliveries", "answers"],
    options: [
      { value: "absent", config: { webhookToken: "required" }, chapter: "refused deliveries", ends: "some" },
      { value: "instance-token", config: { webhookToken: "required" }, chapter: "refused deliveries", ends: "none" },
      { value: "absent", config: { webhookToken: "ignored" }, chapter: "refused deliveries", ends: "none" },
    ],
  },
  personForm: { chapters: PEOPLE },
  eventParticipantPhone: { chapters: ["answers"] },
  participantLid: { chapters: PEOPLE },
  chatLid: { chapters: PEOPLE },
  clearedVote: { chapters: ["a poll and its votes"], otherwise: { "silent": { "a poll and its votes": "Rita [Going] in it" } } },
  noQuote: { chapters: ["a text to a person and the reply"] },
  textPreview: { chapters: ["a text to a person and the reply"] },
  momentKey: { chapters: ["answers", "connecting and disconnecting"] },
  receivedType: { chapters: PEOPLE },
  accountBan: { chapters: ["a card", "a card that fails later"], otherwise: { "shadow-ban": { "a card": "ok", "a card that fails later": "it shadow-ban" } } },
  missedWhileLost: { chapters: ["what was missed while disconnected"], otherwise: { "on-reconnect": { "what was missed while disconnected": "GOING" } } },
  failedDeliveryId: { chapters: ["a card that fails later", "a card to a person"] },
  statusRepeats: { chapters: ["how far a card came"], otherwise: { "per-participant": { "how far a card came": "device Rita; read Rita; whatsapp" } } },
  ninthDigit: { chapters: ["a text to a number that is kept with 12 digits", "who is on WhatsApp"], otherwise: { "lost": { "a text to a number that is kept with 12 digits": "0 shown" } } },
  revokeReference: { chapters: ["a deletion"] },
  sendAnswerId: { chapters: ["a card", "an edit"] },
  phoneExists: { chapters: ["who is on WhatsApp"] },
  queuePageOver30: { chapters: ["a long queue"], wire: "random" },
  httpWebhooks: { chapters: ["webhook set-up"], otherwise: { "refused": { "webhook set-up": "REFUSED unknown" } } },
  webhookSetAnswer: { chapters: ["webhook set-up"] },
  connectionMoment: { chapters: ["connecting and disconnecting"] },
};

/** How chapters end that options are about, at the switches' first values. */
export const USUAL_ENDS = { "a card": CARD, "an edit": EDIT, "an edit of an account that has learned": LEARNED } as const;
