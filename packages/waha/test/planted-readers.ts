import { at, numeric, text } from "../src/wire.js";
import type { Planted } from "./house.js";

type Test = (payload: unknown) => boolean;
const isGroup: Test = (payload) => text(at(payload, "from"))?.endsWith("@g.us") === true;
const key: (payload: unknown) => unknown = (payload) => at(payload, "eventCreationKey");
const put = (value: unknown, name: string, next: unknown): object => ({ ...(typeof value === "object" && value !== null ? value : {}), [name]: next });

/** Passes over the webhooks whose name begins so and whose payload is not as it knows it. */
const deafTo = (events: string, test: Test): Planted => ({ hears: (delivery) => (text(at(delivery, "event"))?.startsWith(events) === true && test(at(delivery, "payload")) ? undefined : delivery) });
/** Takes the answers of one call for something else. */
const takes = (template: string, as: (json: unknown) => unknown): Planted => ({ reads: (json, asked) => (asked.endsWith(template) ? as(json) : json) });

/** People who know the first value of a switch only, each in a line; named after what they believe. */
export const BELIEVES = {
  theServerChecks: { isUnchecked: true },
  everyServerIsTheNewest: takes("/server/version", (json) => put(json, "version", "2026.7.1")),
  everyServerIs2025_11_3: takes("/server/version", (json) => put(json, "version", "2025.11.3")),
  aVoterInAGroupIsTheParticipant: deafTo("poll.vote", (payload) => text(at(payload, "vote", "id"))?.includes("@g.us") === true && at(payload, "vote", "participant") === undefined),
  aMessageIdComesOnce: { keeps: "each message id once" },
  anEchoFollowsItsAnswer: { keeps: "about what is sent already" },
  anEchoAlwaysComes: takes("/messages", () => []),
  theIdIsInTheRawMessage: takes("/events", (json) => ({ id: at(json, "_data", "Info", "ID") })),
  aSendAnswersTwoFields: takes("/events", (json) => (Object.keys(put(json, "id", at(json, "id"))).length === 2 ? json : {})),
  aSendGoesWhereItWasAddressed: takes("/events", (json) => ({ id: text(at(json, "id"))?.split("_")[2] })),
  aGuestIsAPhoneNumber: deafTo("event.response", (payload) => text(at(payload, "from"))?.endsWith("@lid") === true),
  aMemberIsALid: deafTo("event.response", (payload) => text(at(payload, "participant"))?.endsWith("@c.us") === true),
  inAGroupIAmALid: deafTo("event.response", (payload) => /_\d+@c\.us$/.test(text(at(key(payload), "id")) ?? "")),
  inAGroupFromMeIsMissing: deafTo("event.response", (payload) => isGroup(payload) && at(key(payload), "fromMe") !== undefined),
  inADirectChatFromMeIsThere: deafTo("event.response", (payload) => !isGroup(payload) && at(key(payload), "fromMe") === undefined),
  theKeyIsTheGuests: deafTo("event.response", (payload) => at(key(payload), "fromMe") === true),
  bothIdsComeTogether: deafTo("event.response", (payload) => at(payload, "_data", "Info", "SenderAlt") === undefined),
  everyLidHasANumber: takes("/lids/{lid}", (json) => (at(json, "pn") === null ? undefined : json)),
  anEnvelopeHasAnEngine: { hears: (delivery) => (at(delivery, "engine") === undefined ? undefined : delivery) },
  anEnvelopeHasNoEngine: { hears: (delivery) => (at(delivery, "engine") === undefined ? delivery : undefined) },
  theLastToArriveIsTheLatest: { keeps: "in order of arrival" },
  answersComeOneByOne: { keeps: "newest first of those at once" },
  nothingComesTwice: { keeps: "every delivery" },
  aCardIsOnADeviceAtMost: deafTo("message.ack", (payload) => (numeric(at(payload, "ack")) ?? 0) > 2),
  whatIsEchoedIsDelivered: { hears: (delivery) => (at(delivery, "event") === "message.any" && !isGroup(at(delivery, "payload")) ? put(put(delivery, "event", "message.ack"), "payload", put(at(delivery, "payload"), "ack", 2)) : delivery) },
  anAckIsOfAPhoneNumber: deafTo("message.ack", (payload) => text(at(payload, "from"))?.endsWith("@lid") === true),
  aStateIsAnnouncedOnce: { hears: (delivery) => (at(delivery, "event") === "session.status" ? put(delivery, "payload", put(at(delivery, "payload"), "statuses", [])) : delivery) },
  aMissingNumberIsNull: takes("/check-exists", (json) => (at(json, "chatId") === undefined ? {} : json)),
  aVoteHasMilliseconds: deafTo("poll.vote", (payload) => (numeric(at(payload, "vote", "timestamp")) ?? 0) < 1e11),
  aPollsChatIsAPhoneNumber: deafTo("poll.vote", (payload) => text(at(payload, "poll", "id"))?.includes("@lid") === true),
  myPollIsFromMe: deafTo("poll.vote", (payload) => text(at(payload, "poll", "id"))?.startsWith("true_") !== true),
  aGroupsPollHasFourParts: deafTo("poll.vote", (payload) => /@g\.us_[^_]+$/.test(text(at(payload, "poll", "id")) ?? "")),
  aFailedVoteIsNotReported: deafTo("poll.vote.failed", () => true),
  aQuoteIsInReplyTo: { hears: (delivery) => put(delivery, "payload", put(at(delivery, "payload"), "_data", undefined)) },
} as const satisfies Readonly<Record<string, Planted>>;
