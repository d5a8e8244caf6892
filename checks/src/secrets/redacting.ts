import type { HttpInstrumentationConfig } from "@opentelemetry/instrumentation-http";
import type { UndiciInstrumentationConfig } from "@opentelemetry/instrumentation-undici";
import type { Options } from "pino-http";

/** A path without its secrets: Z-API's token in a request to the vendor; what stands behind the account in a delivery. */
const withoutSecrets = (path: string) => path.replace(/(\/token\/)[^/?#]*/g, "$1[redacted]").replace(/^(\/webhooks\/[^/?#]*\/)[^?#]*/, "$1[redacted]");
const pathOf = (url: string) => withoutSecrets(url).split("?")[0] ?? "";

/** `new UndiciInstrumentation(forUndici)`: every request of the library goes through undici, over axios too. */
export const forUndici: UndiciInstrumentationConfig = {
  startSpanHook: ({ origin, path }) => ({ "url.full": `${origin}${withoutSecrets(path)}`, "url.path": pathOf(path) }),
};
/** `new HttpInstrumentation(forHttp)`: the server that takes the deliveries. */
export const forHttp: HttpInstrumentationConfig = {
  startIncomingSpanHook: (request) => ({ "url.path": pathOf(request.url ?? "") }),
};
/** `pinoHttp(forPinoHttp)`: no headers, because Z-API sends the instance's token in one. */
export const forPinoHttp: Options = {
  serializers: { req: ({ id, method, url }: { readonly id: unknown; readonly method: string; readonly url: string }) => ({ id, method, url: withoutSecrets(url) }) },
};
