import type { Fault } from "./fault.js";
import { answer, type Behaviour } from "./raw-vendor.js";
import type { Subject } from "./subjects.js";

type Headers = Readonly<Record<string, string>>;
const reply = (bytes: Buffer): Behaviour => async (socket, next) => {
  for (;;) {
    await next();
    socket.write(bytes);
  }
};
const with_ = (status: string, body: string | Buffer, headers: Headers = {}) => () => reply(answer(status, body, headers));
const json = (status: string, value: unknown, headers: Headers = {}) => with_(status, JSON.stringify(value), headers);
const html = (status: string, headers: Headers = {}) => with_(status, `<html><h1>${status}</h1></html>`, { "content-type": "text/html", ...headers });
const good = ({ good: { json: value } }: Subject) => JSON.stringify(value);
const spliced = (front: string) => (subject: Subject) => reply(answer(subject.good.status, `{${front},${good(subject).slice(1)}`));
/** Family A of WAHA's errors, the words of its framework. */
const nest = (statusCode: number, message: unknown, error?: string) => ({ message, ...(error !== undefined && { error }), statusCode });
/** Family C: the server's catch-all, which repeats the request. */
const exception = (message: string, more: object = {}) => ({
  statusCode: 500, timestamp: "2026-12-31T10:00:00.000Z", exception: { message, name: "Error", stack: `Error: ${message}\n    at x`, ...more },
  request: { path: "/api/salon/events", method: "POST", body: { chatId: "5511987650001@c.us", event: { name: "Fault rehearsal" } }, query: {} }, version: { version: "2026.7.1", engine: "GOWS" },
});
const state = (status: string) => ({ error: "Session status is not as expected. Try again later or restart the session", session: "salon", status, expected: ["WORKING"] });
const PLUS = "Check this out: https://waha.devlike.pro/";
const soon = { "retry-after": "30" };

/** A status that neither vendor documents, so that it proves nothing: bare, as a page of a proxy, and as the vendor's JSON. */
const undocumented = (nr: number, status: string, codes: readonly string[], headers: Headers = {}): readonly Fault[] => [
  { nr, name: `${status}, a proxy's page`, expected: "unknown", codes, behave: html(status, headers) },
  { nr, name: `${status}, no body`, expected: "unknown", codes, behave: with_(status, "", headers) },
];

/**
 * Faults 21 to 24 and 27 to 47: answers that are whole. `not-sent` stands only where the vendor's pages, its published
 * source, a recording or several published integrations show a refusal: Z-API docs security/client-token, security/ip-block,
 * contacts/report-contact and the 405 and 415 of every page; WAHA 2025.11.3 recordings and its docs (security, sessions).
 */
export const answerFaults: readonly Fault[] = [
  { nr: 21, name: "malformed JSON in a 200", expected: "unknown", readable: true, behave: (subject) => reply(answer("200 OK", good(subject).slice(0, -1))) },
  { nr: 22, name: "HTML in a 200", expected: "unknown", readable: true, core: true, behave: html("200 OK") },
  { nr: 23, name: "200 without a body", expected: "unknown", readable: true, behave: with_("200 OK", "") },
  { nr: 23, name: "204", expected: "unknown", readable: true, behave: () => reply(Buffer.from("HTTP/1.1 204 No Content\r\n\r\n")) },
  { nr: 24, name: "200 {error: null not allowed}", vendor: "zapi", expected: "not-sent", codes: ["UNAUTHENTICATED"], readable: true, behave: json("200 OK", { error: "null not allowed" }) },
  { nr: 24, name: "200 {error: unknown words}", expected: "unknown", readable: true, behave: json("200 OK", { error: "Something went wrong" }) },
  { nr: 24, name: "200 {value: false}", vendor: "zapi", expected: "unknown", readable: true, behave: json("200 OK", { value: false }) },
  { nr: 24, name: "200 with an id and an error", vendor: "zapi", expected: "unknown", onlyWrites: true, behave: spliced('"error":"Something went wrong"') },
  { nr: 27, name: "bytes that are not UTF-8", expected: "unknown", readable: true, behave: (subject) => reply(answer("200 OK", Buffer.concat([Buffer.from('{"x":"'), Buffer.from([0xff, 0xfe, 0xc3]), Buffer.from(`",${good(subject).slice(1)}`)]))) },
  { nr: 28, name: "10,000 levels deep", expected: "unknown", readable: true, behave: (subject) => reply(answer("200 OK", `{"x":${"[".repeat(10_000)}${"]".repeat(10_000)},${good(subject).slice(1)}`)) },
  { nr: 29, name: "2xx without an id", expected: "unknown", readable: true, core: true, behave: json("200 OK", { ok: true }) },
  { nr: 29, name: "2xx with an id that is a number", expected: "unknown", readable: true, behave: json("200 OK", { messageId: 12345678901, id: 12345678901 }) },
  { nr: 29, name: "2xx with an empty id", expected: "unknown", readable: true, behave: json("200 OK", { messageId: "", id: "" }) },
  { nr: 30, name: "a good answer with __proto__ beside it", expected: "accepted", behave: spliced('"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}') },
  { nr: 30, name: "an id only behind __proto__", expected: "unknown", readable: true, behave: (subject) => reply(answer("200 OK", `{"__proto__":${good(subject)}}`)) },
  { nr: 30, name: "a key twice, the last one good", expected: "accepted", behave: spliced('"messageId":"","id":"","exists":false') },

  { nr: 31, name: "400 Invalid phone", vendor: "zapi", expected: "not-sent", codes: ["REFUSED"], behave: json("400 Bad Request", { error: "Invalid phone" }) },
  { nr: 31, name: "400 must subscribe", vendor: "zapi", expected: "not-sent", codes: ["ACCOUNT_NOT_READY"], behave: json("400 Bad Request", { error: "To continue sending a message, you must subscribe to this instance again" }) },
  { nr: 31, name: "400 smartphone is not responding", vendor: "zapi", expected: "unknown", codes: ["UNAVAILABLE"], behave: json("400 Bad Request", { error: "Your smartphone is not responding" }) },
  { nr: 31, name: "400 malformed JSON", vendor: "waha", expected: "not-sent", codes: ["REFUSED"], behave: json("400 Bad Request", nest(400, "Expected property name or '}' in JSON at position 1", "Bad Request")) },
  { nr: 31, name: "400 unknown words", vendor: "zapi", expected: "unknown", behave: json("400 Bad Request", { error: "Something went wrong" }) },
  { nr: 31, name: "400, a proxy's page", expected: "unknown", behave: html("400 Bad Request") },
  { nr: 32, name: "401 of the guard", vendor: "waha", expected: "not-sent", codes: ["UNAUTHENTICATED"], core: true, behave: json("401 Unauthorized", nest(401, "Unauthorized")) },
  ...undocumented(32, "401 Unauthorized", ["UNAUTHENTICATED"]),
  { nr: 33, name: "403 Client-Token", vendor: "zapi", expected: "not-sent", codes: ["UNAUTHENTICATED"], core: true, behave: () => async (socket, next) => {
    for (;;) {
      const token = (await next()).headers.find(([name]) => name === "client-token")?.[1];
      socket.write(answer("403 Forbidden", JSON.stringify({ error: `Client-Token ${token} not allowed` }))); // it repeats the credential
    }
  } },
  { nr: 33, name: "403 address not on the list", vendor: "zapi", expected: "not-sent", codes: ["PERMISSION_DENIED"], behave: json("403 Forbidden", { error: "203.0.113.9 not allowed" }) },
  { nr: 33, name: "403 of the guard", vendor: "waha", expected: "not-sent", codes: ["PERMISSION_DENIED"], behave: json("403 Forbidden", nest(403, "Forbidden")) },
  ...undocumented(33, "403 Forbidden", ["PERMISSION_DENIED"]),
  { nr: 34, name: "404 no such path", vendor: "zapi", expected: "not-sent", codes: ["NOT_FOUND"], behave: json("404 Not Found", { error: "NOT_FOUND", message: "Unable to find matching target resource method" }) },
  { nr: 34, name: "404 NOT_FOUND alone", vendor: "zapi", expected: "unknown", codes: ["NOT_FOUND"], behave: json("404 Not Found", { error: "NOT_FOUND" }) },
  { nr: 34, name: "404 no such route", vendor: "waha", expected: "not-sent", codes: ["NOT_FOUND"], behave: json("404 Not Found", nest(404, "Cannot POST /api/salon/events", "Not Found")) },
  { nr: 34, name: "404 no such session", vendor: "waha", expected: "not-sent", codes: ["NOT_FOUND"], behave: json("404 Not Found", nest(404, "Session not found", "Not Found")) },
  ...undocumented(34, "404 Not Found", ["NOT_FOUND"]),
  { nr: 35, name: "405", expected: { zapi: "not-sent", waha: "unknown" }, behave: html("405 Method Not Allowed") },
  { nr: 35, name: "415", expected: { zapi: "not-sent", waha: "unknown" }, behave: html("415 Unsupported Media Type") },
  ...undocumented(36, "408 Request Timeout", ["TIMEOUT"]),
  ...undocumented(37, "409 Conflict", ["REFUSED", "UNKNOWN"]),
  ...undocumented(38, "413 Payload Too Large", ["REFUSED", "UNKNOWN"]),
  { nr: 38, name: "500 entity.too.large", vendor: "waha", expected: "not-sent", codes: ["REFUSED"], behave: json("500 Internal Server Error", exception("request entity too large", { type: "entity.too.large" })) },
  ...["STARTING", "STOPPED", "SCAN_QR_CODE", "FAILED"].map((word): Fault => ({ nr: 39, name: `422 session ${word}`, vendor: "waha", expected: "not-sent", codes: ["ACCOUNT_NOT_READY"], ...(word === "STARTING" && { core: true as const }), behave: json("422 Unprocessable Entity", state(word)) })),
  ...undocumented(39, "422 Unprocessable Entity", ["REFUSED"]),
  { nr: 40, name: "422 only in the Plus version", vendor: "waha", expected: "not-sent", codes: ["PERMISSION_DENIED"], behave: json("422 Unprocessable Entity", nest(422, `The feature is available only in Plus version for 'GOWS' engine. ${PLUS}`, "Unprocessable Entity")) },
  { nr: 40, name: "501 not implemented by the engine", vendor: "waha", expected: "not-sent", codes: ["REFUSED"], behave: json("501 Not Implemented", nest(501, "The method is not implemented by 'WEBJS' engine. Check the docs", "Not Implemented")) },
  { nr: 40, name: "422 in words of a later version", vendor: "waha", expected: "unknown", behave: json("422 Unprocessable Entity", nest(422, "Somebody thought again", "Unprocessable Entity")) },
  ...undocumented(41, "429 Too Many Requests", ["RATE_LIMITED"], soon),
  ...undocumented(42, "429 Too Many Requests", ["RATE_LIMITED"], { "retry-after": "Fri, 31 Dec 2100 23:59:59 GMT" }),
  ...undocumented(43, "429 Too Many Requests", ["RATE_LIMITED"]),
  { nr: 44, name: "500 that repeats the request", expected: "unknown", core: true, behave: json("500 Internal Server Error", exception("Connection closed")) },
  { nr: 44, name: "500 WhatsApp error 463", vendor: "waha", expected: "not-sent", codes: ["REFUSED"], behave: json("500 Internal Server Error", exception("2 UNKNOWN: server returned error 463", { code: 2 })) },
  { nr: 44, name: "500 WhatsApp error 479", vendor: "waha", expected: "unknown", behave: json("500 Internal Server Error", exception("2 UNKNOWN: server returned error 479", { code: 2 })) },
  { nr: 44, name: "500 the engine's deadline", vendor: "waha", expected: "unknown", codes: ["TIMEOUT"], behave: json("500 Internal Server Error", exception("4 DEADLINE_EXCEEDED: Deadline exceeded", { code: 4 })) },
  { nr: 44, name: "500 a fault of the server's own", vendor: "waha", expected: "unknown", behave: json("500 Internal Server Error", exception("Cannot read properties of undefined (reading 'includes')", { name: "TypeError" })) },
  ...undocumented(44, "500 Internal Server Error", ["UNKNOWN", "UNAVAILABLE"]),
  ...undocumented(45, "502 Bad Gateway", ["UNAVAILABLE"]),
  ...undocumented(46, "503 Service Unavailable", ["UNAVAILABLE"], soon),
  ...undocumented(47, "504 Gateway Timeout", ["TIMEOUT", "UNAVAILABLE"]),
];
