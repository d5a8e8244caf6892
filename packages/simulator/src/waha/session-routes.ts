import { isObject } from "../json.js";
import type { Reply, SimRequest } from "../server.js";
import { frameworkError, noRoute, noSession, notStarted, onlyDefault } from "./errors.js";
import type { ApiKey } from "./keys.js";
import { configIn, createSession, restartSession, sessionDto, sessionInfo, startSession, stopSession } from "./sessions.js";
import type { WahaSession, World } from "./state.js";
import { sessionProblems } from "./validate-session.js";
import { releaseOf } from "./version.js";
import { isSingle } from "./wait-for-session.js";

/** `/api/sessions[/{name}[/{act}]]`. */
export const sessionRoutes = async (world: World, request: SimRequest, who: "admin" | ApiKey, name: string | undefined, act: string | undefined, body: unknown): Promise<Reply> => {
  if (name === undefined) {
    if (request.method === "POST") return create(world, body);
    if (request.method !== "GET") return noRoute(request);
    const all = request.query.get("all") === "true";
    const mine = [...world.sessions.values()].filter((session) => (all || session.running) && (who === "admin" || who.session === session.name));
    return { status: 200, json: mine.map((session) => sessionInfo(world, session)) };
  }
  if (act === undefined && request.method === "POST" && ["start", "stop", "logout"].includes(name)) return deprecated(world, request, name, body);
  if (isSingle(world) && name !== "default") return onlyDefault(name);
  const session = world.sessions.get(name);
  if (act !== undefined) return actOn(world, request, session, name, act);
  switch (request.method) {
    case "GET":
      return session === undefined ? noSession() : { status: 200, json: sessionInfo(world, session) };
    case "PUT":
      return session === undefined ? noSession() : update(world, session, body);
    case "DELETE":
      if (session !== undefined) {
        await stopSession(world, session);
        world.sessions.delete(name);
      }
      return { status: 200 };
    default:
      return noRoute(request);
  }
};

const create = (world: World, body: unknown): Reply => {
  const release = releaseOf(world.switches);
  const problems = sessionProblems(body, release);
  if (problems.length > 0) return frameworkError(400, problems);
  const { name: given, start } = isObject(body) ? body : {};
  const name = typeof given === "string" && given !== "" ? given : `session_${world.ids.ulid().toLowerCase()}`;
  if (isSingle(world) && name !== "default") return onlyDefault(name);
  if (world.sessions.has(name)) return frameworkError(422, `Session '${name}' already exists. Use PUT to update it.`);
  const session = createSession(world, name, configIn(body));
  session.paired = false;
  // A missing `start` is true by the documentation and false in the code of 2025.11.3.
  if (start === true || (start !== false && release.merged)) startSession(world, session);
  return { status: 201, json: sessionDto(session) };
};

/** Replaces the whole configuration: what the request leaves out is gone. A running session is stopped and started. */
const update = async (world: World, session: WahaSession, body: unknown): Promise<Reply> => {
  const problems = sessionProblems({ ...(isObject(body) ? body : {}), name: session.name }, releaseOf(world.switches));
  if (problems.length > 0) return frameworkError(400, problems);
  const { running } = session;
  if (running) await stopSession(world, session);
  session.config = configIn(body);
  if (running) startSession(world, session);
  return { status: 200, json: sessionDto(session) };
};

/** `POST /api/sessions/start|stop|logout` with the name in the body: deprecated, still answered. WAHA OpenAPI 2026.7.1. A start creates what is not there; the others do not mind. */
const deprecated = async (world: World, request: SimRequest, act: string, body: unknown): Promise<Reply> => {
  const { name, logout } = isObject(body) ? body : {};
  if (typeof name !== "string" || name === "") return frameworkError(400, ["name should not be empty", "name must be a string"]);
  if (isSingle(world) && name !== "default") return onlyDefault(name);
  const session = world.sessions.get(name);
  if (act === "start") {
    if (session === undefined) return create(world, { name, config: configIn(body), start: true });
    return actOn(world, request, session, name, "start");
  }
  if (session === undefined) return { status: 201 };
  return actOn(world, request, session, name, act === "logout" || logout === true ? "logout" : "stop");
};

const actOn = async (world: World, request: SimRequest, session: WahaSession | undefined, name: string, act: string): Promise<Reply> => {
  const route = `${request.method} ${act}`;
  if (route === "GET me") {
    if (session === undefined) return noSession();
    if (!session.running) return notStarted(name);
    if (session.known) return { status: 200, json: session.me };
    return releaseOf(world.switches).merged ? { status: 200, json: null } : { status: 200 };
  }
  if (!["POST start", "POST stop", "POST restart", "POST logout"].includes(route)) return noRoute(request);
  if (session === undefined) return noSession();
  if (route === "POST start") {
    const refuses = world.switches.startAgain === "422" || (world.switches.startAgain === "of-version" && !releaseOf(world.switches).merged);
    if (session.running && refuses) return frameworkError(422, `Session '${name}' is already started.`);
    startSession(world, session);
  } else if (route === "POST stop") await stopSession(world, session);
  else {
    if (route === "POST logout") {
      session.paired = false;
      session.known = false;
    }
    await restartSession(world, session);
  }
  return { status: 201, json: sessionDto(session) };
};
