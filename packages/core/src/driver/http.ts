import type { Secret } from "../model/secret.js";

/** Bounds of one exchange. */
export interface HttpLimits {
  /** Over the whole exchange, from the call to the last byte of the body. Default 30 000. */
  readonly deadlineMs: number;
  /** Of the body after decompression. Default 1 MiB. */
  readonly maxResponseBytes: number;
}

/** One request. Where a value may be a credential it may be a {@link Secret}. */
export interface HttpRequest {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** http or https, without user info; may have a path. */
  readonly baseUrl: string;
  /**
   * Somebody other than the operator chose `baseUrl`: no connection may be made to an address that is not public, whatever
   * its name resolves to at that moment. `CONFIG_INVALID`, `not-sent`. A client of your own has to honour it.
   */
  readonly untrustedBaseUrl?: boolean;
  /** `/api/{session}/events`: all that errors and telemetry ever see of a URL. */
  readonly template: string;
  /** Fills the template. Each must stay one path segment: `""`, `.`, `..`, and control characters are refused, the rest is encoded. */
  readonly params?: Readonly<Record<string, string | Secret>>;
  readonly query?: Readonly<Record<string, string | Secret>>;
  readonly headers?: Readonly<Record<string, string | Secret>>;
  /** Sent as JSON with its content type. */
  readonly json?: unknown;
  /** The request changes nothing at the vendor, so whatever becomes of it, nothing was sent. Default: true for GET. */
  readonly reads?: boolean;
  readonly signal: AbortSignal;
  readonly limits?: Partial<HttpLimits>;
}

export interface HttpResponse {
  /** Any status, 3xx too: nothing is followed. */
  readonly status: number;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  /** `undefined` when the body is not JSON. No prototypes set from the wire, bounded depth. */
  readonly json: unknown;
}

/**
 * One exchange, at most one request on the wire; never a retry, never a redirect. May be called concurrently. Rejects only
 * with a `MessagingError` whose `context.phase` and `outcome` come from what was written: `not-sent` when no byte of the
 * request's head left and for every GET, which only reads; `unknown` otherwise. A status of any kind resolves: judging answers is the adapter's task.
 */
export interface HttpClient {
  request(request: HttpRequest): Promise<HttpResponse>;
  /** Idempotent, never rejects. Running requests are ended. */
  close(): Promise<void>;
}
