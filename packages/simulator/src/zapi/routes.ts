import { answerUnder } from "../faults.js";
import type { FaultAnswers } from "../faults.js";
import { isObject } from "../json.js";
import type { JsonObject } from "../json.js";
import type { Reply, SimRequest, SimRequestHead } from "../server.js";
import { findInstance, refusedCaller, wrongClientToken } from "./auth.js";
import { contactOperations } from "./contact-routes.js";
import { eventOperations } from "./event-routes.js";
import { instanceOperations } from "./instance-routes.js";
import type { Operation } from "./operation.js";
import { queueOperations } from "./queue-routes.js";
import { replies } from "./replies.js";
import { textOperations } from "./text-routes.js";
import { webhookOperations } from "./webhook-routes.js";
import type { ZapiWorld } from "./world.js";

const operations: readonly Operation[] = [...eventOperations, ...textOperations, ...instanceOperations, ...queueOperations, ...webhookOperations, ...contactOperations];

/** The operation that a path names, without a `/*`: what scripted faults and the journal call it. */
export function operationName(head: Pick<SimRequestHead, "segments">): string | undefined {
  const [instances, , token, , ...rest] = head.segments;
  if (instances !== "instances" || token !== "token" || rest.length === 0) return undefined;
  return find(rest)[0]?.name.replace("/*", "") ?? rest.join("/");
}

function find(rest: readonly string[]): readonly Operation[] {
  const exact = operations.filter(({ name }) => name === rest.join("/"));
  return exact.length > 0 || rest.length !== 2 ? exact : operations.filter(({ name }) => name === `${rest[0]}/*`);
}

/** Answers one request as Z-API would, scripted faults included, and journals it. */
export async function route(world: ZapiWorld, request: SimRequest): Promise<Reply> {
  const [, id = "", , token = "", ...rest] = request.segments;
  const operation = operationName(request);
  if (operation === undefined) return unknownOperation(world);
  const about = { account: world.instances.has(id) ? id : "unknown", operation };
  world.journal.add({ ...about, act: "request.received" });
  const reply = await answerUnder(world.faults.take(operation), () => act(world, request, id, token, rest), faultAnswers(world, request));
  if ("status" in reply && (reply.status >= 400 || ("json" in reply && refusedIn200(operation, reply.json)))) world.journal.add({ ...about, act: "request.refused", status: reply.status });
  return reply;
}

/** `/status` fills `error` on success; everywhere else an `error` or `value: false` is a refusal. */
const refusedIn200 = (operation: string, json: unknown): boolean => isObject(json) && operation !== "status" && (json["value"] === false || "error" in json);

async function act(world: ZapiWorld, request: SimRequest, id: string, token: string, rest: readonly string[]): Promise<Reply> {
  const named = find(rest);
  if (named.length === 0) return unknownOperation(world);
  const operation = named.find(({ method }) => method === request.method);
  if (operation === undefined) return replies.empty(405);
  const instance = findInstance(world, id, token);
  if (!("queue" in instance)) return instance;
  const refused = refusedCaller(world, request.headers["client-token"]);
  if (refused !== undefined) return refused;

  const withBody = request.body.length > 0 && (request.method === "POST" || request.method === "PUT");
  if (withBody && !/^application\/json\b/i.test(request.headers["content-type"] ?? "")) return replies.empty(415);
  const body = withBody ? jsonOf(request.body) : {};
  if (body === undefined) return replies.error(400, "Unable to read the request body");
  return operation.answer({ world, instance, request, body, parameter: rest[1] ?? "" });
}

function jsonOf(bytes: Buffer): JsonObject | undefined {
  try {
    const parsed: unknown = JSON.parse(bytes.toString("utf8"));
    return isObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

const unknownOperation = (world: ZapiWorld): Reply => replies.notFound(Number(world.switches.unknownOperation));

/** Z-API's words for scripted faults. Neither 429 nor 5xx is documented: their bodies are invented in its normal error shape. */
const faultAnswers = (world: ZapiWorld, request: SimRequest): FaultAnswers => ({
  refuse: ({ code }) => {
    if (code === undefined || code === "invalid-phone") return replies.invalidPhone();
    if (code === "suspended") return replies.suspended();
    if (code === "not-connected") return replies.notConnected();
    if (code === "queue-full") return replies.queueFull();
    if (code === "value-false") return replies.value(false);
    return code === "smartphone" ? replies.smartphoneSilent() : replies.error(400, code);
  },
  unauthorized: () => wrongClientToken(request.headers["client-token"] ?? "null"),
  rateLimited: () => replies.error(429, "Too many requests"),
  serverError: ({ status }) => replies.error(status ?? 500, "Internal Server Error"),
  notReady: () => (world.switches.disconnectedSend === "value-false" ? replies.value(false) : replies.notConnected()),
  withoutId: ({ status }) => ({ status, json: {} }),
  wait: (ms) => world.timers.wait(ms, request.closed),
});
