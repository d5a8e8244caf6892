import { createServer } from "node:http";
import type { ProviderDefinition, RawWebhook } from "@event-messaging/core";
import { memoryProvider, memoryVendor } from "@event-messaging/core/memory";
import { startWaha, startZapi, zapiDefaults } from "@event-messaging/simulator";
import { waha } from "@event-messaging/waha";
import { zapi } from "@event-messaging/zapi";

/** A card that is out, as the vendor's journal has it. */
export interface Card {
  readonly description: string;
  readonly messageId: string;
}

/** One vendor with one account, and the strings of what may happen there. */
export interface Rig {
  readonly provider: ProviderDefinition;
  readonly config: unknown;
  readonly to: string;
  /** The next request for a card is broken off after it was read. */
  breakNext(acts: boolean): void;
  /** Reads fail from now on. */
  goBlind(): void;
  /** What is accepted from now on waits. False: this vendor has no queue. */
  park(): boolean;
  /** Another program sends a card of another title to the same chat. */
  stranger(): Promise<void>;
  cards(): readonly Card[];
  /** What the vendor has posted since the last call. */
  deliveries(): Promise<readonly RawWebhook[]>;
  stop(): Promise<void>;
}

/** What the first card of a history says. */
export const FIRST = "card k1";
const SECRET = "b3f1c0de5a17";
const HMAC = "north window 17";
const API_KEY = "key-of-the-matrix-1";

export const RIGS = { memory: memoryRig, waha: wahaRig, zapi: zapiRig } as const;
export type RigName = keyof typeof RIGS;

async function memoryRig(): Promise<Rig> {
  const options = { queues: false };
  const vendor = memoryVendor();
  const queueing = memoryVendor({ queues: true });
  const current = () => (options.queues ? queueing : vendor);
  const state = { blind: false, told: 0 };
  const seen: ReturnType<typeof memoryVendor> = {
    ...vendor,
    exchange: (request, signal) => (state.blind && request.path === "messages.search" ? Promise.reject(new Error("the connection broke")) : current().exchange(request, signal)),
  };
  return {
    provider: memoryProvider(seen), config: vendor.configFor("line"), to: "+351960000123",
    breakNext: (acts) => current().failNext(acts ? "act-then-reset" : "reset-before-reading"),
    goBlind: () => void (state.blind = true),
    park: () => (options.queues = true),
    async stranger() {
      const body = JSON.stringify({ chat: "person:351960000123", card: { title: "Another", notes: "stranger", begins_at: 1_796_137_200 } });
      await vendor.exchange({ line: "line", apiKey: vendor.configFor("line").apiKey, path: "cards.send", body }, new AbortController().signal);
    },
    cards: () => current().journal().filter(({ operation }) => operation === "send").map(({ card, messageId }) => ({ description: card?.notes ?? "", messageId })),
    async deliveries() {
      const made = current().journal().filter(({ operation }) => operation === "send").slice(state.told);
      state.told += made.length;
      return made.flatMap(({ messageId }) => current().happen("line", { type: "echo", target: messageId })).map(({ method, headers, body }) => ({ method, path: "/webhooks/own", headers, body }));
    },
    stop: async () => {},
  };
}

async function wahaRig(): Promise<Rig> {
  const post = await mailbox();
  const server = await startWaha({ clockFactor: 0, apiKey: API_KEY, sessions: [] });
  server.putSession({
    name: "clinic", phone: "351910000777",
    config: { gows: { storage: { messages: true } }, webhooks: [{ url: `${post.url}/webhooks/own`, events: ["message.any", "message.ack"], hmac: { key: HMAC } }] },
  });
  return {
    provider: waha, config: { baseUrl: server.url, session: "clinic", apiKey: API_KEY, hmacKey: HMAC }, to: "+351960000123",
    breakNext: (acts) => server.faults.add({ operation: "events", fault: acts ? "act-then-reset" : "reset" }),
    goBlind: () => server.faults.add({ operation: "messages", fault: "server-error", times: 1_000 }),
    park: () => false,
    async stranger() {
      const body = { session: "clinic", chatId: "351960000123@c.us", event: { name: "Another", description: "stranger", startTime: 1_796_137_200, extraGuestsAllowed: false } };
      await posted(`${server.url}/api/clinic/events`, body, { "x-api-key": API_KEY });
    },
    cards: () => cardsOf(server.journal.entries()),
    deliveries: async () => (await server.flush(), post.taken()),
    stop: async () => (await server.stop(), post.stop()),
  };
}

async function zapiRig(): Promise<Rig> {
  const post = await mailbox();
  const server = await startZapi({ clockFactor: 0, instances: [], switches: { disconnectedSend: "queued" } });
  const url = `${post.url}/webhooks/own/${SECRET}`;
  server.putInstance({
    id: "CLUB1", token: zapiDefaults.token, notifySentByMe: true, groups: [{ phone: zapiDefaults.group, name: "Everybody", participants: [{ phone: "351960000123" }] }],
    webhooks: { received: url, delivery: url, "message-status": url },
  });
  return {
    provider: zapi, config: { baseUrl: server.url, instance: "CLUB1", token: zapiDefaults.token, clientToken: zapiDefaults.clientToken, webhookSecrets: [SECRET] }, to: zapiDefaults.group.replace("-group", "@g.us"),
    breakNext: (acts) => server.faults.add({ operation: "send-event", fault: acts ? "act-then-reset" : "reset" }),
    goBlind: () => server.faults.add({ operation: "queue", fault: "server-error", times: 1_000 }),
    park: () => (server.setConnection("CLUB1", "lost"), true),
    async stranger() {
      const body = { phone: zapiDefaults.group, event: { name: "Another", description: "stranger", dateTime: "2026-12-01T15:00:00.000Z" } };
      await posted(`${server.url}/instances/CLUB1/token/${zapiDefaults.token}/send-event`, body, { "client-token": zapiDefaults.clientToken });
    },
    cards: () => cardsOf(server.journal.entries()),
    deliveries: async () => (await server.flush(), post.taken()),
    stop: async () => (await server.stop(), post.stop()),
  };
}

/** What waits in a queue has no text in the journal yet; whoever parks sends one card only, under the first description. */
function cardsOf(entries: readonly { readonly act: string; readonly messageId?: string; readonly shown?: { readonly description?: string } }[]): readonly Card[] {
  const made = entries.filter(({ act }) => act === "event.created").map(({ messageId = "", shown }) => ({ description: shown?.description ?? "", messageId }));
  const waiting = entries.filter(({ act, messageId }) => act === "message.queued" && !made.some((card) => card.messageId === messageId));
  return [...made, ...waiting.map(({ messageId = "" }) => ({ description: FIRST, messageId }))];
}

async function posted(url: string, body: unknown, headers: Readonly<Record<string, string>>): Promise<void> {
  const response = await fetch(url, { method: "POST", headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`the other program was refused with ${response.status}`);
}

/** Keeps what a vendor posts until somebody wants it. */
async function mailbox() {
  const kept: RawWebhook[] = [];
  const server = createServer((request, response) => {
    const parts: Uint8Array[] = [];
    request.on("data", (part: Uint8Array) => void parts.push(part));
    request.on("end", () => {
      kept.push({ method: "POST", path: request.url ?? "", headers: Object.entries(request.headers).map(([name, value]) => [name, String(value)] as const), body: Buffer.concat(parts) });
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`,
    taken: (): readonly RawWebhook[] => kept.splice(0),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
