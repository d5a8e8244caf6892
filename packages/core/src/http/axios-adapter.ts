import type { Issue } from "../model/json.js";
import { refusedSettings } from "./axios-settings.js";
import type { Exchange } from "./exchange.js";
import { ACCEPT_ENCODING, readHeaders } from "./headers.js";
import { readJson } from "./read-json.js";

/** What axios gives an adapter, as far as it is read here. */
export interface AdapterConfig {
  readonly url?: unknown;
  readonly method?: unknown;
  readonly data?: unknown;
  readonly headers?: unknown;
  readonly adapter?: unknown;
}

/** What axios wants back. Interceptors see copies: what they change does not reach the caller of the HTTP client. */
export interface AdapterResponse {
  readonly data: unknown;
  readonly status: number;
  readonly statusText: string;
  readonly headers: object;
  readonly config: AdapterConfig;
}

export type AxiosAdapter = (config: AdapterConfig) => Promise<AdapterResponse>;

/**
 * An axios adapter for one exchange. It writes the request that was prepared, with the headers and the body that the instance
 * and its interceptors ended up with, and refuses a configuration that means anything else.
 */
export function axiosAdapter(exchange: Exchange, url: string): AxiosAdapter {
  return (config) => new Promise((resolve, reject) => {
    const issues: Issue[] = [];
    const refused = exchange.used ? [] : refusedSettings(config);
    const headers = readHeaders(entriesOf(config.headers), issues, true);
    headers.set("accept-encoding", ACCEPT_ENCODING);
    const body = config.data === undefined || config.data === null || config.data === "" ? undefined : config.data;
    if (config.url !== url) refused.push("url");
    if (typeof config.method !== "string" || config.method.toUpperCase() !== exchange.prepared.method) refused.push("method");
    if (body !== undefined && typeof body !== "string") refused.push("data");
    refused.push(...issues.map(({ path }) => path));
    if (!exchange.used && refused.length > 0) {
      exchange.fail("setting", refused);
      return reject(exchange.error());
    }
    if (body === undefined) headers.delete("content-type"); // axios adds one for forms
    exchange.send({ headers, body: typeof body === "string" ? body : undefined }, () => {
      const { answer } = exchange;
      if (answer === undefined || exchange.failed) return reject(exchange.error());
      const { status, headers: received, body: bytes } = answer;
      resolve({ data: bytes === undefined ? undefined : readJson(bytes), headers: Object.fromEntries(received), status, statusText: "", config });
    });
  });
}

/** The adapter of an instance that is ours alone: nobody can have changed the request, and nobody looks at the answer. */
export function bareAdapter(exchange: Exchange): AxiosAdapter {
  return (config) => new Promise((resolve, reject) => {
    exchange.send(exchange.prepared, () => {
      const { answer } = exchange;
      if (answer === undefined || exchange.failed) return reject(exchange.error());
      resolve({ data: undefined, headers: {}, status: answer.status, statusText: "", config });
    });
  });
}

/** `AxiosHeaders` and plain objects alike hold headers as own properties. */
function entriesOf(headers: unknown): [string, unknown][] {
  return typeof headers === "object" && headers !== null ? Object.entries(headers) : [];
}
