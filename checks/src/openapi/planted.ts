import type { WireRequest } from "./wire-request.js";

/** A defect that an adapter could have. `document`: the vendor's own document can notice it as well. */
export interface PlantedRequest {
  readonly name: string;
  readonly document: boolean;
  readonly applies: (request: WireRequest) => boolean;
  readonly plant: (request: WireRequest) => WireRequest;
}

type Members = { [name: string]: unknown };

const to = (path: string, method?: string) => (request: WireRequest) => request.template === path && (method === undefined || request.method === method);
const inEvent = (change: (event: Members, body: Members) => void) => inBody((body) => change(members(body.event), body));

function inBody(change: (body: Members) => void): (request: WireRequest) => WireRequest {
  return (request) => {
    const body = structuredClone(request.body);
    change(members(body));
    return { ...request, body };
  };
}

function members(value: unknown): Members {
  if (typeof value !== "object" || value === null) throw new TypeError("the request has no such object");
  return value as Members;
}

const EVENTS = "/api/{session}/events";
const POLL = "/api/sendPoll";
const TEXT = "/api/sendText";
const MESSAGES = "/api/{session}/chats/{chatId}/messages";
const SESSION = "/api/sessions/{session}";
const hook = (body: Members) => members((members(body.config).webhooks as unknown[]).at(-1));

export const PLANTED_REQUESTS: readonly PlantedRequest[] = [
  { name: "milliseconds for seconds", document: false, applies: to(EVENTS), plant: inEvent((event) => void (event.startTime = Number(event.startTime) * 1000 + 1)) },
  { name: "a fraction of a second", document: false, applies: to(EVENTS), plant: inEvent((event) => void (event.startTime = Number(event.startTime) + 0.5)) },
  { name: "a start as text", document: true, applies: to(EVENTS), plant: inEvent((event) => void (event.startTime = "2026-12-01T15:00:00Z")) },
  { name: "a location as text", document: true, applies: to(EVENTS), plant: inEvent((event) => void (event.location = "Clinic North")) },
  { name: "title instead of name", document: true, applies: to(EVENTS), plant: inEvent((event) => { event.title = event.name; delete event.name; }) },
  { name: "no chatId", document: true, applies: to(EVENTS), plant: inBody((body) => void delete body.chatId) },
  { name: "a plus in chatId", document: false, applies: to(EVENTS), plant: inBody((body) => void (body.chatId = `+${String(body.chatId)}`)) },
  { name: "a chatId of digits alone", document: false, applies: to(TEXT), plant: inBody((body) => void (body.chatId = "351960000123")) },
  { name: "the session in the body of an event", document: true, applies: to(EVENTS), plant: inBody((body) => void (body.session = "clinic")) },
  { name: "the event's fields beside chatId", document: true, applies: to(EVENTS), plant: inBody((body) => { Object.assign(body, body.event); delete body.event; }) },
  { name: "a field of another vendor", document: true, applies: to(EVENTS), plant: inEvent((event) => void (event.callLinkType = "video")) },
  { name: "extraGuestsAllowed as text", document: true, applies: to(EVENTS), plant: inEvent((event) => void (event.extraGuestsAllowed = "true")) },
  { name: "the wrong path", document: true, applies: to(EVENTS), plant: (request) => ({ ...request, path: request.path.replace(/\/events$/, "/event") }) },
  { name: "an id that leaks into the path unescaped", document: true, applies: to(MESSAGES), plant: (request) => ({ ...request, path: request.path.replace("/messages", "/x/messages") }) },
  { name: "PUT for POST", document: true, applies: to(EVENTS), plant: (request) => ({ ...request, method: "PUT" }) },
  { name: "an unknown query key", document: true, applies: to(MESSAGES), plant: (request) => ({ ...request, query: { ...request.query, fromMe: "true" } }) },
  { name: "a number that is none in the query", document: true, applies: to(MESSAGES), plant: (request) => ({ ...request, query: { ...request.query, limit: "many" } }) },
  { name: "media downloaded with the history", document: false, applies: to(MESSAGES), plant: (request) => ({ ...request, query: { ...request.query, downloadMedia: "true" } }) },
  { name: "milliseconds in the history's filter", document: false, applies: to(MESSAGES), plant: (request) => ({ ...request, query: { ...request.query, "filter.timestamp.gte": `${request.query["filter.timestamp.gte"]}000` } }) },
  { name: "no session in the query", document: true, applies: to("/api/contacts/check-exists"), plant: (request) => ({ ...request, query: { phone: request.query.phone ?? "" } }) },
  { name: "a plus in a number that is looked up", document: false, applies: to("/api/contacts/check-exists"), plant: (request) => ({ ...request, query: { ...request.query, phone: `+${request.query.phone}` } }) },
  { name: "several answers as text", document: true, applies: to(POLL), plant: inBody((body) => void (members(body.poll).multipleAnswers = "false")) },
  { name: "options as objects", document: true, applies: to(POLL), plant: inBody((body) => void (members(body.poll).options = [{ name: "Going" }, { name: "Not going" }])) },
  { name: "a poll without its session", document: true, applies: to(POLL), plant: inBody((body) => void delete body.session) },
  { name: "replyTo instead of reply_to", document: true, applies: to(TEXT), plant: inBody((body) => void (body.replyTo = "3EB0C41F7A9D2E6B558011")) },
  { name: "links previewed by the server", document: false, applies: to(TEXT), plant: inBody((body) => void (body.linkPreview = true)) },
  { name: "the configuration without its wrapper", document: true, applies: to(SESSION, "PUT"), plant: inBody((body) => { Object.assign(body, body.config); delete body.config; }) },
  { name: "a webhook's event that does not exist", document: false, applies: to(SESSION, "PUT"), plant: inBody((body) => void (hook(body).events = ["event.responded"])) },
  { name: "a webhook's events as objects", document: true, applies: to(SESSION, "PUT"), plant: inBody((body) => void (hook(body).events = [{ name: "event.response" }])) },
  { name: "a webhook's key outside hmac", document: true, applies: to(SESSION, "PUT"), plant: inBody((body) => void (hook(body).hmacKey = "north window 17")) },
  { name: "an unknown policy of repeats", document: true, applies: to(SESSION, "PUT"), plant: inBody((body) => void (hook(body).retries = { policy: "forever", delaySeconds: 2, attempts: 15 })) },
  { name: "a body where none belongs", document: true, applies: to("/api/server/version"), plant: (request) => ({ ...request, body: {} }) },
  { name: "a credential in another header", document: false, applies: to(EVENTS), plant: (request) => ({ ...request, headers: { authorization: "Bearer key" } }) },
];
