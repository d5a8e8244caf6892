import { reveal } from "@event-messaging/core/driver";
import { brokenHttp } from "./over-http.js";

/** Hands the key over as plain text, to be printed by whoever looks at the request. */
export const unwrapsTheKey = brokenHttp("unwraps the key", "secrets: what is handed to the HTTP client shows no credential: they travel wrapped", (http) => ({
  request: (request) => http.request({ ...request, headers: Object.fromEntries(Object.entries(request.headers ?? {}).map(([name, value]) => [name, reveal(value)])) }),
}));
