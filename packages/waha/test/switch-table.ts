import type { WahaSwitches } from "@event-messaging/simulator";

/** What a difference between servers means to somebody who uses the adapter. */
export interface SwitchEntry {
  /** Where in the story it can show. */
  readonly chapters: readonly string[];
  /** Other switches without which it shows nowhere. */
  readonly given?: Partial<WahaSwitches>;
  /** How these chapters end where they end otherwise than at the switch's first value. What is not listed ends alike: the adapter reads both. */
  readonly otherwise?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The value that the first one stands for on the simulator's newest version. */
  readonly sameAs?: string;
  /** Why what the server says is not compared: only the order differs, or (and then it must say the same) the adapter never asks for it. */
  readonly wire?: "order-only" | "never-met";
}

const ALL = ["cards", "echoes", "answers"] as const;
const VOTES = ["votes", "a vote that is taken back"] as const;
const WITHOUT_EVENTS = "invitation.send,rsvp.extra-guest-count,rsvp.maybe,rsvp.receive,rsvp.unreadable";
const REFUSED = { cards: "REFUSED not-sent; REFUSED not-sent", answers: "REFUSED not-sent" };
const NO_CHOICE = { "a poll sent twice under one id": "another id; another id; 2 polls" };
const engine = (name: string, more: object = {}) => ({ ...REFUSED, ...more, "the probe": `ready ${name} 2026.7.1 without ${WITHOUT_EVENTS}` });
const version = (name: string, more: object = NO_CHOICE) => ({ ...more, "the probe": `ready GOWS ${name} without ${"a poll sent twice under one id" in more ? "message.chosen-id" : "nothing"}` });

/** Every switch of the simulated WAHA; a new one does not compile until it stands here. */
export const WAHA_SWITCHES: { readonly [K in keyof WahaSwitches]: SwitchEntry } = {
  // Only bodies that the adapter never sends are told apart.
  mode: { chapters: ALL, given: { version: "2026.7.1" }, wire: "never-met" },
  version: {
    chapters: [...ALL, ...VOTES, "a poll sent twice under one id", "the probe", "webhook set-up"],
    otherwise: {
      "2025.11.3": version("2025.11.3"), "2025.11.4": version("2025.11.4"), "2025.12.2": version("2025.12.2"), "2026.1.4": version("2026.1.4"),
      "2026.4.3": version("2026.4.3", {}), "2026.6.1": version("2026.6.1", {}),
    },
    sameAs: "2026.7.1",
  },
  engine: {
    chapters: ["cards", "answers", ...VOTES, "a quoting reply", "a poll sent twice under one id", "the probe"],
    otherwise: { NOWEB: engine("NOWEB"), WEBJS: engine("WEBJS", NO_CHOICE), WPP: engine("WPP", NO_CHOICE) },
  },
  sessions: { chapters: ["cards", "the probe"], given: { version: "2025.11.3" }, otherwise: { single: { "cards": "PERMISSION_DENIED not-sent; PERMISSION_DENIED not-sent", "the probe": "not-ready GOWS 2025.11.3 without message.chosen-id" } } },
  echo: { chapters: ["echoes"], otherwise: { none: { echoes: "" } }, wire: "order-only" },
  sentData: { chapters: ALL },
  sentAnswer: { chapters: ALL },
  chatRewrite: { chapters: ["a card to a Brazilian number"], otherwise: { "brazil-ninth-digit": { "a card to a Brazilian number": "+551187650001" } } },
  directAddressing: { chapters: ["answers", ...VOTES, "a quoting reply"] },
  groupAddressing: { chapters: ["answers", ...VOTES] },
  groupOwnId: { chapters: ["answers", "an answer that cannot be decrypted"] },
  creationKeyFromMe: { chapters: ["answers", "an answer that cannot be decrypted"] },
  creationKeyView: { chapters: ["answers", "an answer that cannot be decrypted"] },
  senderAlt: { chapters: ["answers", ...VOTES] },
  lidPairs: { chapters: ["the LID of somebody who answered"], otherwise: { unknown: { "the LID of somebody who answered": "{\"exists\":\"unknown\",\"guest\":{\"lid\":\"271000000000099@lid\"}}" } } },
  envelopeEngine: { chapters: ["answers"], sameAs: "present" },
  answerOrder: { chapters: ["answers"], wire: "order-only" },
  duplicateAnswers: { chapters: ["answers", ...VOTES] },
  guestTiming: { chapters: ["answers"], wire: "order-only" },
  acks: { chapters: ["how far a card came"], otherwise: { read: { "how far a card came": "device Rita, read Rita; device Rita, read Rita" }, none: { "how far a card came": "; " } } },
  ackAddressing: { chapters: ["how far a card came"] },
  // Sessions are the operator's to start and to link.
  startAgain: { chapters: ["cards", "webhook set-up"], wire: "never-met" },
  qrRefresh: { chapters: ["cards", "the probe"], wire: "never-met" },
  missingNumber: { chapters: ["who is on WhatsApp"] },
  clearedVote: { chapters: ["a vote that is taken back"], otherwise: { null: { "a vote that is taken back": "[Going]; [Going]; unreadable; unreadable" } } },
  voteTimestamp: { chapters: VOTES },
  pollId: { chapters: VOTES },
  nowebStore: { chapters: ["a vote that cannot be decrypted"], given: { engine: "NOWEB" }, otherwise: { "lacks-poll": { "a vote that cannot be decrypted": "2 unreadable" } } },
  quotedContent: { chapters: ["a quoting reply"] },
  repeatedId: { chapters: ["a poll sent twice under one id"], otherwise: { "shown-twice": { "a poll sent twice under one id": "chosen id; chosen id; 2 polls" }, "refused": { "a poll sent twice under one id": "chosen id; UNKNOWN unknown; 1 polls" } } },
};
