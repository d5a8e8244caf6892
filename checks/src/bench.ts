import { fork } from "node:child_process";
import { createHmac, timingSafeEqual } from "node:crypto";
import { Agent } from "node:http";
import { fileURLToPath } from "node:url";
import axios from "axios";
import { axiosHttpClient, createMessaging } from "@event-messaging/core";
import { accountId, fromEpochMs, instant, isPhone, type HttpClient, type WebhookRequest } from "@event-messaging/core/driver";
import { waha } from "@event-messaging/waha";
import { runCheck, type CheckRun } from "./report.js";

/** What is aimed at, as ratios against the named baselines of the same run. */
const AIMS = { send: 2, codec: 1.5 };
const CONNECTIONS = 32;

interface Rate {
  readonly perSecond: number;
  readonly cpuMicros: number;
}

/** Runs `work` from 32 callers at once and measures throughput and the processor time of this process for each call. */
async function rate(calls: number, width: number, work: (index: number) => Promise<unknown>): Promise<Rate> {
  let next = 0;
  const cpu = process.cpuUsage();
  const started = process.hrtime.bigint();
  await Promise.all(Array.from({ length: width }, async () => {
    for (let index = (next += 1); index <= calls; index = next += 1) await work(index);
  }));
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  const { user, system } = process.cpuUsage(cpu);
  return { perSecond: Math.round(calls / seconds), cpuMicros: Math.round((user + system) / calls) };
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const round = (value: number) => Math.round(value * 100) / 100;

/** Both sides in turn, the order changing from round to round; the ratio is the median of the rounds' ratios. */
async function compare(rounds: number, ours: () => Promise<Rate>, baseline: () => Promise<Rate>): Promise<{ readonly ratio: number; readonly ours: Rate; readonly baseline: Rate; readonly ratios: readonly number[] }> {
  const pairs: { readonly ours: Rate; readonly baseline: Rate }[] = [];
  for (let index = 0; index < rounds; index += 1) {
    if (index % 2 === 0) {
      const first = await ours();
      pairs.push({ ours: first, baseline: await baseline() });
    } else {
      const first = await baseline();
      pairs.push({ ours: await ours(), baseline: first });
    }
  }
  const of = (side: "ours" | "baseline"): Rate => ({ perSecond: median(pairs.map((pair) => pair[side].perSecond)), cpuMicros: median(pairs.map((pair) => pair[side].cpuMicros)) });
  const ratios = pairs.map((pair) => round(pair.ours.perSecond / pair.baseline.perSecond));
  return { ratio: median(ratios), ours: of("ours"), baseline: of("baseline"), ratios };
}

async function sends({ size, progress }: CheckRun) {
  const sink = fork(fileURLToPath(new URL("bench-sink.js", import.meta.url)), { stdio: ["ignore", 2, 2, "ipc"] });
  const port = await new Promise<number>((resolve) => sink.once("message", (message: { readonly port: number }) => resolve(message.port)));
  const url = `http://127.0.0.1:${port}`;
  const messaging = createMessaging({ providers: [waha], accounts: { bench: { provider: "waha", config: { baseUrl: url, session: "bench", apiKey: "key" } } }, tenants: { bench: "bench" } });
  const tenant = messaging.forTenant("bench");
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const calls = size === "small" ? 3_000 : 15_000;
  let key = 0;
  const details = { title: "Check-up", description: "Please arrive ten minutes early.", location: "Clinic North", startsAt: "2026-12-01T15:00:00+00:00", endsAt: "2026-12-01T15:30:00+00:00" };
  const ours = () => rate(calls, CONNECTIONS, () => {
    key += 1;
    return tenant.send({ key: `apt_${key}`, to: `+3519${String(10_000_000 + key)}`, ...details });
  });
  /** What one would write without a library: validated by nobody, remembered nowhere. */
  const stock = () => rate(calls, CONNECTIONS, async () => {
    key += 1;
    const { data } = await axios.post<{ readonly id: string }>(`${url}/api/bench/events`, {
      chatId: `3519${String(10_000_000 + key)}@c.us`,
      event: { name: details.title, description: details.description, startTime: 1796137200, endTime: 1796139000, location: { name: details.location } },
    }, { headers: { "X-Api-Key": "key" }, httpAgent: agent, timeout: 30_000 });
    return data.id;
  });
  /** The adapter alone over the same client: what the messaging layers (validation, plan, book, retries) add is the difference to `ours`. */
  const http = axiosHttpClient();
  const provider = waha.open({ baseUrl: url, session: "bench", apiKey: "key" }, { account: accountId("bench"), http, now: () => fromEpochMs(Date.now()), learned: {} });
  const whole = { title: details.title, description: details.description, location: { name: details.location }, startsAt: instant(details.startsAt), endsAt: instant(details.endsAt) };
  const alone = () => rate(calls, CONNECTIONS, async () => {
    key += 1;
    const to = `+3519${String(10_000_000 + key)}`;
    if (!isPhone(to) || !provider.send) throw new Error("the adapter cannot send");
    return provider.send({ to, details: whole }, { signal: new AbortController().signal, callId: "bench", attempt: 1 });
  });
  const rounds = size === "small" ? 3 : 7;
  const against = "stock axios with a keep-alive agent, no validation, no book";
  try {
    progress("send: warming up …");
    for (const warm of [ours, stock, alone]) await warm();
    progress("send: measuring …");
    const send = { ...(await compare(rounds, ours, stock)), calls, connections: CONNECTIONS, against };
    return { send, adapter: { ...(await compare(rounds, alone, stock)), calls, connections: CONNECTIONS, against } };
  } finally {
    agent.destroy();
    await http.close();
    await messaging.close();
    sink.disconnect();
  }
}

async function codec({ size }: CheckRun) {
  const key = "north-window-17";
  const http: HttpClient = { request: () => Promise.reject(new Error("not used")), close: () => Promise.resolve() };
  const provider = waha.open({ baseUrl: "http://localhost:3000", session: "clinic", hmacKey: key }, { account: accountId("clinic"), http, now: () => fromEpochMs(Date.now()), learned: {} });
  const at = Date.now();
  const body = Buffer.from(JSON.stringify({
    id: "evt_01k9x7r3m2v5q8w1z4c6b0n7td", timestamp: at, event: "event.response", session: "clinic", metadata: { tenant: "042" },
    me: { id: "351910000777@c.us", pushName: "Clinic North", lid: "184000000000011@lid", jid: "351910000777:7@s.whatsapp.net" },
    payload: {
      id: "false_351960000123@c.us_3A1F5C9E77B2D4086A9C", timestamp: Math.floor(at / 1000), from: "351960000123@c.us", fromMe: false, source: "app", to: null, participant: null,
      hasMedia: false, media: null, location: null, vCards: null, ack: null, ackName: "UNKNOWN", replyTo: null,
      eventCreationKey: { id: "false_351910000777@c.us_3EB0C4D1A2B3F4E5061728", to: "me", from: "351910000777@c.us", fromMe: false },
      eventResponse: { response: "GOING", timestampMs: at, extraGuestCount: 0 }, _data: { Info: { Chat: "351960000123@s.whatsapp.net", Sender: "351960000123:3@s.whatsapp.net" }, Message: { encEventResponseMessage: {} } },
    },
    engine: "GOWS", environment: { version: "2026.7.1", engine: "GOWS", tier: "CORE", browser: null, platform: "linux/x64", worker: { id: null } },
  }));
  const signature = createHmac("sha512", key).update(body).digest("hex");
  const request: WebhookRequest = { method: "POST", tail: [], headers: new Map([["x-webhook-hmac", signature], ["x-webhook-hmac-algorithm", "sha512"]]), body, receivedAt: fromEpochMs(at) };
  const calls = size === "small" ? 20_000 : 100_000;
  let seen = 0;
  const ours = () => rate(calls, 1, () => {
    if (!provider.webhook.authenticate(request).ok) throw new Error("the signature was refused");
    const parsed = provider.webhook.parse(JSON.parse(body.toString("utf8")), request);
    if (parsed.kind === "facts") seen += parsed.facts.length;
    return Promise.resolve();
  });
  const plain = () => rate(calls, 1, () => {
    const expected = createHmac("sha512", key).update(body).digest();
    if (!timingSafeEqual(expected, Buffer.from(signature, "hex"))) throw new Error("the signature was refused");
    const value: unknown = JSON.parse(body.toString("utf8"));
    if (typeof value === "object") seen += 1;
    return Promise.resolve();
  });
  await ours();
  await plain();
  const { ratio, ...rest } = await compare(size === "small" ? 5 : 9, ours, plain);
  return { ...rest, ratio: round(1 / ratio), calls, bodyBytes: body.length, seen, against: "HMAC-SHA512 and JSON.parse alone, as cost: lower is better" };
}

await runCheck("bench", async (run) => {
  const { send, adapter } = await sends(run);
  const decoding = await codec(run);
  // A measurement that cannot tell a slow client from a quick one proves nothing: stock axios against itself must not look twice as quick.
  const blind = send.ratios.every((value) => value === send.ratios[0]) && send.ratios.length > 1;
  return {
    ok: send.ratio > 0 && decoding.ratio > 0 && !blind,
    send: { ...send, aim: AIMS.send, reached: send.ratio >= AIMS.send },
    adapter: { ...adapter, aim: AIMS.send, reached: adapter.ratio >= AIMS.send },
    codec: { ...decoding, aim: AIMS.codec, reached: decoding.ratio <= AIMS.codec },
    planted: await plantedSlowness(),
  };
});

/** A codec with a second HMAC in it must measure as slower than the one without. */
async function plantedSlowness(): Promise<{ readonly tried: number; readonly caught: number }> {
  const body = Buffer.alloc(2_000, "x");
  const once = () => rate(5_000, 1, async () => void createHmac("sha512", "key").update(body).digest());
  const twice = () => rate(5_000, 1, async () => {
    createHmac("sha512", "key").update(body).digest();
    createHmac("sha512", "key").update(body).digest();
  });
  await once();
  await twice();
  const { ratio } = await compare(5, once, twice);
  return { tried: 1, caught: ratio > 1.2 ? 1 : 0 };
}
