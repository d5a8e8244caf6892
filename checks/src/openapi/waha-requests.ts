/**
 * Every request that the WAHA adapter may make, as JSON Schema 2020-12: written from WAHA's OpenAPI document 2026.7.1
 * (https://waha.devlike.pro/swagger), narrower than it where the server itself checks nothing. Two of its typings are wrong
 * and are right here: `events` of a webhook are names, `multipleAnswers` is a boolean.
 */
export interface RequestRule {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** With `{name}` for a path segment. */
  readonly path: string;
  readonly params: Readonly<Record<string, object>>;
  /** Of the query as text; closed. */
  readonly query: object;
  /** `undefined`: there must be no body. */
  readonly body?: object;
}

/** The server cleans nothing: digits and a suffix, or a group's id. */
const person = { type: "string", pattern: "^[1-9][0-9]{6,14}@c\\.us$|^[1-9][0-9]{0,31}@lid$" };
const group = { type: "string", pattern: "^[0-9]{1,32}(?:-[0-9]{1,20})?@g\\.us$" };
const chatId = { type: "string", pattern: `${person.pattern}|${group.pattern}` };
const session = { type: "string", pattern: "^[A-Za-z0-9_-]{1,54}$" };
/** Whole Unix seconds up to the year 5138: a larger number is milliseconds, which the server takes as they are. */
const seconds = { type: "integer", minimum: 0, exclusiveMaximum: 100_000_000_000 };
const messageId = { type: "string", pattern: "^[A-Za-z0-9.:-]{1,128}$" };
const words = { type: "string", minLength: 1 };
const closed = (properties: Readonly<Record<string, object>>, required: readonly string[] = Object.keys(properties)) => ({ type: "object", properties, required, additionalProperties: false });
const none = closed({});
const digits = { type: "string", pattern: "^[0-9]{1,15}$" };

const event = closed(
  { name: words, description: { type: "string" }, startTime: seconds, endTime: seconds, location: closed({ name: words }), extraGuestsAllowed: { type: "boolean" } },
  ["name", "startTime"],
);

/** Names of events that a session can be asked for. */
export const EVENT_NAMES = [
  "session.status", "message", "message.any", "message.reaction", "message.ack", "message.ack.group", "message.waiting", "message.revoked", "message.edited",
  "group.v2.join", "group.v2.leave", "group.v2.update", "group.v2.participants", "group.join", "group.leave", "presence.update", "poll.vote", "poll.vote.failed", "chat.archive",
  "call.received", "call.accepted", "call.rejected", "label.upsert", "label.deleted", "label.chat.added", "label.chat.deleted",
  "event.response", "event.response.failed", "engine.event", "state.change", "*",
] as const;

const webhook = closed({
  url: { type: "string", pattern: "^https?://" },
  events: { type: "array", items: { enum: EVENT_NAMES }, minItems: 1, uniqueItems: true },
  hmac: { type: ["object", "null"], properties: { key: words }, additionalProperties: false },
  retries: { type: ["object", "null"], properties: { delaySeconds: { type: "number", exclusiveMinimum: 0 }, attempts: { type: "integer", minimum: 0 }, policy: { enum: ["linear", "exponential", "constant"] } }, additionalProperties: false },
  customHeaders: { type: ["array", "null"], items: closed({ name: words, value: { type: "string" } }) },
}, ["url", "events"]);

const sessionConfig = {
  type: "object",
  required: ["webhooks"],
  properties: { webhooks: { type: "array", items: webhook }, metadata: { type: ["object", "null"], additionalProperties: { type: "string" } }, debug: { type: "boolean" } },
  // What else the session had is sent back as it was: leaving it out would take it away.
  propertyNames: { enum: ["metadata", "proxy", "debug", "ignore", "client", "noweb", "gows", "webjs", "webhooks"] },
};

export const WAHA_REQUESTS: readonly RequestRule[] = [
  { method: "POST", path: "/api/{session}/events", params: { session }, query: none, body: closed({ chatId, reply_to: messageId, event }, ["chatId", "event"]) },
  {
    method: "POST", path: "/api/sendPoll", params: {}, query: none,
    body: closed({
      session, chatId, id: messageId,
      poll: closed({ name: words, options: { type: "array", items: { type: "string", minLength: 1, maxLength: 200 }, minItems: 2, maxItems: 12, uniqueItems: true }, multipleAnswers: { type: "boolean" } }),
    }, ["session", "chatId", "poll"]),
  },
  { method: "POST", path: "/api/sendText", params: {}, query: none, body: closed({ session, chatId, id: messageId, reply_to: messageId, text: { type: "string", pattern: "\\S" }, linkPreview: { const: false } }, ["session", "chatId", "text", "linkPreview"]) },
  {
    method: "GET", path: "/api/{session}/chats/{chatId}/messages", params: { session, chatId },
    query: closed({ "limit": { type: "string", pattern: "^[1-9][0-9]{0,2}$" }, "downloadMedia": { const: "false" }, "sortOrder": { enum: ["asc", "desc"] }, "filter.fromMe": { const: "true" }, "filter.timestamp.gte": { type: "string", pattern: "^-?[0-9]{1,11}$" } }),
  },
  { method: "GET", path: "/api/contacts/check-exists", params: {}, query: closed({ phone: digits, session }) },
  { method: "GET", path: "/api/{session}/lids/pn/{phoneNumber}", params: { session, phoneNumber: person }, query: none },
  { method: "GET", path: "/api/{session}/lids/{lid}", params: { session, lid: { type: "string", pattern: "^[0-9]+@lid$" } }, query: none },
  { method: "GET", path: "/api/{session}/groups", params: { session }, query: closed({ limit: digits, offset: digits, exclude: { const: "participants" } }) },
  { method: "GET", path: "/api/{session}/groups/{id}", params: { session, id: group }, query: none },
  { method: "GET", path: "/api/{session}/groups/{id}/settings/security/messages-admin-only", params: { session, id: group }, query: none },
  { method: "GET", path: "/api/{session}/groups/{id}/participants/v2", params: { session, id: group }, query: none },
  { method: "GET", path: "/api/sessions/{session}", params: { session }, query: none },
  { method: "PUT", path: "/api/sessions/{session}", params: { session }, query: none, body: closed({ config: sessionConfig }) },
  { method: "GET", path: "/api/server/version", params: {}, query: none },
  // Servers before /api/server; still there in 2026.7.1, deprecated.
  { method: "GET", path: "/api/version", params: {}, query: none },
];
