import axios from "axios";
import type { HttpClient, HttpResponse } from "../driver/http.js";
import { configInvalid } from "../error/index.js";
import { axiosAdapter, bareAdapter } from "./axios-adapter.js";
import { refusedDefaults } from "./axios-settings.js";
import type { WireOptions } from "./options.js";
import { prepare } from "./prepare.js";
import { toError } from "./to-error.js";
import { openWire } from "./wire.js";

/** An axios instance, by shape: of whatever version of axios the application has. */
export interface AxiosLike {
  request(config: object): Promise<unknown>;
  readonly defaults: object;
  readonly interceptors: object;
}

/**
 * The default HTTP client: axios, over an adapter of ours that knows whether a request was written, follows no redirect, and
 * bounds time and size.
 *
 * Without an instance it uses one of its own, which takes nothing from axios's global defaults and which nobody else can reach,
 * so requests are written as they were prepared.
 * With an instance of yours its default headers and its interceptors apply to every request; headers that a provider sets
 * win over defaults. What the instance says about time, size, status, decoding and base URL is not used: deadlines and limits
 * are those of the request, every status is an answer, and bodies are JSON. Network settings that only axios's own adapter
 * understands (`proxy`, `httpAgent`, `httpsAgent`, `socketPath`, `adapter`, `maxRedirects` …) are refused with
 * `CONFIG_INVALID`: a proxy or client certificates go into the `dispatcher` option. An interceptor must not send the request
 * again (axios-retry does); that is prevented and reported. An error thrown by an interceptor before the request was written
 * is `not-sent`, one thrown afterwards `unknown`. Interceptors see full URLs and headers, which hold credentials, and guests'
 * data: what they log is theirs.
 *
 * May be called at any time; opens no socket before the first request. Throws `CONFIG_INVALID` for an instance or options
 * that cannot be honoured. `close()` ends running requests and leaves the instance as it was.
 *
 * @example
 * const http = axiosHttpClient(axios.create({ headers: { "x-request-source": "bookings" } }));
 */
export function axiosHttpClient(instance?: AxiosLike, options: WireOptions = {}): HttpClient {
  const own = instance ?? new axios.Axios({});
  if (instance !== undefined) assertUsable(instance);
  const wire = openWire(options);

  const request: HttpClient["request"] = async (input) => {
    const prepared = prepare(input);
    const { method, template, target, headers, body } = prepared;
    if (wire.closed) throw toError({ failure: "closed", phase: "before-write", method, template });

    const result = await new Promise<HttpResponse | Error>((resolve) => {
      const finish = () => resolve(exchange.finish());
      const exchange = wire.open(prepared, finish);
      const url = target.origin + target.path;
      const adapter = instance === undefined ? bareAdapter(exchange) : axiosAdapter(exchange, url);
      exchange.watch(input.signal);
      if (exchange.failed) return;
      run(own, {
        url, method, adapter,
        ...(instance !== undefined && {
          ...NEUTRAL, data: body, headers: Object.fromEntries(headers),
          transformRequest: [assertAdapter(adapter, () => exchange.fail("setting", ["adapter"]))],
        }),
      }).then(() => {
        if (!exchange.used) exchange.fail("bypassed");
        finish();
      }, (error: unknown) => {
        exchange.fail(!exchange.used && wentAnotherWay(error, url, body) ? "bypassed" : "interceptor");
        finish();
      });
    });
    if (result instanceof Error) throw result;
    return result;
  };
  return { request, close: wire.close };
}

/** Overrules what an instance would do to answers: every status is one, and the exchange keeps time and reads the body. */
const NEUTRAL = { transformResponse: [], validateStatus: null, timeout: 0 };

/** An instance that throws instead of rejecting rejects here. */
async function run(instance: AxiosLike, config: object): Promise<unknown> {
  return instance.request(config);
}

/**
 * Was our request itself sent by another adapter, although ours was never called? So it is when an interceptor put a fresh
 * configuration in place of ours. An error of a request of the interceptor's own (a token, say) is not that.
 */
function wentAnotherWay(error: unknown, url: string, body: string | undefined): boolean {
  if (typeof error !== "object" || error === null || !("config" in error)) return false;
  const { config } = error;
  if (typeof config !== "object" || config === null) return false;
  return ("url" in config && config.url === url) || (body !== undefined && "data" in config && config.data === body);
}

/** Runs after all request interceptors, before axios picks the adapter: the last moment to notice that one replaced it. */
function assertAdapter(adapter: unknown, refuse: () => void) {
  return function (this: { adapter?: unknown } | undefined, data: unknown): unknown {
    if (this?.adapter === adapter) return data;
    refuse();
    throw new Error("The adapter of the request was replaced");
  };
}

function assertUsable(instance: AxiosLike): void {
  const shape = typeof instance.request === "function" && typeof instance.defaults === "object" && typeof instance.interceptors === "object";
  if (!shape) throw configInvalid("The HTTP client cannot use this instance", [{ path: "instance", message: "must be an axios instance" }]);
  const issues = refusedDefaults(instance.defaults).map((name) => ({
    path: `instance.defaults.${name}`,
    message: "is not understood here; a proxy, client certificates or another resolver go into the dispatcher option, the rest must go",
  }));
  if (issues.length > 0) throw configInvalid("The HTTP client cannot use this axios instance", issues);
}
