import { reveal, type HttpClient, type HttpRequest, type Secret } from "@event-messaging/core/driver";
import { configInvalid, defineProvider } from "@event-messaging/core/driver";
import { waha } from "@event-messaging/waha";
import { zapi } from "@event-messaging/zapi";
import { request as send } from "node:http";
import { CLIENTS } from "../faults/run-fault.js";
import type { InjectionSubject } from "./injection.js";
import type { Around } from "./untrusted.js";

/** A client that puts texts together and trusts them, as a quick one does. */
function pastingClient(): HttpClient {
  const text = (value: string | Secret | undefined) => (value === undefined ? "" : reveal(value));
  return {
    request: (input: HttpRequest) => new Promise((resolve, reject) => {
      const path = input.template.replaceAll(/\{(\w+)\}/g, (_, name: string) => text(input.params?.[name]));
      const { hostname, port } = new URL(input.baseUrl);
      const request = send({ hostname, port, method: input.method, path: path.replaceAll(/[^\x21-\xff]/g, "_"), headers: Object.fromEntries(Object.entries(input.headers ?? {}).map(([name, value]) => [name, text(value)])) }, (response) => {
        response.resume().on("end", () => resolve({ status: response.statusCode ?? 0, headers: new Map(), json: { id: "true_x@g.us_3EB0C41F7A9D2E6B558011" } }));
      });
      request.on("error", reject).setTimeout(2_000, () => request.destroy()).end(JSON.stringify(input.json ?? {}));
    }),
    close: async () => {},
  };
}

/** WAHA's adapter with a configuration that is not looked at, writing the session into the template. */
const lax = defineProvider({
  name: "waha",
  capabilities: { "invitation.send": { support: "native", why: "planted", source: "planted" } },
  configSchema: { type: "object" },
  recipientFromVendor: () => undefined,
  open: (config: Readonly<Record<string, string>>, runtime) => ({
    webhook: waha.open({ baseUrl: "http://127.0.0.1:9", session: "x" }, runtime).webhook,
    probe: async () => ({ status: "ready" as const, reason: "", self: {}, capabilities: {} }),
    async send() {
      await runtime.http.request({ method: "POST", baseUrl: String(config["baseUrl"]), template: `/api/${String(config["session"])}/events`, headers: { "x-api-key": String(config["apiKey"]) }, json: {}, signal: AbortSignal.timeout(5_000) });
      throw configInvalid("planted", []);
    },
    close: async () => {},
  }),
});

/** Defects around paths and headers. */
export const PASTED: readonly (readonly [name: string, subject: InjectionSubject])[] = [
  ["a client that pastes parameters into the path", { definitions: { waha, zapi }, http: pastingClient }],
  ["an adapter that pastes its session into the template", { definitions: { waha: lax, zapi }, http: () => CLIENTS.undici() }],
];

const unmarked = (http: HttpClient): HttpClient => ({ request: ({ untrustedBaseUrl: _, ...request }) => http.request(request), close: () => http.close() });
const refuse = () => configInvalid("planted", []);

/** Defects around untrusted base URLs. */
export const TRUSTING: readonly (readonly [name: string, around: Around])[] = [
  ["a client that does not know the mark", unmarked],
  ["a list of forbidden texts", (http) => ({
    request: async (request) => {
      if (/^https?:\/\/(?:127\.|10\.|192\.168\.|169\.254\.|localhost|\[::1\])/i.test(request.baseUrl)) throw refuse();
      return unmarked(http).request(request);
    },
    close: () => http.close(),
  })],
  ["a check before the connection instead of at it", (http, lookup) => ({
    request: async (request) => {
      const address = await new Promise<string>((resolve) => lookup(new URL(request.baseUrl).hostname, { family: 4 }, (_, found) => resolve(typeof found === "string" ? found : "")));
      if (/^(?:127\.|169\.254\.|192\.168\.|0\.)|^::|^f/.test(address)) throw refuse();
      return unmarked(http).request(request);
    },
    close: () => http.close(),
  })],
];

/** Sources with a pattern that must not pass. */
export const SLOW_SOURCES: readonly (readonly [name: string, source: string])[] = [
  ["a pattern that takes exponential time", "export const id = /^((?:\\w+[.-]?)+)$/;"],
  ["a pattern that takes quadratic time", "export const end = (text: string) => text.replace(/[.!\\s]+$/, \"\");"],
  ["a pattern of a schema", "export const schema = { type: \"string\", pattern: \"^(a+)+$\" };"],
  ["a pattern made at run time", "export const make = (text: string) => new RegExp(`^${text}$`);"],
];
