import { createMessaging, isMessagingError, type HttpClient } from "@event-messaging/core";
import { accountId, fromEpochMs, isRecipient, type ProviderDefinition } from "@event-messaging/core/driver";
import { waha } from "@event-messaging/waha";
import { zapi } from "@event-messaging/zapi";
import { answer, openVendor, type RawRequest, type RawVendor } from "../faults/raw-vendor.js";
import { CLIENTS, type ClientName } from "../faults/run-fault.js";
import { callWith } from "../faults/subjects.js";
import { hostileBases, hostileTexts, NO_TEXTS } from "./corpus.js";

/** What became of the hostile values of one field. */
export interface FieldResult {
  readonly field: string;
  tried: number;
  /** Refused before any request, with an error of ours. */
  rejected: number;
  /** Sent, and what arrived had the shape of the template and no header more. */
  inPlace: number;
  /** Values of which the right shape was sent: the control. */
  controls: number;
  readonly breaches: string[];
}

const WAHA = { session: "salon", apiKey: "key-0001" };
const ZAPI = { instance: "INST1", token: "TOKEN1", clientToken: "client-1", dateTime: "wallclock-default-br" };
const GROUP = "120363041234567890@g.us";

type Send = (value: unknown) => Promise<unknown>;

/** The provider definitions and clients under test; a planted defect replaces one. */
export interface InjectionSubject {
  readonly definitions: { readonly waha: ProviderDefinition; readonly zapi: ProviderDefinition };
  readonly http: (client: ClientName) => HttpClient;
}

export const OURS: InjectionSubject = { definitions: { waha, zapi }, http: (client) => CLIENTS[client]() };

/** Every field through which a foreign text can come near a path or a header. */
export async function injectInto({ definitions, http: open }: InjectionSubject, client: ClientName, perField: number, only?: readonly string[]): Promise<readonly FieldResult[]> {
  const body = JSON.stringify({ messageId: "3EB0C41F7A9D2E6B558011", id: "true_x@g.us_3EB0C41F7A9D2E6B558011", status: "WORKING", engine: "GOWS", version: "2026.7.1" });
  const vendor = await openVendor(async (socket, next) => {
    for (;;) {
      await next();
      socket.write(answer("200 OK", body));
    }
  });
  const http = open(client);
  const send = (vendorName: "waha" | "zapi", config: object): Send => async () => {
    const provider = definitions[vendorName].open({ baseUrl: vendor.baseUrl, ...config }, { account: accountId("a"), http, now: () => fromEpochMs(0), learned: {} });
    if (provider.send === undefined || !isRecipient(GROUP)) throw new TypeError("no send");
    return provider.send({ to: GROUP, details: { title: "Rehearsal", startsAt: fromEpochMs(1_796_000_000_000) } }, callWith(AbortSignal.timeout(10_000)));
  };
  const wahaPath = (session: unknown) => `/api/${segment(session)}/events`;
  const zapiPath = (instance: unknown, token: unknown) => `/instances/${segment(instance)}/token/${segment(token)}/send-event`;
  const texts = (right: string) => [...hostileTexts(right).slice(0, perField), ...NO_TEXTS];
  try {
    const results: FieldResult[] = [];
    const field = async (name: string, right: string, values: readonly unknown[], call: (value: unknown) => Send, path: (value: unknown) => string, header?: string) => {
      if (only?.includes(name) !== false) results.push(await tryField(vendor, name, right, values, call, path, header));
    };
    await field("waha session", "salon", texts("salon"), (session) => send("waha", { ...WAHA, session }), wahaPath);
    await field("waha apiKey", "key-0001", texts("key-0001"), (apiKey) => send("waha", { ...WAHA, apiKey }), () => wahaPath("salon"), "x-api-key");
    await field("zapi instance", "INST1", texts("INST1"), (instance) => send("zapi", { ...ZAPI, instance }), (instance) => zapiPath(instance, "TOKEN1"));
    await field("zapi token", "TOKEN1", texts("TOKEN1"), (token) => send("zapi", { ...ZAPI, token }), (token) => zapiPath("INST1", token));
    await field("zapi clientToken", "client-1", texts("client-1"), (clientToken) => send("zapi", { ...ZAPI, clientToken }), () => zapiPath("INST1", "TOKEN1"), "client-token");
    await field("base URL", vendor.baseUrl, [...hostileBases(vendor.port).slice(0, perField + 60), ...NO_TEXTS], (baseUrl) => send("waha", { ...WAHA, baseUrl }), (baseUrl) => prefixOf(baseUrl) + wahaPath("salon"));
    const messaging = createMessaging({ providers: [definitions.waha], accounts: { a: { provider: "waha", config: { ...WAHA, baseUrl: vendor.baseUrl } } }, tenants: { t: "a" }, http });
    let nth = 0;
    await field("recipient", GROUP, texts(GROUP), (to) => async () => messaging.forTenant("t").send({ key: `k${nth += 1}`, to: to as string, title: "Rehearsal", startsAt: "2026-12-01T19:00:00+00:00" }), () => wahaPath("salon"));
    await messaging.close();
    await field("path parameter of the client", "salon", texts("salon"), (session) => async () => http.request({ method: "POST", baseUrl: vendor.baseUrl, template: "/api/{session}/events", params: { session: session as string }, headers: { "x-api-key": "k" }, json: {}, signal: AbortSignal.timeout(10_000) }), wahaPath);
    await field("header of the client", "value", texts("value"), (value) => async () => http.request({ method: "POST", baseUrl: vendor.baseUrl, template: "/api/salon/events", headers: { "x-api-key": value as string }, json: {}, signal: AbortSignal.timeout(10_000) }), () => wahaPath("salon"), "x-api-key");
    return results;
  } finally {
    await http.close();
    await vendor.close();
  }
}

async function tryField(vendor: RawVendor, field: string, right: string, values: readonly unknown[], call: (value: unknown) => Send, path: (value: unknown) => string, header: string | undefined): Promise<FieldResult> {
  const result: FieldResult = { field, tried: 0, rejected: 0, inPlace: 0, controls: 0, breaches: [] };
  const names = new Set<string>();
  for (const value of [right, ...values]) {
    const before = vendor.requests.length;
    const error: unknown = await call(value)(value).then(() => undefined, (reason: unknown) => reason ?? "rejected with nothing");
    const requests = vendor.requests.slice(before).filter(({ method }) => method !== "GET");
    if (value === right) {
      if (error === undefined && requests.length === 1) result.controls += 1;
      for (const [name] of requests[0]?.headers ?? []) names.add(name);
      continue;
    }
    result.tried += 1;
    const shown = JSON.stringify(value)?.slice(0, 80) ?? String(value);
    if (error !== undefined && !isMessagingError(error)) result.breaches.push(`${shown}: an error that is not ours`);
    else if (requests.length === 0 && error !== undefined) result.rejected += 1;
    else {
      const problems = requests.flatMap((request) => problemsOf(request, names, path(value), header === undefined ? undefined : [header, Array.isArray(value) ? value.join(", ") : String(value)]));
      if (requests.length > 1) problems.push(`${requests.length} requests`);
      if (problems.length > 0) result.breaches.push(`${shown}: ${problems.join(", ")}`);
      else result.inPlace += 1;
    }
  }
  return result;
}

function problemsOf(request: RawRequest, names: ReadonlySet<string>, path: string, header: readonly [string, string] | undefined): string[] {
  const problems: string[] = [];
  // Node 24's URL writes a caret in a path as %5E, after whatwg/url#607; Node 20 and 22 leave it.
  if (request.path.replaceAll("%5E", "^") !== path.replaceAll("%5E", "^") || request.path.split("/").some((part) => part === "." || part === "..")) problems.push(`the path became ${request.path.slice(0, 60)}`);
  const extra = request.headers.map(([name]) => name).filter((name) => !names.has(name));
  if (extra.length > 0 || request.headers.length !== names.size) problems.push(`headers became ${request.headers.map(([name]) => name).join(" ")}`);
  if (header !== undefined && request.headers.find(([name]) => name === header[0])?.[1] !== header[1]) problems.push(`the header ${header[0]} became another`);
  return problems;
}

/** One segment, whatever it holds; a lone surrogate has no encoding and so no right path. */
function segment(value: unknown): string {
  const text = String(value);
  return /\p{Surrogate}/u.test(text) ? "no such path" : encodeURIComponent(text);
}

/** The path of a base URL, read off its text. */
function prefixOf(baseUrl: unknown): string {
  return String(baseUrl).replace(/^[a-z]+:\/\/[^/]*/i, "").replace(/\/$/, "").replaceAll(/["<>`{}]|[^\x21-\x7e]/gu, (each) => segment(each));
}
