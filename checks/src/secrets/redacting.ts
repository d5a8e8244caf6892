import { redactUrl } from "@event-messaging/core";
import type { HttpInstrumentationConfig } from "@opentelemetry/instrumentation-http";
import type { UndiciInstrumentationConfig } from "@opentelemetry/instrumentation-undici";
import type { Options } from "pino-http";

const pathOf = (url: string) => redactUrl(url).split("?")[0] ?? "";

/** `new UndiciInstrumentation(forUndici)`: every request of the library goes through undici, over axios too. */
export const forUndici: UndiciInstrumentationConfig = {
  startSpanHook: ({ origin, path }) => ({ "url.full": redactUrl(`${origin}${path}`), "url.path": pathOf(path) }),
};
/** `new HttpInstrumentation(forHttp)`: the server that takes the deliveries. */
export const forHttp: HttpInstrumentationConfig = {
  startIncomingSpanHook: (request) => ({ "url.path": pathOf(request.url ?? "") }),
};
/** `pinoHttp(forPinoHttp)`: no headers, because Z-API sends the instance's token in one. */
export const forPinoHttp: Options = {
  serializers: { req: ({ id, method, url }: { readonly id: unknown; readonly method: string; readonly url: string }) => ({ id, method, url: redactUrl(url) }) },
};
