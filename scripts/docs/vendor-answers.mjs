/* Answers of Z-API, and why each one counts as proof or not: input of the table in docs/decisions/outcomes.md. */
const DOCS = (page) => `Z-API docs: ${page}`;
const SEEN = "seen in several published integrations";
const NOTHING = "documented nowhere";

/** [what the vendor says, status, body, evidence, the account's option refusals] */
export const ZAPI_ANSWERS = [
  ["`{\"error\":\"Client-Token … not allowed\"}`", 403, { error: "Client-Token X not allowed" }, `${DOCS("security/client-token")}; ${SEEN}`],
  ["`{\"error\":\"null not allowed\"}`", 200, { error: "null not allowed" }, DOCS("security/client-token")],
  ["`{\"error\":\"your client-token is not configured\"}`", 400, { error: "your client-token is not configured" }, SEEN],
  ["`{\"error\":\"<address> not allowed\"}`", 403, { error: "203.0.113.9 not allowed" }, DOCS("security/ip-block")],
  ["`… you must subscribe to this instance again`", 400, { error: "To continue sending a message, you must subscribe to this instance again" }, SEEN],
  ["`You are not connected.`", 400, { error: "You are not connected." }, DOCS("instance/status")],
  ["`You need to restore the session`", 400, { error: "You need to restore the session" }, DOCS("instance/status")],
  ["`Invalid phone`", 400, { error: "Invalid phone" }, DOCS("contacts/report-contact")],
  ["`NOT_FOUND`, `Unable to find matching target resource method`", 404, { error: "NOT_FOUND", message: "Unable to find matching target resource method" }, SEEN],
  ["any", 405, undefined, "405 on every page"],
  ["any", 415, undefined, "415 on every page"],
  ["what a rule of the option `refusals` names", 400, { error: "something seen" }, "the operator's own look", [{ status: 400, says: "something seen", code: "REFUSED" }]],
  ["success, no message id", 200, {}, NOTHING],
  ["success and an `error`", 200, { error: "something" }, NOTHING],
  ["`{\"value\":false}`", 200, { value: false }, "documented for settings and groups, not for events"],
  ["`… smartphone is not responding …`", 400, { error: "Your smartphone is not responding" }, `${SEEN}; the queue may hold it`],
  ["any other", 400, { error: "something" }, NOTHING],
  ["any other", 401, undefined, NOTHING],
  ["any other", 403, undefined, NOTHING],
  ["any other", 404, undefined, "may be about a chat, an event or the path"],
  ["any", 302, undefined, "never followed"],
  ["any", 408, undefined, NOTHING],
  ["any", 429, undefined, NOTHING],
  ["any", 500, undefined, NOTHING],
];

/** [error, errorCode, evidence] of `DeliveryCallback`, after the message was accepted. */
export const ZAPI_LATE = [
  ["Phone number does not exist", undefined, DOCS("webhooks/on-message-send")],
  ["This type of message can only be sent in groups", undefined, DOCS("webhooks/on-message-send")],
  ["Timeout on send message", undefined, `${DOCS("webhooks/on-message-send")}; proves nothing`],
  ["", "SHADOW_BAN", `${SEEN}; proves nothing`],
  ["any other", undefined, NOTHING],
];

/** Evidence for WAHA's answers, by our word for each. Those that are not listed prove nothing, and say so. */
export const WAHA_EVIDENCE = {
  "bad-request": "malformed JSON recorded with 2025.11.3, validation from the source of 2026: both before the engine",
  "unauthorized": "recorded, 2025.11.3: refused by the guard",
  "forbidden": "source of 2026: refused by the guard",
  "no-such-route": "recorded, 2025.11.3",
  "session-unknown": "recorded, 2025.11.3: comes after about 5 s, before the engine",
  "session-starting": "recorded, 2025.11.3; issue 1329",
  "session-stopped": "recorded, 2025.11.3",
  "session-unpaired": "recorded, 2025.11.3",
  "session-passkey": "WAHA docs: how-to/sessions",
  "session-failed": "recorded, 2025.11.3",
  "session-not-working": "same check as the other states: before the engine",
  "session-name-missing": "recorded, 2025.11.3",
  "single-session-edition": "recorded, 2025.11.3",
  "edition": "recorded, 2025.11.3",
  "engine-lacks-it": "WAHA docs: changelog 2025.6.6; source of 2025.11.3",
  "whatsapp-463": "issues 1904, 2170: WhatsApp's own refusal",
  "whatsapp-475": "source of the engine: WhatsApp's own refusal",
  "not-serialisable": "recorded, 2025.11.3: never reached the engine",
  "too-large": "recorded, 2025.11.3: refused while the body was read",
  "message-id-refused": "source of 2025.11.3: checked before the engine",
};

/** Answers of WAHA that no recording shows, or that come from something in front of it. */
export const WAHA_OTHERS = [
  ["`item-not-found` (a group or contact that WhatsApp does not know)", 500, { statusCode: 500, exception: { message: "item-not-found" } }],
  ["a state that this version does not know", 422, { error: "x", session: "s", status: "NAPPING" }],
  ["success, no message id", 201, {}],
  ["any redirect", 302, undefined],
  ["another shape", 400, undefined], ["another shape", 401, undefined], ["another shape", 403, undefined], ["another shape", 404, undefined],
  ["any", 408, undefined], ["another shape", 422, undefined], ["any", 429, undefined], ["another shape", 500, undefined],
  ["any", 502, undefined], ["any", 503, undefined], ["any", 504, undefined], ["any other", 418, undefined],
];

/** [what happened, our word, phases it can happen in]: an exchange that ended without an answer. */
export const EXCHANGES = [
  ["the name does not resolve", "unresolved", ["before-write"]],
  ["no connection", "refused", ["before-write"]],
  ["the certificate is not accepted", "certificate", ["before-write"]],
  ["no connection in time", "connect-timeout", ["before-write"]],
  ["an untrusted base URL that leads to a private address", "blocked", ["before-write"]],
  ["an untrusted base URL over a dispatcher of the application's own", "unguarded", ["before-write"]],
  ["a request that cannot be written", "unsendable", ["before-write"]],
  ["a setting of the axios instance that cannot be honoured", "setting", ["before-write"]],
  ["an interceptor failed", "interceptor", ["before-write", "complete"]],
  ["an interceptor sent the request another way", "bypassed", ["before-write"]],
  ["something tried to send it twice", "repeated", ["before-write", "complete"]],
  ["the caller's signal", "aborted", ["before-write", "written"]],
  ["the client was closed", "closed", ["before-write", "written"]],
  ["the deadline", "deadline", ["before-write", "written"]],
  ["the connection broke", "lost", ["written"]],
  ["no valid HTTP", "malformed", ["written"]],
  ["an answer over the limit", "too-large", ["head"]],
];
