import { createHmac } from "node:crypto";
import { isObject, type JsonObject } from "../json.js";
import { subscribes, type EventName } from "./events.js";
import { isGroup } from "./jids.js";
import { heardBy } from "./socket.js";
import type { WahaSession, World } from "./state.js";
import { environmentOf, releaseOf } from "./version.js";

/** `hex(HMAC-SHA512(utf8(key), body))`. WAHA docs: how-to/events. */
export const hmacOf = (key: string, body: Buffer): string => createHmac("sha512", Buffer.from(key, "utf8")).update(body).digest("hex");

/** Milliseconds before retry number `retry` (from 1), as measured: constant d, linear n·d, exponential 2ⁿ·d plus up to a fifth; `Retry-After` lengthens it. */
export const retryWaitMs = (policy: unknown, delaySeconds: number, retry: number, retryAfterSeconds: number | undefined, random: () => number): number => {
  const factor = policy === "linear" ? retry : policy === "exponential" ? 2 ** retry * (1 + random() * 0.2) : 1;
  return Math.max(delaySeconds * factor, retryAfterSeconds ?? 0) * 1000;
};

/** The envelope of an event, as it stands when the server creates it. */
const envelopeOf = (world: World, session: WahaSession, event: EventName, payload: JsonObject): JsonObject => {
  const release = releaseOf(world.switches);
  const metadata = session.config?.["metadata"];
  return {
    id: world.ids.envelope(),
    timestamp: world.timers.now(),
    event,
    session: session.name,
    ...(isObject(metadata) ? { metadata } : {}),
    ...(session.known ? { me: session.me } : {}),
    payload,
    ...(release.envelopeEngine ? { engine: world.switches.engine } : {}),
    environment: environmentOf(world.switches),
  };
};

export interface About {
  /** The chat it happened in: `config.ignore` drops events by it. */
  readonly chat?: string;
  /** Bare id, for the journal. */
  readonly messageId?: string;
}

/**
 * Posts an event to every target that subscribed to it, each on its own at once: the same envelope, a request id for each. Whoever listens on `/ws` gets that envelope, too.
 * Resolves when every target's first try is over; the retries go on.
 */
export const emit = async (world: World, session: WahaSession, event: EventName, payload: JsonObject, about: About = {}): Promise<void> => {
  if (about.chat !== undefined && ignored(session, about.chat)) return;
  const targets = [...listOf(session.config?.["webhooks"]), ...world.globalWebhooks].filter((target) => Array.isArray(target["events"]) && subscribes(target["events"], event));
  const listeners = heardBy(world, session.name, event);
  if (targets.length === 0 && listeners.length === 0) return;
  const envelope = envelopeOf(world, session, event, payload);
  const text = JSON.stringify(envelope);
  for (const { peer } of listeners) peer.sendText(text);
  const body = Buffer.from(text, "utf8");
  await Promise.all(targets.map((target) => deliver(world, session, target, envelope, body, about)));
};

const deliver = (world: World, session: WahaSession, target: JsonObject, envelope: JsonObject, body: Buffer, about: About): Promise<void> => {
  const release = releaseOf(world.switches);
  const { policy, delaySeconds, attempts } = isObject(target["retries"]) ? target["retries"] : {};
  const delay = typeof delaySeconds === "number" ? delaySeconds : 2;
  const key = isObject(target["hmac"]) ? target["hmac"]["key"] : undefined;
  const custom = listOf(target["customHeaders"]).map(({ name, value }) => [String(name), String(value)] as const);
  const headers: Record<string, string> = {
    accept: "application/json, text/plain, */*",
    "content-type": "application/json",
    "user-agent": `WAHA/${release.version}`,
    ...Object.fromEntries(custom),
    "x-webhook-request-id": release.shortRequestIds ? world.ids.short(14) : world.ids.ulid(),
    "x-webhook-timestamp": String(envelope["timestamp"]),
    ...(typeof key === "string" && key !== "" ? { "x-webhook-hmac": hmacOf(key, body), "x-webhook-hmac-algorithm": "sha512" } : {}),
    "accept-encoding": "gzip, compress, deflate, br",
    connection: "keep-alive",
  };
  return world.sender.send({
    account: session.name,
    operation: String(envelope["event"]),
    ...(about.messageId === undefined ? {} : { messageId: about.messageId }),
    url: String(target["url"]),
    headers,
    body,
    retries: typeof attempts === "number" ? attempts : 15,
    waitMs: (retry, retryAfter) => retryWaitMs(policy, delay, retry, retryAfter, world.random),
    followRedirects: true,
    signal: session.retries.signal,
  }).first;
};

const ignored = (session: WahaSession, chat: string): boolean => {
  const ignore = session.config?.["ignore"];
  if (!isObject(ignore)) return false;
  return (
    (ignore["groups"] === true && isGroup(chat)) ||
    (ignore["channels"] === true && chat.endsWith("@newsletter")) ||
    (ignore["status"] === true && chat === "status@broadcast") ||
    (ignore["broadcast"] === true && chat.endsWith("@broadcast"))
  );
};

export const listOf = (value: unknown): readonly JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);
