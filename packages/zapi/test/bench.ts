import { accountId, fromEpochMs, instant, type EventMessagingProvider, type Fact, type HttpClient, type Parsed } from "@event-messaging/core/driver";
import { undiciHttpClient } from "@event-messaging/core/http";
import { startZapi, zapiDefaults, type ZapiInstanceSetup, type ZapiOptions, type ZapiSimulator } from "@event-messaging/simulator";
import { createServer } from "node:http";
import { zapi } from "../src/index.js";

export const SECRET = "wh-s3cret-0123456789";

/** A simulated Z-API, an account opened on it, and a receiver that hands every callback to the account's codec. */
export interface Bench {
  readonly vendor: ZapiSimulator;
  /** Opens the account anew, with other options or with what was learned. */
  readonly open: (config?: object, learned?: Readonly<Record<string, string>>) => EventMessagingProvider;
  /** Where callbacks arrive, without the secret. */
  readonly url: string;
  readonly parsed: readonly Parsed[];
  /** How many callbacks were refused. */
  readonly refused: () => number;
  /** Everything that the vendor said, answers and callbacks, in order, with ids and times out of it. */
  readonly wire: () => readonly string[];
  /** The receiver answers the next callbacks with 503, and takes nothing of them. */
  readonly failNext: (count: number) => void;
  readonly facts: <T extends Fact["type"]>(type: T) => readonly Extract<Fact, { readonly type: T }>[];
  readonly stop: () => Promise<void>;
}

export async function startBench(options: ZapiOptions = {}, instance: Partial<ZapiInstanceSetup> = {}, received: object = {}): Promise<Bench> {
  const parsed: Parsed[] = [];
  const wire: string[] = [];
  let refused = 0;
  let failing = 0;
  const client = undiciHttpClient();
  const http: HttpClient = {
    close: () => client.close(),
    async request(request) {
      const answer = await client.request(request);
      wire.push(`${request.template} ${answer.status} ${shapeOf(answer.json)}`);
      return answer;
    },
  };
  const receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const headers = new Map(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      const delivery = { method: "POST", tail: (request.url ?? "").split("/").slice(3), headers, body: Buffer.concat(chunks), receivedAt: fromEpochMs(Date.now()) };
      wire.push(`callback ${"z-api-token" in request.headers} ${shapeOf(JSON.parse(Buffer.concat(chunks).toString("utf8")))}`);
      if (failing > 0) {
        failing -= 1;
        return void response.writeHead(503).end();
      }
      const { webhook } = open(received);
      if (webhook.authenticate(delivery).ok) parsed.push(webhook.parse(JSON.parse(Buffer.concat(chunks).toString("utf8")), delivery));
      else refused += 1;
      response.writeHead(200).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  const address = receiver.address();
  if (address === null || typeof address === "string") throw new Error("the receiver has no port");
  const url = `http://127.0.0.1:${address.port}/webhooks/club`;
  const vendor = await startZapi({
    clockFactor: 0,
    instances: [{ id: zapiDefaults.instanceId, token: zapiDefaults.token, webhooks: `${url}/${SECRET}`, notifySentByMe: true, ...instance }],
    ...options,
  });
  const open: Bench["open"] = (config = {}, learned = {}) =>
    zapi.open(
      { instance: zapiDefaults.instanceId, token: zapiDefaults.token, clientToken: zapiDefaults.clientToken, baseUrl: vendor.url, webhookSecrets: [SECRET], ...config },
      { account: accountId("club"), http, now: () => instant(new Date()), learned },
    );
  return {
    vendor,
    open,
    url,
    parsed,
    wire: () => wire,
    failNext: (count) => void (failing = count),
    refused: () => refused,
    facts: <T extends Fact["type"]>(type: T) =>
      parsed.flatMap((each) => (each.kind === "facts" ? each.facts : [])).filter((fact): fact is Extract<Fact, { readonly type: T }> => fact.type === type),
    stop: async () => {
      await vendor.stop();
      await http.close();
      receiver.closeAllConnections();
      await new Promise((resolve) => receiver.close(resolve));
    },
  };
}

/** JSON with ids and times replaced by their kind and length, so that two runs compare. */
function shapeOf(json: unknown): string {
  return JSON.stringify(json, (_, value: unknown) => (typeof value === "number" ? `number of ${String(Math.round(value)).length}` : typeof value === "string" ? value.replace(/[0-9A-Fa-f]{16,}|[0-9]{5,}/g, (id) => `<${id.length}>`) : value)) ?? "nothing";
}
