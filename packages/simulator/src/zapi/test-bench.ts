import { createServer } from "node:http";
import type { JsonObject } from "../json.js";
import { isObject } from "../json.js";
import { startZapi, zapiDefaults } from "./start.js";
import type { ZapiOptions, ZapiSimulator } from "./start.js";
import type { ZapiInstanceSetup } from "./state.js";

/** A callback as the test's receiver got it. */
export interface Caught {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: JsonObject;
}

export interface Answered {
  readonly status: number;
  readonly text: string;
  readonly json: JsonObject;
  readonly list: readonly unknown[];
}

export interface Bench {
  readonly zapi: ZapiSimulator;
  readonly hooks: string;
  readonly caught: readonly Caught[];
  /** Bodies of one callback type, compared without regard to case. */
  of(type: string): readonly JsonObject[];
  /** `ReceivedCallback`s that hold this key. */
  with(key: string): readonly JsonObject[];
  /** Answers the next callbacks with these statuses, then 200 again. */
  answerWith(...statuses: readonly number[]): void;
  /** Runs before each callback is acknowledged. */
  onCallback(run: (caught: Caught) => void | Promise<void>): void;
  call(method: string, operation: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answered>;
  stop(): Promise<void>;
}

export const GROUP = zapiDefaults.group;
export const EVENT = { name: "Safety briefing", description: "Bring your badge", dateTime: "2026-11-20T18:00:00.000Z", timeZone: "UTC", location: { name: "Warehouse 7" }, callLinkType: "video", canceled: false };
export const RITA = { phone: "5511987650001", lid: "70123456789012", name: "Rita" };

/** A simulator without waits, a receiver for its callbacks, and a client; all webhooks set, own messages echoed. For tests. */
export async function startBench(options: ZapiOptions = {}, instance: Partial<ZapiInstanceSetup> = {}): Promise<Bench> {
  const caught: Caught[] = [];
  const statuses: number[] = [];
  let react: (caught: Caught) => void | Promise<void> = () => undefined;
  const receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body: unknown = JSON.parse(Buffer.concat(chunks).toString("utf8"));
      const entry = { path: request.url ?? "", headers: request.headers, body: isObject(body) ? body : {} };
      caught.push(entry);
      void Promise.resolve(react(entry)).then(() => response.writeHead(statuses.shift() ?? 200).end());
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  const address = receiver.address();
  if (address === null || typeof address === "string") throw new Error("the receiver has no port");
  const hooks = `http://127.0.0.1:${address.port}/hooks`;
  const zapi = await startZapi({
    clockFactor: 0,
    instances: [{ id: zapiDefaults.instanceId, token: zapiDefaults.token, webhooks: hooks, notifySentByMe: true, ...instance }],
    ...options,
  });
  const typeOf = (body: JsonObject): string => String(body["type"]).toLowerCase();
  return {
    zapi,
    hooks,
    caught,
    of: (type) => caught.map(({ body }) => body).filter((body) => typeOf(body) === type.toLowerCase()),
    with: (key) => caught.map(({ body }) => body).filter((body) => typeOf(body) === "receivedcallback" && key in body),
    answerWith: (...next) => void statuses.push(...next),
    onCallback: (run) => {
      react = run;
    },
    call: async (method, operation, body, headers) => {
      const response = await fetch(`${zapi.url}/instances/${zapiDefaults.instanceId}/token/${zapiDefaults.token}/${operation}`, {
        method,
        headers: headers ?? { "client-token": zapiDefaults.clientToken, ...(body === undefined ? {} : { "content-type": "application/json" }) },
        ...(body === undefined ? {} : { body: Buffer.from(typeof body === "string" ? body : JSON.stringify(body)) }),
      });
      const text = await response.text();
      const parsed: unknown = text.startsWith("{") || text.startsWith("[") ? JSON.parse(text) : {};
      return { status: response.status, text, json: isObject(parsed) ? parsed : {}, list: Array.isArray(parsed) ? parsed : [] };
    },
    stop: async () => {
      await zapi.stop();
      receiver.closeAllConnections();
      await new Promise((resolve) => receiver.close(resolve));
    },
  };
}
