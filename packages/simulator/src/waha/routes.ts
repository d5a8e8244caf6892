import { answerUnder, type Fault } from "../faults.js";
import { isObject } from "../json.js";
import type { Answered, Reply, SimRequest, SimRequestHead } from "../server.js";
import { checkExists, lidRoutes } from "./contacts.js";
import { exceptionReply, forbidden, frameworkError, noRoute, notAsExpected, onlyPlus, refusalOf, typeError, unauthorized } from "./errors.js";
import { groupRoutes } from "./groups.js";
import { messageRoutes } from "./history.js";
import { allows, keyRoutes, type ApiKey, type Scope } from "./keys.js";
import { parseBody } from "./parse-body.js";
import { sendEvent, sendPoll, sendText, sessionIn } from "./send.js";
import { sessionRoutes } from "./session-routes.js";
import { WahaSession, type World } from "./state.js";
import { environmentOf, releaseOf } from "./version.js";
import { sessionReady } from "./wait-for-session.js";

interface Route {
  /** The name that faults and the journal use. */
  readonly operation: string;
  readonly session?: string | undefined;
  readonly scope: Scope | "admin";
  readonly run: (request: SimRequest, body: unknown, who: "admin" | ApiKey) => Promise<Reply> | Reply;
}

const CORS = { "x-powered-by": "Express", "access-control-allow-origin": "*" };

/** Every call to the simulated server, in the server's own order: body, key, scope, then the call. */
export const handleApi = async (world: World, request: SimRequest): Promise<Reply> => {
  if (request.method === "OPTIONS") return { status: 204, headers: { ...CORS, "access-control-allow-methods": "GET,HEAD,PUT,PATCH,POST,DELETE" } };
  const reply = await answer(world, request);
  return "status" in reply ? { ...reply, headers: { ...CORS, ...reply.headers } } : reply;
};

const answer = async (world: World, request: SimRequest): Promise<Reply> => {
  const parsed = parseBody(request);
  if ("problem" in parsed) return frameworkError(400, parsed.problem);
  if ("exception" in parsed) return exceptionReply(parsed.exception, request, undefined, world.switches, world.timers.now());
  const { body } = parsed;
  if (request.path === "/ping") return { status: 200, json: { message: "pong" } };
  const who = world.keys.who(keyOf(world, request));
  const guarded = request.segments[0] === "api" || request.path === "/health";
  const route = routeOf(world, request, body);
  const account = route?.session ?? "*";
  const operation = route?.operation ?? "unknown";
  if (guarded) world.journal.add({ account, act: "request.received", operation, detail: `${request.method} ${request.path}` });
  const reply = await decide(world, request, body, route, guarded, who);
  if ("status" in reply && reply.status >= 400) world.journal.add({ account, act: "request.refused", operation, status: reply.status });
  return reply;
};

const decide = async (world: World, request: SimRequest, body: unknown, route: Route | undefined, guarded: boolean, who: "admin" | ApiKey | undefined): Promise<Reply> => {
  if (guarded && who === undefined) return unauthorized();
  if (route === undefined || who === undefined) return noRoute(request);
  if (request.segments[1]?.trim() === "" && releaseOf(world.switches).scopedKeys) return frameworkError(400, "Session name is required");
  if (!allows(who, route.scope, route.session)) return forbidden();
  return answerUnder(world.faults.take(route.operation), async () => route.run(request, body, who), faultAnswers(world, request, body, route.session));
};

const keyOf = (world: World, request: SimRequest): string | undefined =>
  request.headers["x-api-key"] ?? (releaseOf(world.switches).queryKey ? (request.query.get("x-api-key") ?? undefined) : undefined);

/** The operation a request is about, as faults name it; known before its body is read. */
export const operationOf = (world: World, head: SimRequestHead): string | undefined => routeOf(world, head, undefined)?.operation;

const routeOf = (world: World, { method, segments, path, query }: SimRequestHead, body: unknown): Route | undefined => {
  const [root, first, second, third, fourth, fifth, sixth, ...more] = segments;
  if (path === "/health") return { operation: "health", scope: "admin", run: () => health(world) };
  if (root !== "api" || first === undefined || more.length > 0) return undefined;
  const simple = `${method} /${segments.slice(1).join("/")}`;
  switch (simple) {
    case "POST /sendPoll":
      return { operation: "sendPoll", session: sessionIn(body), scope: "send", run: (request) => sendPoll(world, request, body) };
    case "POST /sendText":
      return { operation: "sendText", session: sessionIn(body), scope: "send", run: (request) => sendText(world, request, body) };
    case "GET /contacts/check-exists":
      return { operation: "check-exists", session: query.get("session") ?? undefined, scope: "read", run: (request) => checkExists(world, request) };
    case "GET /version":
    case "GET /server/version":
      return { operation: "version", scope: "read", run: () => ({ status: 200, json: environmentOf(world.switches) }) };
    case "GET /server/status":
      return { operation: "status", scope: "read", run: () => ({ status: 200, json: { startTimestamp: world.timers.now() - 60_000, uptime: 60_000, worker: { id: "" } } }) };
  }
  if (first === "keys" && third === undefined && releaseOf(world.switches).scopedKeys) {
    return { operation: "keys", scope: "admin", run: (request, input) => keyRoutes(world.keys, request, input, second) ?? noRoute(request) };
  }
  if (first === "sessions" && fourth === undefined) {
    return { operation: "sessions", session: second, scope: sessionScope(method, second, third), run: (request, input, who) => sessionRoutes(world, request, who, second, third, input) };
  }
  if (method === "POST" && second === "events" && third === undefined) {
    return { operation: "events", session: first, scope: "send", run: (request, input) => sendEvent(world, request, first, input) };
  }
  if (method === "GET" && second === "lids" && fifth === undefined) {
    return { operation: "lids", session: first, scope: "read", run: (request) => lidRoutes(world, request, first, third, fourth) };
  }
  if (method === "GET" && second === "groups" && isGroupRead(segments.slice(4))) {
    return { operation: "groups", session: first, scope: "read", run: (request) => groupRoutes(world, request, first, request.segments.slice(3)) };
  }
  if (method === "GET" && second === "new-message-id" && third === undefined && releaseOf(world.switches).callerIds) {
    return { operation: "new-message-id", session: first, scope: "read", run: (request) => newMessageId(world, request, first) };
  }
  if (second === "chats" && third !== undefined && fourth === "messages") {
    const scope = method === "GET" ? "read" : "send";
    return { operation: "messages", session: first, scope, run: (request, input) => messageRoutes(world, request, first, third, fifth, sixth, input) };
  }
  return undefined;
};

const isGroupRead = (part: readonly string[]): boolean => ["", "settings/security/messages-admin-only", "participants/v2"].includes(part.join("/"));

const sessionScope = (method: string, name: string | undefined, act: string | undefined): Scope | "admin" => {
  if (name === undefined) return method === "GET" ? "read" : "admin";
  if (act !== undefined) return method === "GET" ? "read" : "control";
  return method === "GET" ? "read" : method === "DELETE" ? "delete" : "setting";
};

const newMessageId = async (world: World, request: SimRequest, name: string): Promise<Reply> => {
  const session = await sessionReady(world, name, request.closed);
  return session instanceof WahaSession ? { status: 200, json: { id: world.ids.sent() } } : session;
};

/** WAHA docs: how-to/observability. Only paid editions had it before the editions were merged. */
const health = (world: World): Reply =>
  releaseOf(world.switches).merged ? { status: 200, json: { status: "ok", info: {}, error: {}, details: {} } } : onlyPlus(world.switches.engine);

const faultAnswers = (world: World, request: SimRequest, body: unknown, session: string | undefined) => {
  const failure = (code: string): Reply => exceptionReply(refusalOf(code), request, body, world.switches, world.timers.now());
  return {
    refuse: (fault: Fault) => failure(fault.code ?? "463"),
    unauthorized,
    /** WAHA itself limits nothing; a proxy in front of it may. */
    rateLimited: (): Reply => ({ status: 429, headers: { "retry-after": "1" }, text: "<html><body>429 Too Many Requests</body></html>" }),
    serverError: (): Reply => exceptionReply(typeError("Cannot read properties of undefined (reading 'client')"), request, body, world.switches, world.timers.now()),
    notReady: async (): Promise<Reply> => {
      await world.timers.wait(10_000, request.closed);
      return notAsExpected(session ?? "default", "STARTING");
    },
    wait: (ms: number): Promise<unknown> => world.timers.wait(ms, request.closed),
    withoutId: (reply: Answered): Reply => ({ status: reply.status, json: isObject(reply.json) ? { ...reply.json, id: undefined, key: undefined, _data: null } : {} }),
  };
};
