import { object, type Loose, type Reader } from "./reader.js";

type See = NonNullable<Reader["callback"]>;

const without = (body: Loose, ...keys: readonly string[]): Loose => Object.fromEntries(Object.entries(body).filter(([key]) => !keys.includes(key)));
const has = (body: Loose, ...keys: readonly string[]) => keys.some((key) => key in body);
const isReceived = ({ type }: Loose) => String(type).toLowerCase() === "receivedcallback";
const reads = (callback: See): Reader => ({ callback });
const hears = (answer: NonNullable<Reader["answer"]>): Reader => ({ answer });
/** A reader that falls over where this does not hold. */
const insists = (holds: (body: Loose, earlier: readonly Loose[]) => boolean): Reader => reads((body, earlier) => (holds(body, earlier) ? body : undefined));
const wordless = (...paths: readonly string[]) => hears((json, path) => (paths.some((each) => path.startsWith(each)) ? without(object(json), "error", "message") : json));
const answerOf = (body: Loose) => object(body.eventResponse);
const LIDS = ["participantLid", "senderLid", "chatLid"];
/** An answer that does not say who gave it. */
const unsigned = (body: Loose) => has(body, "eventResponse") && { eventResponse: without(answerOf(body), "responseFrom") };
/** A person by a number of this form only. */
const byNumber = (form: RegExp): Reader =>
  reads((body) => {
    const number = (id: unknown) => (form.test(String(id)) ? id : null);
    const inAnswer = has(body, "eventResponse") && { eventResponse: { ...answerOf(body), responseFrom: number(answerOf(body).responseFrom) } };
    return { ...without(body, ...LIDS), participantPhone: number(body.participantPhone), ...(body.isGroup !== true && { phone: number(body.phone) }), ...inAnswer };
  });

/** Readers that know the first value of a switch only: each hides, mangles or does what such a reader would. */
export const READERS = {
  /** Do not know the words of a refusal, and judge by its status. */
  statusOnly: wordless("send-event", "phone-exists"),
  statusOfSendsOnly: wordless("send-event"),
  statusOfTheProbeOnly: wordless("status"),
  /** An edit is what says that it is one: the same card again is a copy. */
  editsByFlag: insists((body, earlier) => !has(body, "event") || body.isEdit === true || !earlier.some((one) => has(one, "event") && one.messageId === body.messageId)),
  /** An edit is of a card that was seen. */
  editsOfKnownIds: insists((body, earlier) => !has(body, "event") || body.isEdit !== true || earlier.some((one) => has(one, "event") && one.messageId === body.messageId)),
  /** An answer is to a card, never to its edit. */
  answersToCards: insists((body, earlier) => !has(body, "eventResponse") || earlier.some((one) => has(one, "event") && one.messageId === object(answerOf(body).referencedMessage).messageId && one.isEdit !== true)),
  /** A link is made once: an edit's is not looked at. */
  linkOnce: reads((body) => (body.isEdit === true ? { ...body, event: without(object(body.event), "joinLink") } : body)),
  /** What is not null is a URL. */
  linkOrNull: insists((body) => !has(body, "event") || object(body.event).joinLink === null || URL.canParse(String(object(body.event).joinLink))),
  /** A place is an object, which is opened unseen. */
  placeIsAnObject: insists((body) => !has(body, "event") || (typeof object(body.event).location === "object" && object(body.event).location !== null)),
  /** One received message for each id: the placeholder has claimed it. */
  oneForEachId: insists((body, earlier) => !isReceived(body) || !earlier.some((one) => isReceived(one) && one.messageId === body.messageId)),
  /** What is older than the last connection is a replay. */
  nothingLate: insists((body, earlier) => !earlier.some((one) => one.type === "ConnectedCallback" && Number(one.momment) * 1000 > Number(body.momment))),
  /** Does not look whose message it is. */
  anybodys: reads((body) => without(body, "fromMe")),
  thirteenDigits: byNumber(/^55[0-9]{11}$/),
  numbersOnly: byNumber(/^[0-9]+$/),
  /** A person is a participant's or sender's LID. */
  lidsOnly: reads((body) => ({ ...without(body, "participantPhone", "chatLid"), ...(isReceived(body) && body.isGroup !== true && { phone: body.senderLid ?? "" }), ...unsigned(body) })),
  /** A person is the participantPhone. */
  participantsOnly: reads((body) => ({ ...without(body, ...LIDS), ...unsigned(body) })),
  /** A direct chat is its chatLid. */
  chatByLid: reads((body) => (isReceived(body) && body.isGroup !== true ? { ...without(body, "participantLid", "senderLid"), phone: body.chatLid ?? "" } : body)),
  /** A vote has a list. */
  votesAreLists: insists((body) => !has(body, "pollVote") || Array.isArray(object(body.pollVote).options)),
  /** A quote is there when its key is. */
  quoteByKey: reads((body) => (has(body, "referenceMessageId") ? { ...body, referenceMessageId: String(body.referenceMessageId) } : body)),
  /** A text has words and nothing else. */
  textIsWords: insists((body) => !has(body, "text") || Object.keys(object(body.text)).length === 1),
  momment: reads((body) => without(body, "moment")),
  spelledCallback: insists(({ type }) => type !== "ReceivedCallBack"),
  /** Does not look at the queue's id. */
  messageIdOnly: reads((body) => without(body, "zaapId")),
  /** Does not look who read. */
  nobodyInParticular: reads((body) => without(body, "participant")),
  revokedByReference: reads((body) => (body.notification === "REVOKE" ? without(body, "messageId", "notificationParameters") : body)),
  tenDigitSeconds: insists(({ type, momment }) => (type !== "ConnectedCallback" && type !== "DisconnectedCallback") || Number(momment) < 1e11),
  answerById: hears((json, path) => (path.startsWith("send-") ? { ...without(object(json), "messageId"), messageId: object(json).id } : json)),
  /** An answer is an object. */
  noLists: hears((json) => (Array.isArray(json) ? undefined : json)),
  /** What succeeded says nothing. */
  silenceIsSuccess: hears((json, path) => (path.startsWith("update-webhook-") && json !== undefined ? { error: "unexpected" } : json)),
  /** Asks for the whole queue at once. */
  greedy: { request: (json, path) => (path === "queue" ? { ...object(json), pageSize: 100 } : json) },
} as const satisfies Readonly<Record<string, Reader>>;
