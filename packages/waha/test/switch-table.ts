import type { WahaSwitches } from "@event-messaging/simulator";
import type { Planted } from "./house.js";
import { BELIEVES } from "./planted-readers.js";
import type { Chapter, Plot } from "./story.js";

/** The value of each switch that the others are compared with: the simulator's first. */
export const FIRST = {
  mode: "strict", version: "of-mode", engine: "GOWS", sessions: "many", echo: "after", sentData: "full", sentAnswer: "id-and-data", chatRewrite: "none",
  directAddressing: "phone", groupAddressing: "lid", groupOwnId: "lid", creationKeyFromMe: "missing-in-groups", creationKeyView: "guest", senderAlt: "present",
  lidPairs: "learned", envelopeEngine: "of-version", answerOrder: "in-order", duplicateAnswers: "none", guestTiming: "after-answer", acks: "device",
  ackAddressing: "phone", startAgain: "of-version", missingNumber: "null", clearedVote: "empty", voteTimestamp: "ms", pollId: "own-view", nowebStore: "has-poll",
  quotedContent: "present", qrRefresh: "none", repeatedId: "dropped",
} as const satisfies WahaSwitches;

interface At {
  readonly chapter: Chapter;
  /** How the chapter then ends. */
  readonly ends: string;
  /** Other switches, instead of those of the entry. */
  readonly given?: Partial<WahaSwitches>;
}
/** What makes the difference at a value: an option that the operator may set, … */
export type ByOption = At & { readonly option: NonNullable<Plot["config"]>; readonly planted?: never; readonly beyond?: never };
/** … the adapter's own reading, without which (planted: somebody who knows the first value only) a chapter ends otherwise, … */
export type ByReading = At & { readonly planted: Planted; readonly option?: never; readonly beyond?: never };
/** … or nothing, and why. */
export interface Beyond { readonly beyond: string; readonly option?: never; readonly planted?: never }
export type Difference = ByOption | ByReading | Beyond;

/** What a difference between servers means to somebody who uses the adapter. `Other`: the values but the first. */
export interface SwitchEntry<Other extends string = string> {
  /** Where in the story it can show. */
  readonly chapters: readonly Chapter[];
  /** Other switches without which it shows nowhere. */
  readonly given?: Partial<WahaSwitches>;
  /** How these chapters end where they end otherwise than at the switch's first value. What is not listed ends alike: the adapter reads both. */
  readonly otherwise?: { readonly [V in Other]?: { readonly [C in Chapter]?: string } };
  /** For each value but the first, what makes the difference. */
  readonly by: { readonly [V in Other]: Difference };
}
type Table = { readonly [K in keyof WahaSwitches]: SwitchEntry<Exclude<WahaSwitches[K], (typeof FIRST)[K]>> };

const reading = (planted: Planted, chapter: Chapter, ends: string, given?: Partial<WahaSwitches>): ByReading => ({ planted, chapter, ends, ...(given && { given }) });
const option = (config: ByOption["option"], chapter: Chapter, ends: string): ByOption => ({ option: config, chapter, ends });

const ALL = ["cards", "echoes", "answers"] as const;
const VOTES = ["votes", "a vote that is taken back"] as const;
const DOUBT = "a question asked again in doubt";
const CHECK = "the account's check";
const UNSURE = "UNAVAILABLE unknown";
const IN_DOUBT = `${UNSURE}; its id; 1 polls`;
const NOT_ASKED_AGAIN = `${UNSURE}; 1 polls`;
const NONE = "; ";
const CARD = "Colour appointment | Please arrive early. | 2027-01-01T10:00:00.000Z | 2027-01-01T11:30:00.000Z | Salon North | true";
const CARDS = `ok; ok; ${CARD}; ${CARD}`;
const WITHOUT_IDS = `PROTOCOL unknown; PROTOCOL unknown; ${CARD}; ${CARD}`;
const [BOTH_ANSWERS, BOTH_VOTES] = ["Rita MAYBE 0, Rita GOING 1", "Rita Not going, Rita Going"];
const [DIRECT_ONLY, GROUP_ONLY] = [`${BOTH_ANSWERS}; `, `; ${BOTH_ANSWERS}`];
const REVERSED = "Rita GOING 1, Rita MAYBE 0";
const TWICE = "Rita MAYBE 0, Rita MAYBE 0, Rita GOING 1, Rita GOING 1";
const FINDINGS = "key-over-privileged,patience-short,version-old";
const WITHOUT_EVENTS = "invitation.send,rsvp.extra-guest-count,rsvp.maybe,rsvp.receive,rsvp.unreadable";
const REFUSED = { "cards": "REFUSED not-sent; REFUSED not-sent", "answers": "REFUSED not-sent" };
const NO_CHOICE = { [DOUBT]: NOT_ASKED_AGAIN };
const engine = (name: string, more: object = {}) => ({ ...REFUSED, ...more, "the probe": `ready ${name} 2026.7.1 without ${WITHOUT_EVENTS}` });
const older = (name: string, more: object = NO_CHOICE) => ({ ...more, "the probe": `ready GOWS ${name} without ${DOUBT in more ? "message.chosen-id" : "nothing"}`, [CHECK]: FINDINGS });
const TOO_NEW = "REFUSED not-sent";
const ASKED_TWICE = `${UNSURE}; another id; 2 polls`;

/** Every switch of the simulated WAHA, and every value of it; a new one does not compile until it stands here. */
export const WAHA_SWITCHES: Table = {
  // Core checks what a server of `legacy` would send as it is.
  mode: { chapters: [...ALL, "a card without a title"], given: { version: "2026.7.1" }, by: { legacy: reading(BELIEVES.theServerChecks, "a card without a title", "ok; 1 shown") } },
  version: {
    chapters: [...ALL, ...VOTES, DOUBT, "the probe", "webhook set-up", CHECK],
    otherwise: {
      "2025.11.3": older("2025.11.3"), "2025.11.4": older("2025.11.4"), "2025.12.2": older("2025.12.2"), "2026.1.4": older("2026.1.4"),
      "2026.4.3": older("2026.4.3", {}), "2026.6.1": older("2026.6.1", {}),
    },
    by: {
      "2025.11.3": reading(BELIEVES.everyServerIsTheNewest, "webhook set-up", TOO_NEW), "2025.11.4": reading(BELIEVES.everyServerIsTheNewest, "webhook set-up", TOO_NEW),
      "2025.12.2": reading(BELIEVES.everyServerIsTheNewest, DOUBT, ASKED_TWICE), "2026.1.4": reading(BELIEVES.everyServerIsTheNewest, DOUBT, ASKED_TWICE),
      "2026.4.3": reading(BELIEVES.everyServerIsTheNewest, CHECK, "key-over-privileged,patience-short"), "2026.6.1": reading(BELIEVES.everyServerIsTheNewest, CHECK, "key-over-privileged,patience-short"),
      // The first value is this version, unless the mode is legacy.
      "2026.7.1": reading(BELIEVES.everyServerIs2025_11_3, DOUBT, NOT_ASKED_AGAIN, { mode: "legacy" }),
    },
  },
  engine: {
    chapters: ["cards", "answers", ...VOTES, "a quoting reply", DOUBT, "the probe"],
    otherwise: { NOWEB: engine("NOWEB"), WEBJS: engine("WEBJS", NO_CHOICE), WPP: engine("WPP", NO_CHOICE) },
    by: {
      NOWEB: reading(BELIEVES.aVoterInAGroupIsTheParticipant, "votes", `${BOTH_VOTES}; `),
      WEBJS: reading(BELIEVES.aMessageIdComesOnce, "votes", "Rita Not going; Rita Not going"),
      WPP: reading(BELIEVES.aMessageIdComesOnce, "votes", "Rita Not going; Rita Not going"),
    },
  },
  sessions: {
    chapters: ["cards", "the probe"], given: { version: "2025.11.3" },
    otherwise: { single: { "cards": "PERMISSION_DENIED not-sent; PERMISSION_DENIED not-sent", "the probe": "not-ready GOWS 2025.11.3 without message.chosen-id" } },
    by: { single: option({ session: "default" }, "cards", CARDS) },
  },
  echo: {
    chapters: ["echoes", "a card whose answer was lost"],
    otherwise: { none: { echoes: "" } },
    by: {
      before: reading(BELIEVES.anEchoFollowsItsAnswer, "echoes", ""),
      with: { beyond: "Whether the answer or its echo arrives first is chance here, so a reader of the one order fails at times only: the value `before` is the case in which he always does." },
      none: reading(BELIEVES.anEchoAlwaysComes, "a card whose answer was lost", `${UNSURE}; lost`),
    },
  },
  sentData: { chapters: ALL, by: { null: reading(BELIEVES.theIdIsInTheRawMessage, "cards", WITHOUT_IDS) } },
  sentAnswer: { chapters: ALL, by: { "whole-message": reading(BELIEVES.aSendAnswersTwoFields, "cards", WITHOUT_IDS) } },
  chatRewrite: {
    chapters: ["a card to a Brazilian number"],
    otherwise: { "brazil-ninth-digit": { "a card to a Brazilian number": "+551187650001" } },
    by: { "brazil-ninth-digit": reading(BELIEVES.aSendGoesWhereItWasAddressed, "a card to a Brazilian number", "as written") },
  },
  directAddressing: { chapters: ["answers", ...VOTES, "a quoting reply"], by: { lid: reading(BELIEVES.aGuestIsAPhoneNumber, "answers", GROUP_ONLY) } },
  groupAddressing: { chapters: ["answers", ...VOTES], by: { phone: reading(BELIEVES.aMemberIsALid, "answers", DIRECT_ONLY) } },
  groupOwnId: { chapters: ["answers", "an answer that cannot be decrypted"], by: { phone: reading(BELIEVES.inAGroupIAmALid, "answers", DIRECT_ONLY) } },
  creationKeyFromMe: {
    chapters: ["answers", "an answer that cannot be decrypted"],
    by: { present: reading(BELIEVES.inAGroupFromMeIsMissing, "answers", DIRECT_ONLY), missing: reading(BELIEVES.inADirectChatFromMeIsThere, "answers", GROUP_ONLY) },
  },
  creationKeyView: { chapters: ["answers", "an answer that cannot be decrypted"], by: { own: reading(BELIEVES.theKeyIsTheGuests, "answers", GROUP_ONLY) } },
  senderAlt: { chapters: ["answers", ...VOTES], by: { absent: reading(BELIEVES.bothIdsComeTogether, "answers", NONE) } },
  lidPairs: {
    chapters: ["the LID of somebody who answered"],
    otherwise: { unknown: { "the LID of somebody who answered": "{\"exists\":\"unknown\",\"guest\":{\"lid\":\"271000000000099@lid\"}}" } },
    by: { unknown: reading(BELIEVES.everyLidHasANumber, "the LID of somebody who answered", "PROTOCOL not-sent") },
  },
  envelopeEngine: { chapters: ["answers"], by: { present: reading(BELIEVES.anEnvelopeHasNoEngine, "answers", NONE, { version: "2025.11.3" }), absent: reading(BELIEVES.anEnvelopeHasAnEngine, "answers", NONE) } },
  answerOrder: {
    chapters: ["answers"],
    by: { "at-once": reading(BELIEVES.answersComeOneByOne, "answers", `${REVERSED}; ${REVERSED}`), "swapped": reading(BELIEVES.theLastToArriveIsTheLatest, "answers", `${REVERSED}; ${REVERSED}`) },
  },
  duplicateAnswers: { chapters: ["answers", ...VOTES], by: { every: reading(BELIEVES.nothingComesTwice, "answers", `${TWICE}; ${TWICE}`) } },
  guestTiming: { chapters: ["answers"], by: { "before-answer": reading(BELIEVES.anEchoFollowsItsAnswer, "answers", NONE) } },
  acks: {
    chapters: ["how far a card came"],
    otherwise: { read: { "how far a card came": "device Rita, read Rita; device Rita, read Rita" }, none: { "how far a card came": NONE } },
    by: { read: reading(BELIEVES.aCardIsOnADeviceAtMost, "how far a card came", "device Rita; device Rita"), none: reading(BELIEVES.whatIsEchoedIsDelivered, "how far a card came", "device Rita; ") },
  },
  ackAddressing: { chapters: ["how far a card came"], by: { lid: reading(BELIEVES.anAckIsOfAPhoneNumber, "how far a card came", "; device Rita") } },
  startAgain: {
    chapters: ["cards", "webhook set-up"],
    by: {
      422: { beyond: "The adapter starts no session: sessions are the operator's to start and to link, and webhook set-up lets the server restart one itself." },
      201: { beyond: "The adapter starts no session: sessions are the operator's to start and to link, and webhook set-up lets the server restart one itself." },
    },
  },
  qrRefresh: { chapters: ["waiting for the QR code"], by: { twice: reading(BELIEVES.aStateIsAnnouncedOnce, "waiting for the QR code", Array(3).fill("not-ready, to be scanned").join("; ")) } },
  missingNumber: { chapters: ["who is on WhatsApp"], by: { absent: reading(BELIEVES.aMissingNumberIsNull, "who is on WhatsApp", "PROTOCOL not-sent") } },
  clearedVote: {
    chapters: ["a vote that is taken back"],
    otherwise: { null: { "a vote that is taken back": "[Going]; [Going]; unreadable; unreadable" } },
    by: { null: option({ failedVote: "cleared" }, "a vote that is taken back", "[Going]; [Going]; []; []") },
  },
  voteTimestamp: { chapters: VOTES, by: { seconds: reading(BELIEVES.aVoteHasMilliseconds, "votes", NONE), missing: reading(BELIEVES.aVoteHasMilliseconds, "votes", NONE) } },
  pollId: {
    chapters: VOTES,
    by: {
      "lid-chat": reading(BELIEVES.aPollsChatIsAPhoneNumber, "votes", NONE),
      "guest-view-lid": reading(BELIEVES.myPollIsFromMe, "votes", NONE),
      "group-three-parts": reading(BELIEVES.aGroupsPollHasFourParts, "votes", `${BOTH_VOTES}; `),
    },
  },
  nowebStore: {
    chapters: ["a vote that cannot be decrypted"], given: { engine: "NOWEB" },
    otherwise: { "lacks-poll": { "a vote that cannot be decrypted": "2 unreadable" } },
    by: { "lacks-poll": reading(BELIEVES.aFailedVoteIsNotReported, "a vote that cannot be decrypted", "0 unreadable") },
  },
  quotedContent: { chapters: ["a quoting reply"], by: { missing: reading(BELIEVES.aQuoteIsInReplyTo, "a quoting reply", "Rita 1 unquoted"), wrapped: reading(BELIEVES.aQuoteIsInReplyTo, "a quoting reply", "Rita 1 unquoted") } },
  repeatedId: {
    chapters: [DOUBT],
    otherwise: { "shown-twice": { [DOUBT]: `${UNSURE}; its id; 2 polls` }, "refused": { [DOUBT]: `${UNSURE}; UNKNOWN unknown; 1 polls` } },
    by: { "shown-twice": option({ chosenIds: "never" }, DOUBT, NOT_ASKED_AGAIN), "refused": option({ chosenIds: "never" }, DOUBT, NOT_ASKED_AGAIN) },
  },
};

/** How some chapters end when everything has its first value: what the others are compared with is whole. */
export const USUAL_ENDS: readonly (readonly [Chapter, string])[] = [
  ["cards", CARDS],
  ["echoes", "it self true whole; it self true whole"],
  ["a card without a title", "not-sent; 0 shown"],
  ["a card whose answer was lost", `${UNSURE}; found`],
  ["answers", `${BOTH_ANSWERS}; ${BOTH_ANSWERS}`],
  ["votes", `${BOTH_VOTES}; ${BOTH_VOTES}`],
  [DOUBT, IN_DOUBT],
  ["how far a card came", "device Rita; device Rita"],
  ["waiting for the QR code", "not-ready, to be scanned"],
];
