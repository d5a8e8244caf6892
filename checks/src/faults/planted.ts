import { MessagingError, isMessagingError, type HttpClient, type HttpResponse, type Outcome } from "@event-messaging/core/driver";
import type { Tamper } from "./run-fault.js";

const around = (change: (request: HttpClient["request"]) => HttpClient["request"]): Tamper => ({
  http: (inner) => ({ request: change((request) => inner.request(request)), close: () => inner.close() }),
});
const misread = (matches: (error: MessagingError) => boolean, outcome: Outcome): Tamper => ({
  error: (error) => (isMessagingError(error) && matches(error) ? new MessagingError(error.message, { code: error.code, outcome, persistence: error.persistence, context: error.context }) : error),
});
const answered = (change: (response: HttpResponse) => HttpResponse): Tamper => around((request) => async (input) => change(await request(input)));

/** Deliberate defects, each with the faults (by number) under which it has to show. */
export const PLANTED: readonly { readonly name: string; readonly faults: readonly number[]; readonly tamper: Tamper }[] = [
  { name: "a client that calls a reset after writing not-sent", faults: [8], tamper: misread(({ code, context }) => code === "UNAVAILABLE" && context.phase === "written", "not-sent") },
  { name: "a client that calls a refused connection unknown", faults: [3], tamper: misread(({ context }) => context.phase === "before-write", "unknown") },
  { name: "a client that follows redirects", faults: [16, 17], tamper: around((request) => async (input) => {
    const response = await request(input);
    const to = response.headers.get("location");
    return response.status >= 300 && response.status < 400 && to?.startsWith("http") === true ? request({ ...input, baseUrl: new URL(to).origin }) : response;
  }) },
  { name: "a client that retries after any failure", faults: [8, 10], tamper: around((request) => async (input) => request(input).catch(async () => request(input))) },
  { name: "a client that retries a 5xx", faults: [44, 46], tamper: around((request) => async (input) => {
    const response = await request(input);
    return response.status >= 500 ? request(input) : response;
  }) },
  { name: "a client without a bound on answers", faults: [26], tamper: around((request) => (input) => request({ ...input, limits: { ...input.limits, maxResponseBytes: 2 ** 30 } })) },
  { name: "a client that does not heed the caller's signal", faults: [12], tamper: around((request) => (input) => request({ ...input, signal: new AbortController().signal })) },
  { name: "a client without a deadline", faults: [10], tamper: { endless: true } },
  { name: "a client that leaves its sockets open", faults: [0, 10], tamper: { http: (inner) => ({ request: (input) => inner.request(input), close: async () => {} }) } },
  { name: "a client that makes an answer up when it is not JSON", faults: [21, 22, 23], tamper: answered((response) => (response.json === undefined ? { ...response, json: { messageId: "3EB0AAAAAAAAAAAA", id: "true_5511987650001@c.us_3EB0AAAAAAAAAAAA" } } : response)) },
  { name: "a failure.ts that calls every 5xx not-sent", faults: [44, 45, 46, 47], tamper: misread(({ context }) => (context.status ?? 0) >= 500, "not-sent") },
  { name: "a failure.ts that calls every 4xx not-sent", faults: [31, 32, 33, 34], tamper: misread(({ context }) => Math.floor((context.status ?? 0) / 100) === 4, "not-sent") },
  { name: "a failure.ts that calls every refusal unknown", faults: [32, 33, 39], tamper: misread(({ context }) => (context.status ?? 0) >= 400, "unknown") },
  { name: "a failure.ts that calls a 429 not-sent", faults: [41, 42, 43], tamper: misread(({ code }) => code === "RATE_LIMITED", "not-sent") },
  { name: "an adapter that calls success without an id not-sent", faults: [29], tamper: misread(({ code, context }) => code === "PROTOCOL" && context.status !== undefined && context.status < 300, "not-sent") },
  { name: "an adapter that lets a foreign error out", faults: [8], tamper: { error: (error) => new Error(String(error)) } },
];

/** A client that remembers every request that it was given. */
const rememberingAll = (): Tamper => {
  const requests: unknown[] = [];
  return around((request) => (input) => {
    requests.push(structuredClone(input.json));
    return request(input);
  });
};

/** Their outcomes are right, their memory is not: each is measured alone, in so many calls under a fault (by name). */
export const PLANTED_IN_MEMORY: readonly { readonly name: string; readonly fault: string; readonly calls: number; readonly tamper: Tamper }[] = [
  { name: "a client that takes in the whole of a bomb", fault: "200 MiB announced", calls: 1, tamper: around((request) => (input) => request({ ...input, limits: { ...input.limits, maxResponseBytes: 2 ** 30 } })) },
  { name: "a client that remembers its requests", fault: "RST in the middle of the upload", calls: 3, tamper: rememberingAll() },
];
