import { createServer } from "node:http";
import { accountId, fromEpochMs, isRecipient, type Fact, type HttpClient, type Recipient } from "@event-messaging/core/driver";
import { undiciHttpClient } from "@event-messaging/core/http";
import { startWaha, wahaDefaults, type WahaOptions, type WahaSessionSetup } from "@event-messaging/simulator";
import { waha } from "../src/index.js";
import { byTime, subjectOf, type Planted } from "./house.js";

export const SESSION = "salon-042";
export const RITA = { phone: "351960000123", lid: "271000000000099", name: "Rita" };
export const GROUP = "120363400000000555@g.us";
const HMAC_KEY = "north-window-17";
/** Ten milliseconds before a whole second, so that every story crosses one. */
const START = Date.UTC(2026, 10, 20, 9, 59, 59, 990);

export function to(text: string): Recipient {
  if (isRecipient(text)) return text;
  throw new Error(`${text} is no recipient`);
}

/** One millisecond later at each look: no two acts share a time, however fast or slow the machine is. */
function tickingClock(): () => number {
  let time = START;
  return () => (time += 1);
}

/**
 * A simulated WAHA without waits, a receiver of its webhooks, and a session opened on it with the real client. The facts are
 * those of the deliveries that the codec authenticated by signature, duplicates included.
 */
export async function startBench(options: WahaOptions = {}, setup: Partial<WahaSessionSetup> = {}, config: object = {}, planted: Planted = {}) {
  const facts: Fact[] = [];
  const notKept: string[] = [];
  const sent = new Set<string>();
  const waiting = new Map<string, Fact[]>();
  const now = tickingClock();
  const client = undiciHttpClient();
  const http: HttpClient = {
    close: () => client.close(),
    async request(request) {
      const answer = await client.request(request);
      return planted.reads === undefined ? answer : { ...answer, json: planted.reads(answer.json, request.template) };
    },
  };
  const receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      void take(Buffer.concat(chunks), request.headers).finally(() => response.writeHead(200).end());
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  const address = receiver.address();
  if (address === null || typeof address === "string") throw new Error("the receiver has no port");
  const webhooks = [{ url: `http://127.0.0.1:${address.port}/waha`, events: ["*"], hmac: { key: HMAC_KEY } }];
  const simulator = await startWaha({ clockFactor: 0, now, sessions: [{ name: SESSION, config: { webhooks }, ...setup }], ...options });
  const settings = { baseUrl: simulator.url, session: SESSION, apiKey: wahaDefaults.apiKey, hmacKey: HMAC_KEY, ...config };
  const open = (more: object = {}) => waha.open({ ...settings, ...more }, { account: accountId("salon"), http, now: () => fromEpochMs(now()), learned: {} });
  const session = open();

  async function take(body: Buffer, headers: Readonly<Record<string, string | readonly string[] | undefined>>): Promise<void> {
    const pairs = Object.entries(headers).flatMap(([name, value]) => (typeof value === "string" ? [[name, value] as const] : []));
    const request = { method: "POST", tail: [], headers: new Map(pairs), body, receivedAt: fromEpochMs(now()) };
    const authenticated = session.webhook.authenticate(request);
    if (!authenticated.ok) return void notKept.push(authenticated.reason);
    const said: unknown = JSON.parse(body.toString("utf8"));
    const heard = planted.hears === undefined ? said : planted.hears(said);
    if (heard === undefined) return;
    const parsed = session.webhook.parse(heard, request);
    if (parsed.kind !== "facts") return void notKept.push(`${parsed.kind}: ${parsed.reason}`);
    await keep(parsed.facts);
  }

  async function keep(arrived: readonly Fact[]): Promise<void> {
    if (planted.keeps === "about what is sent already") {
      // What the server has answered before this delivery is read meanwhile, and nothing else can be.
      for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      facts.push(...arrived.filter((fact) => sent.has(subjectOf(fact) ?? "")));
    } else if (planted.keeps === "newest first of those at once") arrived.forEach(keepLate);
    else facts.push(...arrived);
  }

  /** Lets go of the answers to one event when all that the vendor has begun to post are there. */
  function keepLate(fact: Fact): void {
    const target = subjectOf(fact) ?? "";
    if (fact.type !== "rsvp") return void facts.push(fact);
    const here = [...(waiting.get(target) ?? []), fact];
    const posted = simulator.journal.entries({ act: "event.answered" }).filter((entry) => entry.target === target).length;
    const before = facts.filter((each) => each.type === "rsvp" && each.target === target).length;
    waiting.set(target, before + here.length < posted ? here : []);
    if (before + here.length >= posted) facts.push(...here.sort(byTime).reverse());
  }

  return {
    simulator, session, settings, http, open, notKept, planted,
    /** The time of simulator and session, Unix milliseconds; one later at each look. */
    now,
    /** An address of the receiver. */
    hooks: `http://127.0.0.1:${address.port}/another`,
    /** The house has read that this message is sent. */
    knows: (messageId: string) => sent.add(messageId),
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
