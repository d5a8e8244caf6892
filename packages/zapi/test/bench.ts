import { createMessaging, type Messaging, type MessagingOptions, type TenantMessaging } from "@event-messaging/core";
import { accountId, fromEpochMs, type EventMessagingProvider, type Fact, type HttpClient, type Parsed } from "@event-messaging/core/driver";
import { undiciHttpClient } from "@event-messaging/core/http";
import { startZapi, zapiDefaults, type ZapiInstanceSetup, type ZapiOptions, type ZapiSimulator } from "@event-messaging/simulator";
import { createServer } from "node:http";
import { zapi } from "../src/index.js";
import { object, type Loose, type Reader } from "./reader.js";

export const SECRET = "wh-s3cret-0123456789";
/** In an option that is a URL: the simulator's. */
export const VENDOR = "vendor:";

/** A simulated Z-API, an account opened on it, and a receiver that hands every callback to the account's codec. */
export interface Bench {
  readonly vendor: ZapiSimulator;
  /** Opens the account anew, with other options or with what was learned. */
  readonly open: (config?: object, learned?: Readonly<Record<string, string>>) => EventMessagingProvider;
  /** An application that has the account, with core in between; callbacks do not reach it. */
  readonly application: (config?: object, options?: Pick<MessagingOptions, "recipientCheck">) => TenantMessaging;
  /** Where callbacks arrive, without the secret. */
  readonly url: string;
  /** What was made of each callback that was let in, in order of arrival. */
  readonly parsed: readonly Parsed[];
  /** The callbacks as they came. */
  readonly bodies: readonly Loose[];
  /** How many callbacks were refused. */
  readonly refused: () => number;
  /** Everything that the vendor said, answers and callbacks, in order, with ids and times out of it. */
  readonly wire: () => readonly string[];
  /** The receiver can keep nothing of the next callbacks. */
  readonly failNext: (count: number) => void;
  readonly facts: <T extends Fact["type"]>(type: T) => readonly Extract<Fact, { readonly type: T }>[];
  /** Ends everything. Throws what the receiver's program threw: reading never does. */
  readonly stop: () => Promise<void>;
}

export async function startBench(options: ZapiOptions = {}, instance: Partial<ZapiInstanceSetup> = {}, received: object = {}, reader: Reader = {}): Promise<Bench> {
  const parsed: Parsed[] = [];
  const wire: string[] = [];
  const bodies: Loose[] = [];
  const answered = new Set<unknown>();
  const applications: Messaging[] = [];
  const broken: unknown[] = [];
  const running = new Set<object>();
  let [refused, failing] = [0, 0];
  // One clock for vendor and receiver, a second further at each look: no two acts are of the same moment.
  let clock = Date.parse("2026-11-10T10:00:00Z");
  const now = () => (clock += 1000);

  const client = undiciHttpClient();
  const http: HttpClient = {
    close: () => client.close(),
    async request(request) {
      const path = request.template.split("/").slice(5).join("/");
      running.add(request);
      try {
        const answer = await client.request({ ...request, ...(reader.request && request.json !== undefined && { json: reader.request(request.json, path) }) });
        wire.push(`${request.template} ${answer.status} ${shapeOf(answer.json)}`);
        answered.add(object(answer.json).messageId);
        return reader.answer ? { ...answer, json: reader.answer(answer.json, path) } : answer;
      } finally {
        running.delete(request);
      }
    },
  };
  /** The receiver's program takes a callback; false: it could not be kept. */
  const take = async (bytes: Buffer, tail: readonly string[], headers: ReadonlyMap<string, string>): Promise<boolean> => {
    const body = object(JSON.parse(bytes.toString("utf8")));
    wire.push(`callback ${headers.has("z-api-token")} ${shapeOf(body)}`);
    if (failing > 0) {
      failing -= 1;
      return reader.house === "acknowledges-anyway";
    }
    const earlier = [...bodies];
    bodies.push(body);
    // An answer that the vendor has given is read within a few turns; one that it has not given is waited for in vain.
    for (let turns = 0; reader.house === "books-late" && running.size > 0 && turns < 200; turns += 1) await new Promise((resolve) => setImmediate(resolve));
    if (reader.house === "books-late" && body.fromMe === true && !answered.has(body.messageId)) return true;
    const seen = reader.callback ? reader.callback(body, earlier) : body;
    if (seen === undefined) return true;
    const { webhook } = open(received);
    const delivery = { method: "POST", tail, headers, body: bytes, receivedAt: fromEpochMs(now()) };
    if (webhook.authenticate(delivery).ok) parsed.push(webhook.parse(seen, delivery));
    else refused += 1;
    return true;
  };
  const receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const headers = new Map(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      void take(Buffer.concat(chunks), (request.url ?? "").split("/").slice(3), headers).then(
        (kept) => response.writeHead(kept ? 200 : 503).end(),
        (error: unknown) => {
          broken.push(error);
          response.writeHead(500).end();
        },
      );
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  const address = receiver.address();
  if (address === null || typeof address === "string") throw new Error("the receiver has no port");
  const url = `http://127.0.0.1:${address.port}/webhooks/club`;
  const vendor = await startZapi({
    clockFactor: 0,
    now,
    instances: [{ id: zapiDefaults.instanceId, token: zapiDefaults.token, webhooks: `${url}/${SECRET}`, notifySentByMe: true, ...instance }],
    ...options,
  });
  const configOf = (config: object): Loose => {
    const whole: Loose = { instance: zapiDefaults.instanceId, token: zapiDefaults.token, clientToken: zapiDefaults.clientToken, baseUrl: vendor.url, webhookSecrets: [SECRET], ...config };
    return Object.fromEntries(Object.entries(whole).map(([name, value]) => [name, typeof value === "string" && value.startsWith(VENDOR) ? vendor.url + value.slice(VENDOR.length) : value]));
  };
  const open: Bench["open"] = (config = {}, learned = {}) => zapi.open(configOf(config), { account: accountId("club"), http, now: () => fromEpochMs(now()), learned });
  return {
    vendor,
    open,
    application: (config = {}, more = {}) => {
      const messaging = createMessaging({ providers: [zapi], accounts: { club: { provider: "zapi", config: configOf(config) } }, tenants: { club: "club" }, http, layers: [], now: () => new Date(now()), ...more });
      applications.push(messaging);
      return messaging.forTenant("club");
    },
    url,
    parsed,
    bodies,
    wire: () => wire,
    failNext: (count) => void (failing = count),
    refused: () => refused,
    facts: <T extends Fact["type"]>(type: T) =>
      parsed.flatMap((each) => (each.kind === "facts" ? each.facts : [])).filter((fact): fact is Extract<Fact, { readonly type: T }> => fact.type === type),
    stop: async () => {
      for (const messaging of applications) await messaging.close();
      await vendor.stop();
      await http.close();
      receiver.closeAllConnections();
      await new Promise((resolve) => receiver.close(resolve));
      if (broken.length > 0) throw broken[0];
    },
  };
}

/** JSON with ids and times replaced by their kind and length, so that two runs compare. */
function shapeOf(json: unknown): string {
  const masked = (text: string) => text
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)/g, "<time>")
    .replace(/(?<=\/(?:video|voice)\/)[\w-]+/g, "<link>")
    .replace(/\b[0-9]{5,}-[0-9]{1,2}\b/g, "<counter>")
    .replace(/[0-9A-Fa-f]{16,}|[0-9]{5,}/g, (id) => `<${id.length}>`);
  return JSON.stringify(json, (_, value: unknown) => (typeof value === "number" ? `number of ${String(Math.round(value)).length}` : typeof value === "string" ? masked(value) : value)) ?? "nothing";
}
