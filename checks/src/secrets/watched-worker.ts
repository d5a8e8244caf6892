import { createServer, request as httpRequest } from "node:http";
import { createRequire } from "node:module";
import { SpanKind } from "@opentelemetry/api";
import { HttpInstrumentation } from "@opentelemetry/instrumentation-http";
import { UndiciInstrumentation } from "@opentelemetry/instrumentation-undici";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor, type ReadableSpan } from "@opentelemetry/sdk-trace-base";
import { pinoHttp, type HttpLogger } from "pino-http";
import { axiosHttpClient, createMessaging, undiciHttpClient, type HttpClient, type Messaging } from "@event-messaging/core";
import { waha } from "@event-messaging/waha";
import { zapi } from "@event-messaging/zapi";
import { answer, openVendor, type Behaviour } from "../faults/raw-vendor.js";
import { CREDENTIALS } from "../faults/subjects.js";
import { answerJobs } from "../threads.js";
import { forHttp, forPinoHttp, forUndici } from "./redacting.js";

/** With the settings of `redacting.ts`, or as the tools come. */
export interface WatchJob {
  readonly redacted: boolean;
}

/** One value that a tool recorded. `where` says which tool, on which side, under which name, and for whose request. */
export interface Recorded {
  readonly where: string;
  readonly text: string;
}

export interface WatchResult {
  readonly recorded: readonly Recorded[];
  readonly clientSpans: number;
  readonly serverSpans: number;
  /** Spans of requests that went through Node's own client: none of the library's does. */
  readonly httpClientSpans: number;
  readonly lines: number;
  readonly accepted: number;
  readonly failed: number;
}

const GOOD = JSON.stringify({ zaapId: "Z1", messageId: "3EB0C41F7A9D2E6B558011", id: "true_120363041234567890@g.us_3EB0C41F7A9D2E6B558011", status: "WORKING", engine: { engine: "GOWS" }, version: "2026.7.1", connected: true });
const REFUSED = JSON.stringify({ error: `Client-Token ${CREDENTIALS.zapiClientToken} not allowed`, message: `bad key ${CREDENTIALS.wahaApiKey}`, statusCode: 403 });
const each = (act: (socket: Parameters<Behaviour>[0], method: string) => void): Behaviour => async (socket, next) => {
  for (;;) act(socket, (await next()).method);
};
/** What the vendor does, and how long a call waits for it: only the last one makes it wait. */
const BEHAVIOURS: readonly (readonly [Behaviour, deadlineMs: number])[] = [
  [each((socket) => void socket.write(answer("200 OK", GOOD))), 10_000],
  [each((socket) => void socket.write(answer("403 Forbidden", REFUSED))), 10_000],
  [each((socket, method) => void (method === "GET" ? socket.write(answer("200 OK", GOOD)) : socket.resetAndDestroy())), 10_000],
  [each((socket, method) => void (method === "GET" ? socket.write(answer("200 OK", GOOD)) : undefined)), 500],
];
const { urlSecret, zapiToken, zapiClientToken, wahaApiKey, wahaHmacKey } = CREDENTIALS;

/** Sends over both clients at both vendors, and deliveries to a server that pino-http logs; all of it under both instrumentations. */
export async function watchWork({ redacted }: WatchJob): Promise<WatchResult> {
  const exporter = new InMemorySpanExporter();
  const tracerProvider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  const instrumentations = [new UndiciInstrumentation(redacted ? forUndici : {}), new HttpInstrumentation(redacted ? forHttp : {})];
  for (const instrumentation of instrumentations) {
    instrumentation.setTracerProvider(tracerProvider);
    instrumentation.enable();
  }
  createRequire(import.meta.url)("node:http"); // instrumented when it is first required
  const lines: string[] = [];
  const log = pinoHttp(redacted ? forPinoHttp : {}, { write: (line: string) => void lines.push(line) });
  let [accepted, failed] = [0, 0];
  for (const client of [undiciHttpClient, axiosHttpClient]) {
    for (const [behave, deadlineMs] of BEHAVIOURS) {
      const vendor = await openVendor(behave);
      const http = client();
      const messaging = messagingAt(vendor.baseUrl, http);
      for (const tenant of ["tw", "tz"]) {
        const sent = messaging.forTenant(tenant).send({ key: "k", to: "120363041234567890@g.us", title: "Rehearsal", startsAt: "2026-12-01T19:00:00+00:00" }, { deadlineMs });
        await sent.then(() => { accepted += 1; }, () => { failed += 1; });
      }
      await deliver(messaging, log);
      await messaging.close();
      await http.close();
      await vendor.close();
    }
  }
  for (const instrumentation of instrumentations) instrumentation.disable();
  const spans = exporter.getFinishedSpans();
  const of = (scope: string, kind: SpanKind) => spans.filter((span) => span.instrumentationScope.name.endsWith(scope) && span.kind === kind).length;
  return {
    recorded: [...spans.flatMap(recordedOf), ...lines.flatMap(recordedIn)],
    clientSpans: of("undici", SpanKind.CLIENT), serverSpans: of("http", SpanKind.SERVER), httpClientSpans: of("http", SpanKind.CLIENT), lines: lines.length, accepted, failed,
  };
}

function messagingAt(baseUrl: string, http: HttpClient): Messaging {
  return createMessaging({
    providers: [waha, zapi], http, layers: [],
    accounts: {
      w: { provider: "waha", config: { baseUrl, session: "salon", apiKey: wahaApiKey, hmacKey: wahaHmacKey, webhookSecrets: [urlSecret] } },
      z: { provider: "zapi", config: { baseUrl, instance: "INST", token: zapiToken, clientToken: zapiClientToken, webhookSecrets: [urlSecret] } },
    },
    tenants: { tw: "w", tz: "z" },
  });
}

/** Deliveries as the vendors post them: right and nearly right secrets, and Z-API's undocumented header with the token. */
async function deliver(messaging: Messaging, log: HttpLogger): Promise<void> {
  const handler = messaging.nodeHandler("/webhooks");
  const server = createServer((request, response) => {
    log(request, response);
    handler(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  for (const path of [`/webhooks/z/${urlSecret}`, `/webhooks/w/${urlSecret}`, `/webhooks/z/${urlSecret}x`, `/webhooks/none/${urlSecret}?x=1`, `/webhooks/z/${urlSecret}/%`]) {
    await new Promise<void>((resolve, reject) => {
      const request = httpRequest({ host: "127.0.0.1", port, method: "POST", path, agent: false, headers: { "content-type": "application/json", "z-api-token": zapiToken } }, (response) => {
        response.resume().on("end", resolve);
      });
      request.on("error", reject).end(JSON.stringify({ type: "ReceivedCallback", instanceId: "INST", phone: "5511987650001" }));
    });
  }
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

function recordedOf({ name, kind, attributes, events, status, instrumentationScope }: ReadableSpan): readonly Recorded[] {
  const tool = `${instrumentationScope.name.replace(/^.*instrumentation-/, "")} ${kind === SpanKind.CLIENT ? "client" : "server"} span`;
  return [
    ...Object.entries(attributes).map(([key, value]) => ({ where: `${tool}: ${key}`, text: String(value) })),
    { where: `${tool}: name`, text: name }, { where: `${tool}: events`, text: JSON.stringify(events) }, { where: `${tool}: status`, text: JSON.stringify(status) },
  ];
}

/** A line, by its parts: what stands at `req.url` is told apart from what stands at `req.headers`. */
function recordedIn(line: string): readonly Recorded[] {
  const { req = {}, ...rest }: { readonly req?: object } = JSON.parse(line);
  return [...Object.entries(req).map(([key, value]: [string, unknown]) => ({ where: `pino-http: req.${key}`, text: JSON.stringify(value) })), { where: "pino-http: the rest of the line", text: JSON.stringify(rest) }];
}

answerJobs(watchWork);
