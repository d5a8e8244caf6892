import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  accountId, fromEpochMs, isMessagingError, MessagingError,
  type Call, type Fact, type HttpClient, type HttpRequest, type HttpResponse, type MessagingErrorInit, type ProviderRuntime, type WebhookRequest,
} from "@event-messaging/core/driver";
import { waha } from "../src/index.js";

/** The payload of one fixture; a fresh copy each time. Its shape is the caller's claim. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
export function fixture<T = unknown>(name: string): T {
  const file: { readonly payload: T } = JSON.parse(readFileSync(join(__dirname, "..", "fixtures", `${name}.json`), "utf8"));
  return file.payload;
}

type Members = { [name: string]: unknown };

/** A fixture with members replaced by path (`"payload.from"`); `undefined` takes one away. */
export function variant(name: string, changes: Readonly<Record<string, unknown>>): unknown {
  const value = fixture<Members>(name);
  for (const [path, next] of Object.entries(changes)) {
    const names = path.split(".");
    const last = names.pop() ?? "";
    const holder = names.reduce((inner, part) => inner[part] as Members, value);
    if (next === undefined) delete holder[last];
    else holder[last] = next;
  }
  return value;
}

export type Answer = Partial<Omit<HttpResponse, "headers">> & { readonly headers?: Readonly<Record<string, string>> };

/** A client that records requests and answers by `METHOD template`; a function decides by the request. */
export function scriptedHttp(answers: Readonly<Record<string, Answer | MessagingErrorInit | ((request: HttpRequest) => Answer)>>) {
  const requests: HttpRequest[] = [];
  const http: HttpClient = {
    async request(request) {
      requests.push(request);
      const found = answers[`${request.method} ${request.template}`];
      const answer = typeof found === "function" ? found(request) : found ?? { status: 404, json: { message: `Cannot ${request.method} /`, error: "Not Found", statusCode: 404 } };
      if ("code" in answer) throw new MessagingError("the request failed", answer);
      return { status: answer.status ?? 200, json: answer.json, headers: new Map(Object.entries(answer.headers ?? {})) };
    },
    close: async () => {},
  };
  return { http, requests };
}

export const call: Call = { signal: new AbortController().signal, callId: "call-1", attempt: 1 };
export const NOW = fromEpochMs(1_798_711_600_000);

export function openWaha(http: HttpClient, config: object = {}) {
  const runtime: ProviderRuntime = { account: accountId("salon"), http, now: () => NOW, learned: {} };
  return waha.open({ baseUrl: "http://waha.test:3000", session: "salon-042", apiKey: "demo-key-0001", ...config }, runtime);
}

export function delivery(body: string | Uint8Array, headers: Readonly<Record<string, string>> = {}, tail: readonly string[] = []): WebhookRequest {
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  return { method: "POST", tail, headers: new Map(Object.entries(headers)), body: bytes, receivedAt: NOW };
}

/** What the codec of a session with this configuration reads in a delivery. */
export function parse(json: unknown, config: object = {}) {
  return openWaha(scriptedHttp({}).http, config).webhook.parse(json, delivery(""));
}

/** The one fact in a delivery; fails the test when there is not exactly one. */
export function factIn(json: unknown, config: object = {}): Fact {
  const parsed = parse(json, config);
  const [fact, ...more] = parsed.kind === "facts" ? parsed.facts : [];
  if (fact === undefined || more.length > 0) throw new Error(`expected one fact, got ${JSON.stringify(parsed)}`);
  return fact;
}

/** The error that a call rejects with. */
export async function rejection(promise: Promise<unknown> | undefined): Promise<MessagingError> {
  try {
    await promise;
  } catch (error) {
    if (isMessagingError(error)) return error;
    throw error;
  }
  throw new Error("expected a MessagingError");
}
