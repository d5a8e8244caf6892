import type { HttpClient, HttpResponse } from "../driver/http.js";
import type { WireOptions } from "./options.js";
import { prepare } from "./prepare.js";
import { toError } from "./to-error.js";
import { openWire } from "./wire.js";

/**
 * An HTTP client without axios, on the same wire as `axiosHttpClient` and with the same facts in answers and errors; cheaper
 * for the processor, by about a quarter than `axiosHttpClient()` alone and by half than one over an instance of yours. No
 * environment variable is read.
 *
 * May be called at any time; opens no socket before the first request. Throws `CONFIG_INVALID` for unusable options.
 *
 * @example
 * const http = undiciHttpClient({ connections: 16 });
 */
export function undiciHttpClient(options: WireOptions = {}): HttpClient {
  const wire = openWire(options);
  const request: HttpClient["request"] = async (input) => {
    const prepared = prepare(input);
    if (wire.closed) throw toError({ failure: "closed", phase: "before-write", method: prepared.method, template: prepared.template });
    const result = await new Promise<HttpResponse | Error>((resolve) => {
      const finish = () => resolve(exchange.finish());
      const exchange = wire.open(prepared, finish);
      exchange.watch(input.signal);
      if (exchange.failed) return;
      exchange.send(prepared, finish);
    });
    if (result instanceof Error) throw result;
    return result;
  };
  return { request, close: wire.close };
}
