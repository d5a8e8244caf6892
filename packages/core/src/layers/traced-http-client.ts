import type { HttpClient } from "../driver/http.js";
import { isMessagingError } from "../error/messaging-error.js";
import { inSpan, quietly, type TracerPort } from "./telemetry.js";

/** An HTTP client with a client span for each exchange: method, URL template, status. What fills the template is not told. */
export function tracedHttpClient(http: HttpClient, tracer: TracerPort): HttpClient {
  return {
    request: (request) => inSpan(tracer, `${request.method} ${request.template}`, { "http.request.method": request.method, "url.template": request.template }, async (span) => {
      try {
        const response = await http.request(request);
        quietly(() => span?.setAttributes({ "http.response.status_code": response.status }));
        if (response.status >= 400) quietly(() => span?.setStatus({ code: 2 }));
        return response;
      } catch (error) {
        quietly(() => span?.setAttributes({ "error.type": isMessagingError(error) ? error.code : "UNKNOWN" }));
        quietly(() => span?.setStatus({ code: 2 }));
        throw error;
      }
    }),
    close: () => http.close(),
  };
}
