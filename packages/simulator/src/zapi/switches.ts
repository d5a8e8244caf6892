/**
 * Everything about Z-API that its documentation leaves open, or says in two ways. Each switch names the place it comes from
 * ("Z-API docs: page"); where the documentation is silent the alternatives are those seen in published integrations or those that
 * can be thought of. Every switch is a word out of a closed list, the first in `zapiSwitchValues` being the default, so that a command line can set it.
 */
export interface ZapiSwitches {
  /** What a call without `Client-Token` gets. Z-API docs: security/client-token quotes the body `null not allowed` without a status; integrations report the two others. Consulted while the account's token is active. */
  readonly missingClientToken: "400-not-configured" | "403-null" | "403-bare-null";
  /** Whether the account security token has been activated in the panel. Z-API docs: security/client-token says a token is made disabled; until then calls without it succeed. */
  readonly clientTokenCheck: "active" | "inactive";
  /** Whether the caller's address passes the account's allow-list. Z-API docs: security/ip-block gives the body and no status. */
  readonly callerAddress: "allowed" | "refused";
  /** What a wrong instance id or instance token gets. Not documented; all of these are plausible. */
  readonly wrongInstance: "404" | "403" | "401";
  /** What an unknown operation gets. Not documented; integrations report the NOT_FOUND body with 404, and with 200. */
  readonly unknownOperation: "404" | "200";
  /** What a send gets while the account is disconnected and queueing is not disabled. Z-API docs: queue/introduction ("queued up to 1000"), instance/disconnect ("all methods unavailable"). */
  readonly disconnectedSend: "queued" | "value-false" | "400-not-connected";
  /** What a send gets while the linked phone is offline. Z-API docs: instance/status (`smartphoneConnected`); integrations report a 400 with "smartphone is not responding". */
  readonly phoneOffline: "sent" | "400-not-responding";
  /** What `GET /status` says for a suspended (unpaid) instance. Seen both ways in integrations. */
  readonly suspendedStatus: "connected" | "400-subscribe";
  /** What an event sent to something that is not a group becomes. Z-API docs: message/send-event says group only and does not say what happens otherwise. */
  readonly nonGroupEvent: "delivery-error" | "400-invalid-phone" | "delivered";
  /** Whether polls reach persons. Z-API docs: message/send-poll: the newer text says "recipient group id", the older one shows a personal number. */
  readonly pollTargets: "group-only" | "any";
  /** What a poll to a person becomes while polls are group only. Not documented. */
  readonly nonGroupPoll: "delivery-error" | "400-invalid-phone" | "silent";
  /** What an unknown `eventMessageId` gets on edit and on response. Z-API docs: message/send-edit-event and send-event-response document 200, 405 and 415 only. */
  readonly unknownEvent: "no-effect" | "400";
  /** What an answer to one's own event gets. Z-API docs: message/send-event-response says it is impossible, not how it is refused. */
  readonly ownEventResponse: "no-effect" | "400";
  /** What becomes of optional fields that an edit leaves out. Z-API docs: message/send-edit-event says they may be removed. */
  readonly editOmittedFields: "removed" | "kept";
  /** What an edit does on an instance without any webhook. Z-API docs: message/send-message-text says edits need one; without it integrations see a new message instead. */
  readonly editWithoutWebhook: "new-message" | "works";
  /** How `dateTime` with and without `timeZone` is understood. Z-API docs: message/send-event calls it "without timezone" and shows a `Z` in every sample. */
  readonly dateTimeMode: "wallclock-default-br" | "instant" | "wallclock-default-utc" | "shift";
  /** Whether `timeZone: "UTC"` is taken as a zero offset, ignored, or refused. Z-API docs: message/send-event shows `UTC-3` only. */
  readonly zeroOffset: "accepted" | "ignored" | "refused";
  /** Whether an edit honours `timeZone`. Z-API docs: message/send-edit-event does not list it. */
  readonly timeZoneOnEdit: "ignored" | "honoured";
  /** What an event without a name or with an unreadable date gets. Not documented. */
  readonly invalidEvent: "400" | "delivery-error";
  /** `isEdit` of the `event` callback of an edited event. Not documented. */
  readonly editedEventFlag: "is-edit" | "not-edit";
  /** `messageId` of the `event` callback of an edited event. Not documented; text edits are seen with the original id. */
  readonly editedEventId: "original" | "edit";
  /** Which id an RSVP given after an edit refers to. Expected to be the original; not documented. */
  readonly rsvpAfterEdit: "original" | "edit";
  /** Whether an edit that repeats `callLinkType` keeps the join link or makes a new one. Not documented. */
  readonly joinLinkOnEdit: "kept" | "replaced";
  /** How an event without a call writes `joinLink`. Z-API docs: webhooks/on-message-received had `""` in an older sample. */
  readonly noJoinLink: "null" | "empty" | "absent";
  /** How an event without a place writes `location`. Z-API docs: webhooks/on-message-received shows `{}`. */
  readonly noLocation: "empty-object" | "null" | "absent";
  /** How often each callback is delivered. Integrations report re-deliveries. */
  readonly webhookCopies: "once" | "twice";
  /** In which order the callbacks of one message arrive. Integrations report status callbacks out of order; nothing is promised. */
  readonly webhookOrder: "ordered" | "reversed";
  /** Whether callbacks leave at once or after five seconds. No time is documented. */
  readonly webhookDelay: "none" | "5-seconds";
  /** Whether an attempt answered by something else than 2xx is repeated. Re-delivery is reported by integrations, count and pause are not documented. */
  readonly webhookRetry: "never" | "3-attempts";
  /** Whether RSVPs, votes and texts are preceded by a `waitingMessage` placeholder with the same id. Z-API docs: webhooks/on-message-received shows the placeholder only. */
  readonly placeholder: "never" | "then-real" | "never-real";
  /** Whether the own echo reaches the webhook before the send is answered. Not promised either way. */
  readonly echoTiming: "after-answer" | "before-answer";
  /** Whether RSVPs and votes given through the API are echoed. Not documented. */
  readonly responseEcho: "no" | "yes";
  /** The undocumented request header `z-api-token` of callbacks: the instance token, or nothing. */
  readonly zApiToken: "instance-token" | "absent";
  /** How persons are spelled in `phone`, `participantPhone` and `responseFrom`. Z-API docs: tips/lid (a LID may stand anywhere); contacts/get-iswhatsapp-batch (12-digit Brazilian numbers). */
  readonly personForm: "number" | "lid" | "number-12";
  /** `participantPhone` of `event` and `eventResponse` callbacks. Z-API docs: webhooks/on-message-received has null in both samples. */
  readonly eventParticipantPhone: "set" | "null";
  /** `participantLid` and `senderLid`. Z-API docs: webhooks/on-message-received has them in most samples, not in all. */
  readonly participantLid: "set" | "null" | "absent";
  /** `chatLid` of direct chats. Z-API docs: tips/lid calls it the most stable id; seen null and absent. */
  readonly chatLid: "set" | "null" | "absent";
  /** How a withdrawn vote looks. Not documented. */
  readonly clearedVote: "empty" | "null" | "missing" | "silent";
  /** How "no quote" is written in `referenceMessageId`. Z-API docs: webhooks/on-message-received has no such key in its plain text sample. */
  readonly noQuote: "absent" | "null";
  /** Whether inbound texts carry link preview keys, the misspelt `descritpion` among them. Z-API docs: webhooks/on-message-received has samples of both spellings. */
  readonly textPreview: "absent" | "present";
  /** The name of the time in callbacks. Z-API docs: `momment` everywhere but in two English samples, which say `moment`. */
  readonly momentKey: "momment" | "moment";
  /** How the type of received messages is spelled. Z-API docs: samples say `ReceivedCallback`, tables say `ReceivedCallBack`. */
  readonly receivedType: "ReceivedCallback" | "ReceivedCallBack";
  /** Whether WhatsApp has banned the account from sending: everything is accepted and fails with `errorCode`. Seen in integrations. */
  readonly accountBan: "none" | "shadow-ban";
  /** What becomes of messages that arrive while the session is lost. Z-API docs: instance/disconnect says that webhooks stop, not whether they come later. */
  readonly missedWhileLost: "dropped" | "on-reconnect";
  /** Which id a failed `DeliveryCallback` carries as `messageId`. Newer samples repeat `zaapId` there. */
  readonly failedDeliveryId: "message-id" | "zaap-id";
  /** Whether message statuses repeat for each member of a group, with `participant`. Z-API docs: webhooks/introduction says a status may repeat. */
  readonly statusRepeats: "once" | "per-participant";
  /** What becomes of a message to a Brazilian mobile that WhatsApp keeps without its ninth digit, when it is written with one. Not documented; integrations of several vendors report that it is accepted and reaches nobody. */
  readonly ninthDigit: "followed" | "lost";
  /** Which field of a `REVOKE` notice names the deleted message. Z-API docs: webhooks/on-message-received gives no sample. */
  readonly revokeReference: "referenceMessageId" | "notificationParameters" | "messageId";
  /** Whether send answers carry `id` beside `messageId`. Z-API docs: Portuguese pages yes, some English pages no. */
  readonly sendAnswerId: "present" | "absent";
  /** The answer of `GET /phone-exists`. Z-API docs: contacts/get-iswhatsapp shows a one-element array with a string; integrations get an object. */
  readonly phoneExists: "object" | "array";
  /** What `POST /queue` does above its page limit of 30. Z-API docs: queue/post-queue names the limit only. */
  readonly queuePageOver30: "clamp" | "400";
  /** Whether a webhook URL on this machine may be plain http. Z-API docs: webhooks/on-message-send demands HTTPS; a test bench needs the exception. */
  readonly httpWebhooks: "loopback" | "refused";
  /** The answer of the `update-webhook-…` calls when they succeed. Z-API docs: webhooks/* show an empty 200; `update-every-webhooks` documents `{"value": true}`. */
  readonly webhookSetAnswer: "empty" | "value";
  /** What a `DisconnectedCallback` and `ConnectedCallback` count in. Z-API docs: webhooks/on-whatsapp-disconnected shows ten digits (seconds); everything else is milliseconds. */
  readonly connectionMoment: "seconds" | "milliseconds";
}

/** Each switch at its first value. */
export const zapiDefaultSwitches = (): ZapiSwitches => {
  const defaults: Record<string, string> = {};
  for (const [name, [first]] of Object.entries(zapiSwitchValues)) defaults[name] = first;
  if (!areZapiSwitches(defaults) || !isComplete(defaults)) throw new Error("zapi simulator: a switch has no default");
  return defaults;
};

/** What is wrong with a set of switches, name by name; empty when nothing is. */
export const zapiSwitchProblems = (patch: Readonly<Record<string, unknown>>): readonly string[] =>
  Object.entries(patch).flatMap(([name, value]) => {
    const allowed: readonly unknown[] | undefined = allowedValues.get(name);
    if (allowed === undefined) return [`${name}: no such switch`];
    return allowed.includes(value) ? [] : [`${name}: one of ${allowed.join(", ")}`];
  });

/** Whether every name is a switch and every value one of its values. */
export const areZapiSwitches = (patch: Readonly<Record<string, unknown>>): patch is Partial<ZapiSwitches> => zapiSwitchProblems(patch).length === 0;

const isComplete = (switches: Partial<ZapiSwitches>): switches is ZapiSwitches => Object.keys(zapiSwitchValues).every((name) => Object.hasOwn(switches, name));

/** The allowed values of each switch; the first one is the default. */
export const zapiSwitchValues: { readonly [K in keyof ZapiSwitches]: readonly [ZapiSwitches[K], ...ZapiSwitches[K][]] } = {
  missingClientToken: ["400-not-configured", "403-null", "403-bare-null"],
  clientTokenCheck: ["active", "inactive"],
  callerAddress: ["allowed", "refused"],
  wrongInstance: ["404", "403", "401"],
  unknownOperation: ["404", "200"],
  disconnectedSend: ["queued", "value-false", "400-not-connected"],
  phoneOffline: ["sent", "400-not-responding"],
  suspendedStatus: ["connected", "400-subscribe"],
  nonGroupEvent: ["delivery-error", "400-invalid-phone", "delivered"],
  pollTargets: ["group-only", "any"],
  nonGroupPoll: ["delivery-error", "400-invalid-phone", "silent"],
  unknownEvent: ["no-effect", "400"],
  ownEventResponse: ["no-effect", "400"],
  editOmittedFields: ["removed", "kept"],
  editWithoutWebhook: ["new-message", "works"],
  dateTimeMode: ["wallclock-default-br", "instant", "wallclock-default-utc", "shift"],
  zeroOffset: ["accepted", "ignored", "refused"],
  timeZoneOnEdit: ["ignored", "honoured"],
  invalidEvent: ["400", "delivery-error"],
  editedEventFlag: ["is-edit", "not-edit"],
  editedEventId: ["original", "edit"],
  rsvpAfterEdit: ["original", "edit"],
  joinLinkOnEdit: ["kept", "replaced"],
  noJoinLink: ["null", "empty", "absent"],
  noLocation: ["empty-object", "null", "absent"],
  webhookCopies: ["once", "twice"],
  webhookOrder: ["ordered", "reversed"],
  webhookDelay: ["none", "5-seconds"],
  webhookRetry: ["never", "3-attempts"],
  placeholder: ["never", "then-real", "never-real"],
  echoTiming: ["after-answer", "before-answer"],
  responseEcho: ["no", "yes"],
  zApiToken: ["instance-token", "absent"],
  personForm: ["number", "lid", "number-12"],
  eventParticipantPhone: ["set", "null"],
  participantLid: ["set", "null", "absent"],
  chatLid: ["set", "null", "absent"],
  clearedVote: ["empty", "null", "missing", "silent"],
  noQuote: ["absent", "null"],
  textPreview: ["absent", "present"],
  momentKey: ["momment", "moment"],
  receivedType: ["ReceivedCallback", "ReceivedCallBack"],
  accountBan: ["none", "shadow-ban"],
  missedWhileLost: ["dropped", "on-reconnect"],
  failedDeliveryId: ["message-id", "zaap-id"],
  statusRepeats: ["once", "per-participant"],
  ninthDigit: ["followed", "lost"],
  revokeReference: ["referenceMessageId", "notificationParameters", "messageId"],
  sendAnswerId: ["present", "absent"],
  phoneExists: ["object", "array"],
  queuePageOver30: ["clamp", "400"],
  httpWebhooks: ["loopback", "refused"],
  webhookSetAnswer: ["empty", "value"],
  connectionMoment: ["seconds", "milliseconds"],
};

const allowedValues: ReadonlyMap<string, readonly unknown[]> = new Map(Object.entries(zapiSwitchValues));
