import { createServer } from "node:http";
import { accountId, fromEpochMs, isRecipient, type Fact, type HttpClient, type Recipient } from "@event-messaging/core/driver";
import { undiciHttpClient } from "@event-messaging/core/http";
import { startWaha, wahaDefaults, type WahaOptions, type WahaSessionSetup } from "@event-messaging/simulator";
import { waha } from "../src/index.js";

export const SESSION = "salon-042";
export const RITA = { phone: "351960000123", lid: "271000000000099", name: "Rita" };
export const GROUP = "120363400000000555@g.us";
const HMAC_KEY = "north-window-17";

export function to(text: string): Recipient {
  if (isRecipient(text)) return text;
  throw new Error(`${text} is no recipient`);
}

/**
 * A simulated WAHA without waits, a receiver of its webhooks, and a session opened on it with the real client. The facts are
 * those of the deliveries that the codec authenticated by signature, duplicates included.
 */
export async function startBench(options: WahaOptions = {}, setup: Partial<WahaSessionSetup> = {}, config: object = {}) {
  const facts: Fact[] = [];
  const notKept: string[] = [];
  const wire: string[] = [];
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
      take(Buffer.concat(chunks), request.headers);
      response.writeHead(200).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  const address = receiver.address();
  if (address === null || typeof address === "string") throw new Error("the receiver has no port");
  const webhooks = [{ url: `http://127.0.0.1:${address.port}/waha`, events: ["*"], hmac: { key: HMAC_KEY } }];
  const simulator = await startWaha({ clockFactor: 0, sessions: [{ name: SESSION, config: { webhooks }, ...setup }], ...options });
  const open = (more: object = {}) => waha.open(
    { baseUrl: simulator.url, session: SESSION, apiKey: wahaDefaults.apiKey, hmacKey: HMAC_KEY, ...config, ...more },
    { account: accountId("salon"), http, now: () => fromEpochMs(Date.now()), learned: {} },
  );
  const session = open();
  function take(body: Buffer, headers: Readonly<Record<string, string | readonly string[] | undefined>>): void {
    wire.push(`webhook ${shapeOf(JSON.parse(body.toString("utf8")))}`);
    const pairs = Object.entries(headers).flatMap(([name, value]) => (typeof value === "string" ? [[name, value] as const] : []));
    const request = { method: "POST", tail: [], headers: new Map(pairs), body, receivedAt: fromEpochMs(Date.now()) };
    const authenticated = session.webhook.authenticate(request);
    if (!authenticated.ok) return void notKept.push(authenticated.reason);
    const parsed = session.webhook.parse(JSON.parse(body.toString("utf8")), request);
    if (parsed.kind === "facts") facts.push(...parsed.facts);
    else notKept.push(`${parsed.kind}: ${parsed.reason}`);
  }
  return {
    simulator, session, open, notKept,
    /** Everything that the vendor said, answers and webhooks, with ids and times out of it. */
    wire: () => [...wire].sort().join("\n"),
    /** An address of the receiver. */
    hooks: `http://127.0.0.1:${address.port}/another`,
    /** Once everything that was under way has arrived. */
    async factsOf<T extends Fact["type"]>(type: T): Promise<readonly Extract<Fact, { readonly type: T }>[]> {
      await simulator.flush();
      return facts.filter((fact): fact is Extract<Fact, { readonly type: T }> => fact.type === type);
    },
    async stop() {
      await session.close();
      await simulator.stop();
      await http.close();
      receiver.closeAllConnections();
      await new Promise((resolve) => receiver.close(resolve));
    },
  };
}
export type Bench = Awaited<ReturnType<typeof startBench>>;

/** JSON with ids and times replaced by their kind and length, so that two runs compare. */
function shapeOf(json: unknown): string {
  return JSON.stringify(json, (_, value: unknown) => (typeof value === "number" ? `number of ${String(Math.round(value)).length}` : typeof value === "string" ? value.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z|[A-Za-z0-9+/=]{24,}|^[A-Za-z0-9+/]{16}$|[0-9A-Fa-f]{16,}|[0-9]{5,}/g, (id) => `<${id.length}>`) : value)) ?? "nothing";
}
