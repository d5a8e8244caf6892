import axios from "axios";
import { MessagingError, reveal, type HttpClient, type HttpRequest } from "@event-messaging/core/driver";
import type { Tamper } from "../faults/run-fault.js";
import { CREDENTIALS } from "../faults/subjects.js";

const plain = (request: HttpRequest) => request.template.replaceAll(/\{(\w+)\}/g, (_, name: string) => reveal(request.params?.[name] ?? ""));
const headersOf = (request: HttpRequest) => Object.fromEntries(Object.entries(request.headers ?? {}).map(([name, value]) => [name, reveal(value)]));
const credentialOf = (request: HttpRequest) => reveal(request.headers?.["client-token"] ?? request.headers?.["X-Api-Key"] ?? "");

/** Stock axios, with whatever it throws. */
const rawAxios: Tamper = { http: (inner) => ({
  request: async (request) => {
    const response = await axios.request({ method: request.method, url: request.baseUrl + plain(request), headers: headersOf(request), data: request.json, timeout: 300 });
    return { status: response.status, headers: new Map(), json: response.data };
  },
  close: () => inner.close(),
}) };

/** A client that adds something to each error of ours, knowing the request. */
const adding = (change: (error: MessagingError, request: HttpRequest) => unknown): Tamper => ({ http: (inner): HttpClient => ({
  request: async (request) => inner.request(request).catch((error: unknown) => { throw error instanceof MessagingError ? change(error, request) : error; }),
  close: () => inner.close(),
}) });
const again = (error: MessagingError, more: { readonly message?: string; readonly vendorCode?: string }) =>
  new MessagingError(more.message ?? error.message, { code: error.code, outcome: error.outcome, persistence: error.persistence, context: { ...error.context, ...(more.vendorCode !== undefined && { vendorCode: more.vendorCode }) } });

/** Deliberate leaks; each is run under a reset, and has to be found. */
export const PLANTED: readonly (readonly [name: string, tamper: Tamper])[] = [
  ["a raw axios error", rawAxios],
  ["a credential as the vendor's code", adding((error, request) => again(error, { vendorCode: credentialOf(request) }))],
  ["the URL in the message", adding((error, request) => again(error, { message: `${error.message} (${request.baseUrl}${plain(request)}?x-api-key=${encodeURIComponent(credentialOf(request))})` }))],
  ["the cause kept", adding((error, request) => Object.assign(error, { cause: new Error(`Authorization: Basic ${Buffer.from(`x:${credentialOf(request)}`).toString("base64")}`) }))],
  ["a hidden property", adding((error, request) => Object.defineProperty(error, Symbol("request"), { value: { sent: headersOf(request) }, enumerable: false }))],
  ["twelve characters in hex", adding((error, request) => Object.assign(error, { trace: Buffer.from(credentialOf(request)).toString("hex").slice(8, 20) }))],
  ["errors within an AggregateError", adding((_, request) => new AggregateError([new Error(credentialOf(request))], "all attempts failed"))],
  ["a thrown text", adding((_, request) => `failed: ${encodeURIComponent(credentialOf(request))}`)],
  ["a printed Secret", { error: (error) => Object.assign(error instanceof Error ? error : new Error(), { config: { apiKey: { reveal: () => CREDENTIALS.wahaApiKey, toString: () => CREDENTIALS.wahaApiKey }, shown: `${CREDENTIALS.wahaApiKey.slice(0, 14)}…` } }) }],
];
