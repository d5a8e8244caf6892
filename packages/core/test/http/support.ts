import { inspect } from "node:util";
import axios from "axios";
import { axiosHttpClient, undiciHttpClient, type WireOptions } from "../../src/http/index.js";
import type { HttpClient, HttpRequest } from "../../src/driver/http.js";
import { isMessagingError, type MessagingError } from "../../src/error/index.js";
import { secret } from "../../src/model/secret.js";

/** Every client that must give the same facts. */
export const CLIENTS: readonly (readonly [string, (options?: WireOptions) => HttpClient])[] = [
  ["undiciHttpClient", (options) => undiciHttpClient(options)],
  ["axiosHttpClient", (options) => axiosHttpClient(undefined, options)],
  ["axiosHttpClient with an instance", (options) => {
    const instance = axios.create({ headers: { "x-app": "yes" }, validateStatus: () => false, transformResponse: () => "spoiled", timeout: 1, maxContentLength: 1 });
    instance.interceptors.request.use((config) => config);
    instance.interceptors.response.use((response) => response.data, (error) => { throw error; });
    return axiosHttpClient(instance, options);
  }],
];

/** Found in any output of ours, it is a leak. Each sits where a real credential, URL or body of a guest would. */
export const CANARIES = { path: "canary-path-7f3a91", query: "canary-query-51c2de", header: "canary-header-9b04aa", body: "canary-body-e2d817", answer: "canary-answer-c60f4b" };

export function post(baseUrl: string, change: Partial<HttpRequest> = {}): HttpRequest {
  return {
    method: "POST", baseUrl, template: "/instances/{id}/token/{token}/send-event",
    params: { id: "I1", token: secret(CANARIES.path) }, query: { k: secret(CANARIES.query) }, headers: { "Client-Token": secret(CANARIES.header) },
    json: { name: CANARIES.body }, signal: new AbortController().signal, limits: { deadlineMs: 5_000 }, ...change,
  };
}

/** The error of a call that must fail, after proving that it is ours and shows nothing that it must not. */
export async function failureOf(call: Promise<unknown>): Promise<MessagingError> {
  const error: unknown = await call.then(() => "resolved", (reason: unknown) => reason);
  if (!isMessagingError(error)) throw new Error(`Not a MessagingError: ${inspect(error)}`);
  assertSilent(error);
  return error;
}

/** Every way in which an error may end in a log. */
export function artefacts(error: MessagingError): string[] {
  return [
    error.message, String(error.stack), String(error), JSON.stringify(error),
    inspect(error), inspect(error, { depth: Infinity, showHidden: true, getters: true }), String(error.cause),
  ];
}

export function assertSilent(error: MessagingError): void {
  const text = artefacts(error).join("\n");
  for (const [where, canary] of Object.entries(CANARIES)) {
    if (text.includes(canary)) throw new Error(`The ${where} canary is in the error`);
  }
  if (/127\.0\.0\.1|axios(?:error)|undici error|UND_ERR|ECONN/i.test(error.message)) throw new Error(`A foreign word is in the message: ${error.message}`);
  if ("cause" in error) throw new Error("The error has a cause");
}
