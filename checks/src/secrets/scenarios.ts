import { spawnSync } from "node:child_process";
import { createServer, request as httpRequest } from "node:http";
import axios from "axios";
import { axiosHttpClient, createMessaging, secret, undiciHttpClient, type HttpClient, type Telemetry } from "@event-messaging/core";
import { accountId, fromEpochMs } from "@event-messaging/core/driver";
import { waha } from "@event-messaging/waha";
import { zapi } from "@event-messaging/zapi";
import { answer, openVendor, type Behaviour } from "../faults/raw-vendor.js";
import { CREDENTIALS, openAccount } from "../faults/subjects.js";
import { GUEST } from "./canaries.js";
import { memoryLogger } from "./sinks.js";

/** Something that came out of the library, and where. */
export interface Output {
  readonly where: string;
  readonly value: unknown;
}

const runtime = (http: HttpClient) => ({ account: accountId("a"), http, now: () => fromEpochMs(0), learned: {} });
const attempt = async (where: string, work: () => unknown): Promise<Output> => {
  try {
    return { where, value: await work() };
  } catch (error) {
    return { where, value: error };
  }
};

/** Configurations that are refused, with the credential where it does the refusing. */
export async function wrongConfigurations(): Promise<readonly Output[]> {
  const http = undiciHttpClient();
  const right = { waha: { baseUrl: "http://127.0.0.1:9", session: "s", apiKey: CREDENTIALS.wahaApiKey }, zapi: { instance: "I", token: CREDENTIALS.zapiToken, clientToken: CREDENTIALS.zapiClientToken } };
  const spoiled = (text: string): readonly unknown[] => [`${text}\r\n`, `${text} x`, `\u0000${text}`, `${text}\u{1f511}`, text.repeat(40), [text], { value: text }, [[text]], `../${text}`];
  const outputs: Promise<Output>[] = [];
  const open = (definition: typeof waha | typeof zapi, field: string, config: object) => outputs.push(attempt(`configuration: ${definition.name} ${field}`, () => definition.open(config, runtime(http))));
  for (const field of ["apiKey", "hmacKey", "webhookSecrets", "session", "baseUrl", "unknownField"]) for (const value of spoiled(CREDENTIALS.wahaApiKey)) open(waha, field, { ...right.waha, [field]: value });
  for (const field of ["token", "clientToken", "webhookSecrets", "instance", "baseUrl", "dateTime", "unknownField"]) for (const value of spoiled(CREDENTIALS.zapiToken)) open(zapi, field, { ...right.zapi, [field]: value });
  for (const baseUrl of [`http://user:${CREDENTIALS.wahaApiKey}@127.0.0.1`, `http://127.0.0.1/?x-api-key=${CREDENTIALS.wahaApiKey}`, `http://127.0.0.1/#${CREDENTIALS.wahaApiKey}`, `http://${CREDENTIALS.wahaApiKey}:x`, `${CREDENTIALS.wahaApiKey}://x`]) open(waha, "baseUrl", { ...right.waha, baseUrl });
  open(waha, "webhookSecrets twice", { ...right.waha, webhookSecrets: [CREDENTIALS.urlSecret, CREDENTIALS.urlSecret, CREDENTIALS.urlSecret] });
  for (const [name, value] of [["a secret", secret(CREDENTIALS.wahaApiKey)], ["a list of secrets", [secret(CREDENTIALS.zapiToken)]], ["an open account of waha", openAccount("waha", "http://127.0.0.1:9", http)], ["an open account of zapi", openAccount("zapi", "http://127.0.0.1:9", http)], ["an HTTP client", http]] as const) outputs.push(attempt(name, () => value));
  outputs.push(attempt("messaging over a wrong record", () => createMessaging({ providers: [waha], accounts: { a: { provider: "zapi", config: right.zapi } }, tenants: { t: "b" } })));
  const done = await Promise.all(outputs);
  await http.close();
  return done;
}

/** Requests that the clients refuse, and interceptors of an application that throw what they were given. */
export async function wrongRequests(): Promise<readonly Output[]> {
  const key = CREDENTIALS.wahaApiKey;
  const base = { method: "POST", baseUrl: "http://127.0.0.1:9", template: "/api/{session}/events", params: { session: "s" }, headers: { "X-Api-Key": secret(key) }, json: {}, signal: AbortSignal.timeout(2_000) } as const;
  const throwing = axios.create();
  throwing.interceptors.request.use((config) => { throw config; });
  const quoting = axios.create();
  quoting.interceptors.request.use((config) => { throw new Error(JSON.stringify(config.headers)); });
  const clients: readonly (readonly [string, HttpClient])[] = [["undici", undiciHttpClient()], ["axios", axiosHttpClient()], ["axios that throws its configuration", axiosHttpClient(throwing)], ["axios that quotes its headers", axiosHttpClient(quoting)]];
  const changes: readonly object[] = [{}, { params: { session: `${key}/..` } }, { params: { session: "..", [key]: "x" } }, { headers: { "X-Api-Key": `${key}\r\nX-Evil: 1` } }, { headers: { [`${key} `]: "x" } }, { query: { "x-api-key": `${key}\ud800` } }, { baseUrl: `http://${key}@127.0.0.1` }, { baseUrl: `http://[${key}` }, { template: `/api/${key}?x` }, { json: { toJSON: () => { throw new Error(key); } } }, { untrustedBaseUrl: true }];
  const outputs = await Promise.all(clients.flatMap(([name, client]) => changes.map((change, nth) => attempt(`request ${nth} of ${name}`, () => client.request({ ...base, ...change })))));
  await Promise.all(clients.map(([, client]) => client.close()));
  return outputs;
}

/** Whole runs with telemetry: sends that succeed and fail, webhooks that are refused; everything that came out of them. */
export async function wholeRuns(behaviours: readonly (readonly [string, Behaviour])[]): Promise<{ readonly outputs: readonly Output[]; readonly fromInfo: string; readonly lines: number; readonly spans: number }> {
  const outputs: Output[] = [];
  const log = memoryLogger();
  const told: unknown[] = [];
  const telemetry: Telemetry = {
    tracer: { startActiveSpan: (name, options, run) => {
      const span = { name, ...options, more: [] as unknown[] };
      told.push(span);
      return run({ setAttributes: (attributes) => span.more.push({ ...attributes }), setStatus: (status) => span.more.push(status), end: () => {} });
    } },
    meter: { createCounter: (name) => ({ add: (value, attributes) => void told.push([name, value, attributes]) }), createHistogram: (name) => ({ record: (value, attributes) => void told.push([name, value, attributes]) }) },
    logger: { debug: (facts, text) => log.logger.debug(facts, text), info: (facts, text) => log.logger.info(facts, text), warn: (facts, text) => log.logger.warn(facts, text), error: (facts, text) => log.logger.error(facts, text) },
  };
  for (const [name, behave] of behaviours) {
    const vendor = await openVendor(behave);
    const http = undiciHttpClient();
    const messaging = createMessaging({
      providers: [waha, zapi], http, telemetry,
      accounts: {
        w: { provider: "waha", config: { baseUrl: vendor.baseUrl, session: "salon", apiKey: CREDENTIALS.wahaApiKey, hmacKey: CREDENTIALS.wahaHmacKey, webhookSecrets: [CREDENTIALS.urlSecret] } },
        z: { provider: "zapi", config: { baseUrl: vendor.baseUrl, instance: "INST", token: CREDENTIALS.zapiToken, clientToken: CREDENTIALS.zapiClientToken, webhookSecrets: [CREDENTIALS.urlSecret] } },
      },
      tenants: { tw: "w", tz: "z" },
    });
    for (const [tenant, to] of [["tw", `+${GUEST["phone"]}`], ["tz", "120363041234567890@g.us"]] as const) {
      outputs.push(await attempt(`${name}: send of ${tenant}`, () => messaging.forTenant(tenant).send({ key: `${GUEST["key"]}`, to, title: `${GUEST["title"]}`, description: `${GUEST["description"]}`, startsAt: "2026-12-01T19:00:00+00:00" }, { deadlineMs: 1_500 })));
      outputs.push(await attempt(`${name}: probe of ${tenant}`, () => messaging.account(tenant.slice(1)).probe({ deadlineMs: 1_500 })));
      outputs.push(await attempt(`${name}: webhook plan of ${tenant}`, () => messaging.account(tenant.slice(1)).planWebhooks({ url: `https://hooks.example/${tenant}/${CREDENTIALS.urlSecret}` })));
    }
    outputs.push(...await refusedWebhooks(messaging));
    outputs.push({ where: `${name}: counts`, value: messaging.counts() }, { where: `${name}: the messaging object`, value: messaging });
    await messaging.close();
    await http.close();
    await vendor.close();
  }
  outputs.push(...told.map((value) => ({ where: "telemetry", value })), { where: "log", value: log.all() });
  return { outputs, fromInfo: log.fromInfo(), lines: log.all().split("\n").length - 1, spans: told.length };
}

async function refusedWebhooks(messaging: ReturnType<typeof createMessaging>): Promise<readonly Output[]> {
  const server = createServer(messaging.nodeHandler("/webhooks"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const post = (path: string, body: string, headers: Readonly<Record<string, string>> = {}, method = "POST") => new Promise<unknown>((resolve, reject) => {
    const request = httpRequest({ host: "127.0.0.1", port, method, path, headers, agent: false }, (response) => {
      let text = "";
      response.on("data", (chunk: Buffer) => { text += String(chunk); }).on("end", () => resolve({ status: response.statusCode, headers: response.rawHeaders, text }));
    });
    request.on("error", reject).end(body);
  });
  const { urlSecret, zapiToken } = CREDENTIALS;
  const bodies = ["", "{", JSON.stringify({ instanceId: "OTHER", token: urlSecret }), JSON.stringify({ event: "message", session: "other", payload: { body: zapiToken } }), `[${"[".repeat(500)}`];
  const paths = [`/webhooks/z/${urlSecret}`, `/webhooks/w/${urlSecret}`, `/webhooks/z/${urlSecret}x`, `/webhooks/none/${urlSecret}`, `/webhooks/z/${urlSecret}/%`, `/other/${urlSecret}`];
  const outputs: Output[] = [];
  for (const path of paths) {
    for (const [nth, body] of bodies.entries()) outputs.push(await attempt(`webhook ${paths.indexOf(path)} body ${nth}`, () => post(path, body, { "content-type": "application/json", "z-api-token": `${zapiToken}x`, "x-webhook-hmac": "00", "x-webhook-hmac-algorithm": "sha512" })));
    outputs.push(await attempt(`webhook ${paths.indexOf(path)} GET`, () => post(path, "", {}, "GET")));
  }
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  return outputs;
}

/** What Node prints when nobody catches a failure. */
export function uncaught(): Output {
  const source = `import { createMessaging } from "@event-messaging/core"; import { waha } from "@event-messaging/waha";
    const messaging = createMessaging({ providers: [waha], accounts: { a: { provider: "waha", config: { baseUrl: "http://127.0.0.1:9", session: "s", apiKey: ${JSON.stringify(CREDENTIALS.wahaApiKey)} } } }, tenants: { t: "a" } });
    await messaging.forTenant("t").send({ key: "k", to: "+351960000123", title: "t", startsAt: "2026-12-01T19:00:00+00:00" }, { deadlineMs: 800 });`;
  const { stderr, stdout, status } = spawnSync(process.execPath, ["--input-type=module", "-e", source], { cwd: new URL("..", import.meta.url).pathname, encoding: "utf8", timeout: 20_000, env: { PATH: process.env["PATH"] ?? "" } });
  return { where: "uncaught", value: `status ${status}: ${stdout}${stderr.replace(source, "")}` };
}

/** Answers with one status and body to every request. */
export const constant = (status: string, body: string): Behaviour => async (socket, next) => {
  for (;;) {
    await next();
    socket.write(answer(status, body));
  }
};
