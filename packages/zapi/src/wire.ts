/**
 * The vendor's JSON: what we write, and loose readers of what it sends. Field spellings of the vendor live here and in
 * `encode.ts`. A reader never throws; a field of a wrong type counts as absent, `null` and `""` as well.
 */
export type Loose = Readonly<Record<string, unknown>>;

export const object = (value: unknown): Loose | undefined =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Loose) : undefined;
export const text = (value: unknown): string | undefined => (typeof value === "string" && value.trim() !== "" ? value : undefined);
export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
/** A number, also one written as text: two samples quote `momment`. */
export const number = (value: unknown): number | undefined => {
  const read = typeof value === "string" && /^[0-9]{1,16}$/.test(value) ? Number(value) : value;
  return typeof read === "number" && Number.isFinite(read) ? read : undefined;
};
/** A boolean, also one written as text: lists and `phone-exists` do. */
export const flag = (value: unknown): boolean | undefined => {
  if (typeof value === "boolean") return value;
  return value === "true" ? true : value === "false" ? false : undefined;
};

/** The body of `event` in create and edit. `timeZone` exists in create only. Z-API docs: message/send-event, message/send-edit-event. */
export interface WireEventIn {
  readonly name: string;
  readonly description?: string;
  readonly dateTime: string;
  readonly timeZone?: string;
  readonly location?: { readonly name: string };
  readonly callLinkType?: "voice" | "video";
  readonly canceled: boolean;
}

/** The answer of every sending operation. Z-API docs: message/send-event. */
export function readAck(json: unknown) {
  const body = object(json);
  return { zaapId: text(body?.zaapId), messageId: body?.messageId, id: text(body?.id), error: errorText(json) };
}

/** `error` of any answer, which on `/status` is filled on success too. */
export const errorText = (json: unknown): string | undefined => text(object(json)?.error);
/** `message` beside `error`: the NOT_FOUND body of an unknown path has it. */
export const errorDetail = (json: unknown): string | undefined => text(object(json)?.message);
/** `{"value": false}`: refused, with a 200. Z-API docs: group/add-participant, instance/profile-name. */
export const value = (json: unknown): boolean | undefined => flag(object(json)?.value);

/** Z-API docs: instance/status. */
export function readStatus(json: unknown) {
  const body = object(json);
  return { connected: flag(body?.connected), smartphoneConnected: flag(body?.smartphoneConnected), error: errorText(json) };
}

/** Z-API docs: instance/device. */
export const readDevicePhone = (json: unknown): string | undefined => text(object(json)?.phone);

/** What `GET /me` reads back of the callbacks; the echo is written as `notifySentByMe`. Z-API docs: instance/me. */
export function readMe(json: unknown) {
  const body = object(json);
  return {
    urls: {
      received: text(body?.receivedCallbackUrl) ?? "",
      delivery: text(body?.deliveryCallbackUrl) ?? "",
      "message-status": text(body?.messageStatusCallbackUrl) ?? "",
      connected: text(body?.connectedCallbackUrl) ?? "",
      disconnected: text(body?.disconnectedCallbackUrl) ?? "",
    },
    /** Is any webhook set, also one that this package does not read? */
    anyUrl: Object.entries(body ?? {}).some(([name, url]) => name.endsWith("CallbackUrl") && text(url) !== undefined),
    ownMessages: flag(body?.receiveCallbackSentByMe),
  };
}

/** `success` of `PUT /update-queue-settings`, which no page documents. */
export const success = (json: unknown): boolean | undefined => flag(object(json)?.success);

/** One page of `POST /queue`, in Pascal case as nowhere else. What `Message` holds of an event is not documented. Z-API docs: queue/post-queue. */
export function readQueuePage(json: unknown) {
  const body = object(json);
  return {
    readable: Array.isArray(body?.messages),
    items: list(body?.messages).map((item) => {
      const each = object(item);
      return { zaapId: text(each?.ZaapId), messageId: each?.MessageId, chat: text(each?.Phone), created: number(each?.Created), message: each?.Message };
    }),
    next: flag(body?.hasMore) === true ? text(body?.pagingState) : undefined,
  };
}
export type QueuedItem = ReturnType<typeof readQueuePage>["items"][number];

/** `GET /phone-exists`: a one-element list with words on the page, an object in practice. Z-API docs: contacts/get-iswhatsapp. */
export function readPhoneExists(json: unknown) {
  const found = object(Array.isArray(json) ? json[0] : json);
  return { exists: flag(found?.exists), phone: text(found?.phone) ?? text(found?.outputPhone), lid: text(found?.lid) };
}

/** `GET /groups`: booleans and counters are text. Z-API docs: group/get-groups. */
export function readGroups(json: unknown) {
  if (!Array.isArray(json)) return undefined;
  return list(json).map((item) => ({ chat: text(object(item)?.phone), name: text(object(item)?.name) }));
}

/** Who may write in a group; participants carry no LID. Z-API docs: group/metadata-group. */
export function readGroup(json: unknown) {
  const body = object(json);
  if (body === undefined || text(body.phone) === undefined) return undefined;
  const adminsOnly = flag(body.adminOnlyMessage);
  return {
    name: text(body.subject),
    adminsOnly: flag(body.isGroupAnnouncement) === true ? true : adminsOnly,
    participants: list(body.participants).map((item) => {
      const each = object(item);
      return { phone: text(each?.phone), isAdmin: flag(each?.isAdmin) === true || flag(each?.isSuperAdmin) === true };
    }),
  };
}

/** Z-API docs: webhooks/on-message-received. The real name is `momment`; two English samples say `moment`. */
const moment = (body: Loose): number | undefined => number(body.momment ?? body.moment);

/** What every callback says. `type` in lower case: tables and samples differ in one capital. */
export function readCallback(body: Loose) {
  return { type: text(body.type)?.toLowerCase(), instance: text(body.instanceId), moment: moment(body) };
}

export type Envelope = ReturnType<typeof readEnvelope>;

/** The envelope of a `ReceivedCallback`. Everything is optional: samples differ in what they show. Z-API docs: webhooks/on-message-received. */
export function readEnvelope(body: Loose) {
  return {
    messageId: body.messageId,
    chat: text(body.phone),
    isGroup: flag(body.isGroup) ?? false,
    fromMe: flag(body.fromMe) ?? false,
    isEdit: flag(body.isEdit) ?? false,
    /** Absent outside own echoes. */
    fromApi: flag(body.fromApi),
    isStatusReply: flag(body.isStatusReply) ?? false,
    isBroadcast: (flag(body.broadcast) ?? false) || (flag(body.isNewsletter) ?? false),
    waiting: flag(body.waitingMessage) ?? false,
    moment: moment(body),
    ownPhone: text(body.connectedPhone),
    senderName: text(body.senderName),
    participantPhone: text(body.participantPhone),
    participantLid: text(body.participantLid),
    senderLid: text(body.senderLid),
    chatLid: text(body.chatLid),
    quoted: body.referenceMessageId,
    notification: text(body.notification),
    parameters: list(body.notificationParameters),
    event: object(body.event),
    eventResponse: object(body.eventResponse),
    pollVote: object(body.pollVote),
    poll: object(body.poll),
    text: object(body.text),
  };
}

/** `event` of a callback. `scheduleTime` counts seconds; `{}` stands for no place, `""` for no link. */
export function readEvent(event: Loose) {
  return {
    name: text(event.name),
    description: text(event.description),
    canceled: flag(event.canceled) ?? false,
    joinLink: text(event.joinLink),
    scheduleTime: number(event.scheduleTime),
    place: text(object(event.location)?.name),
  };
}

/** `eventResponse` of a callback: an object, unlike the request's field of the same name. `time` counts milliseconds. */
export function readEventResponse(response: Loose) {
  return {
    response: response.response,
    from: text(response.responseFrom),
    time: number(response.time),
    eventId: object(response.referencedMessage)?.messageId,
  };
}

/** `pollVote` of a callback: the voter's whole selection; a list that is empty, `null` or missing is a vote taken back. */
export function readPollVote(vote: Loose) {
  return { pollId: vote.pollMessageId, labels: list(vote.options).map((option) => text(object(option)?.name)) };
}

/** `text` of a callback; link previews beside `message` are left alone. */
export const readTextMessage = (content: Loose): string | undefined => text(content.message);

/** Z-API docs: webhooks/on-message-send. `error` as integrations see it; the page lists none of its texts. */
export function readDelivery(body: Loose) {
  return { zaapId: text(body.zaapId), messageId: body.messageId, error: text(body.error), errorCode: text(body.errorCode) };
}

/** Z-API docs: webhooks/on-whatsapp-message-status-changes. `ids` is a list; the page's table says `id`. */
export function readMessageStatus(body: Loose) {
  return {
    status: text(body.status),
    ids: Array.isArray(body.ids) ? list(body.ids) : [body.id],
    chat: text(body.phone),
    isGroup: flag(body.isGroup) ?? false,
    participant: text(body.participant),
  };
}
