import { createServer } from "node:http";
import { isObject, type JsonObject } from "../json.js";
import { startWaha, wahaDefaults, type WahaOptions, type WahaSimulator } from "./start.js";
import type { WahaSessionSetup } from "./accounts.js";

/** A webhook as the test's receiver got it. */
export interface Caught {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly bytes: Buffer;
  readonly body: JsonObject;
  /** `body.payload`, or an empty object. */
  readonly payload: JsonObject;
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: JsonObject;
  readonly list: readonly unknown[];
}

export interface Bench {
  readonly waha: WahaSimulator;
  readonly hooks: string;
  readonly caught: readonly Caught[];
  of(event: string): readonly Caught[];
  /** Answers the next webhooks with these statuses, then 200 again. */
  answerWith(...answers: readonly { readonly status: number; readonly headers?: Readonly<Record<string, string>> }[]): void;
  call(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answered>;
  /** Sends the sample event, waits until everything that follows has happened, and gives the bare id. */
  invite(chatId: string, event?: JsonObject): Promise<string>;
  stop(): Promise<void>;
}

export const SESSION = "salon-042";
export const GUEST = { phone: "351960000123", lid: "271000000000099", name: "Rita" };
export const CHAT = "351960000123@c.us";
export const GROUP = "120363400000000555@g.us";
export const EVENT = { name: "Colour appointment", description: "Please arrive early.", startTime: 1798797600, endTime: 1798803000, location: { name: "Salon North" }, extraGuestsAllowed: false };
export const KEY = "north-window-17";

/** A simulator without waits, a receiver for its webhooks (all events, signed), and a client. For tests. */
export const startBench = async (options: WahaOptions = {}, setup: Partial<WahaSessionSetup> = {}, webhook: JsonObject = {}): Promise<Bench> => {
  const caught: Caught[] = [];
  const planned: { readonly status: number; readonly headers?: Readonly<Record<string, string>> }[] = [];
  const receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const bytes = Buffer.concat(chunks);
      const parsed: unknown = bytes.length === 0 ? {} : JSON.parse(bytes.toString("utf8"));
      const body = isObject(parsed) ? parsed : {};
      caught.push({ method: request.method ?? "", path: request.url ?? "", headers: request.headers, bytes, body, payload: objectAt(body, "payload") });
      const answer = planned.shift() ?? { status: 200 };
      response.writeHead(answer.status, answer.headers).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  const address = receiver.address();
  if (address === null || typeof address === "string") throw new Error("the receiver has no port");
  const hooks = `http://127.0.0.1:${address.port}`;
  const config = { metadata: { tenant: "042" }, webhooks: [{ url: `${hooks}/waha`, events: ["*"], hmac: { key: KEY }, ...webhook }] };
  const waha = await startWaha({ clockFactor: 0, sessions: [{ name: SESSION, config, ...setup }], ...options });

  const call = async (method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answered> => {
    const sent = { "x-api-key": wahaDefaults.apiKey, ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers };
    const present = Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== ""));
    const response = await fetch(waha.url + path, { method, headers: present, ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }) });
    const text = await response.text();
    const parsed = parse(text);
    return { status: response.status, headers: response.headers, text, json: isObject(parsed) ? parsed : {}, list: Array.isArray(parsed) ? parsed : [] };
  };
  return {
    waha,
    hooks,
    caught,
    of: (event) => caught.filter(({ body }) => body["event"] === event),
    answerWith: (...answers) => void planned.push(...answers),
    call,
    invite: async (chatId, event = EVENT) => {
      const { json } = await call("POST", `/api/${SESSION}/events`, { chatId, event });
      await waha.flush();
      return String(json["id"]).split("_")[2] ?? "";
    },
    stop: async () => {
      await waha.stop();
      receiver.closeAllConnections();
      await new Promise((resolve) => receiver.close(resolve));
    },
  };
};

export const objectAt = (from: JsonObject | undefined, ...path: readonly string[]): JsonObject =>
  path.reduce<JsonObject>((at, key) => {
    const next = at[key];
    return isObject(next) ? next : {};
  }, from ?? {});

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
