import type { Call, HttpRequest, HttpResponse, OperationName, ProviderRuntime, RefusalRule } from "@event-messaging/core/driver";
import type { OpenConfig } from "./config.js";
import { failureOf } from "./failure.js";

/** One authenticated request to the account's server. */
export type Ask = (call: Call, request: Pick<HttpRequest, "method" | "template" | "params" | "query" | "json">) => Promise<HttpResponse>;

/** What an open session works with: core's runtime, and what its operator knows of the server's refusals. */
export interface SessionRuntime extends ProviderRuntime {
  readonly refusals?: readonly RefusalRule[] | undefined;
}

/**
 * WAHA waits up to 15 seconds for a session before it says that it is not ready: a shorter deadline hides that answer and
 * makes its outcome unknown. Source: WAHA 2025.11.3 recordings.
 */
const DEADLINE_MS = 30_000;

/** Binds requests to the server, its key and the shared client. The key travels as a header, never in a URL. */
export function askOf(config: OpenConfig, runtime: ProviderRuntime): Ask {
  const server = {
    baseUrl: config.baseUrl, headers: config.apiKey === undefined ? {} : { "X-Api-Key": config.apiKey },
    ...(config.untrustedBaseUrl === true && { untrustedBaseUrl: true }),
  };
  return (call, request) => runtime.http.request({ ...server, ...request, signal: call.signal, limits: request.method === "GET" ? READING : WRITING });
}

/** Chat history carries raw messages, thumbnails included; other answers are small. */
const READING = { deadlineMs: DEADLINE_MS, maxResponseBytes: 8 * 2 ** 20 };
const WRITING = { deadlineMs: DEADLINE_MS, maxResponseBytes: 2 ** 20 };

/** What an operation makes of its answer: the value read from a 2xx, else the error. `reads`: it changes nothing. */
export function settled<T>(
  response: HttpResponse, operation: OperationName | "probe", template: string, { account, refusals }: Pick<SessionRuntime, "account" | "refusals">,
  read: (json: unknown) => T | undefined, reads = false,
): T {
  const value = response.status >= 200 && response.status < 300 ? read(response.json) : undefined;
  if (value === undefined) throw failureOf(response, { account, operation, template, reads, refusals });
  return value;
}
