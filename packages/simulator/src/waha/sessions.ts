import { isObject, type JsonObject } from "../json.js";
import { WahaSession, type Me, type WahaStatus, type World } from "./state.js";
import { releaseOf } from "./version.js";
import { emit } from "./webhooks.js";

/** A stop takes about this long, whatever the session does. */
const STOP_MS = 3_000;
/** From STARTING to WORKING. Not a documented figure: the vendor only says that WORKING may lag by up to two seconds. */
const CONNECT_MS = 1_000;
/** Not documented. */
const QR_MS = 20_000;

/** Changes the status and tells everybody: `session.status` with the last three statuses, oldest first. What waited for WORKING is reported. */
export const setStatus = (world: World, session: WahaSession, status: WahaStatus): void => {
  session.status = status;
  if (status === "WORKING") session.known = true;
  session.statuses = [...session.statuses, { status, timestamp: world.timers.now() }].slice(-3);
  world.journal.add({ account: session.name, act: "status.changed", detail: status });
  const payload = { name: session.name, status, statuses: session.statuses, ...(releaseOf(world.switches).passkeys ? { data: null } : {}) };
  void world.timers.track(emit(world, session, "session.status", payload));
  if (status === "SCAN_QR_CODE") refreshQr(world, session);
  if (status !== "WORKING") return;
  const { backlog } = session;
  session.backlog = [];
  void world.timers.track(Promise.all(backlog.map((what) => what())));
};

/** A new code, while nobody has scanned the last one. */
const refreshQr = (world: World, session: WahaSession): void => {
  const shown = session.statuses.filter(({ status }) => status === "SCAN_QR_CODE").length;
  if (world.switches.qrRefresh === "none" || shown > 2) return;
  world.timers.after(QR_MS, () => {
    if (session.status === "SCAN_QR_CODE" && world.sessions.get(session.name) === session) setStatus(world, session, "SCAN_QR_CODE");
  });
};

/** STOPPED, STARTING, and after a moment WORKING or, without a linked phone, SCAN_QR_CODE. */
export const startSession = (world: World, session: WahaSession): void => {
  if (session.running) return;
  setStatus(world, session, "STOPPED");
  setStatus(world, session, "STARTING");
  world.timers.after(CONNECT_MS, () => {
    if (session.status === "STARTING" && world.sessions.get(session.name) === session) setStatus(world, session, session.paired ? "WORKING" : "SCAN_QR_CODE");
  });
};

/** Takes about 3 s when the session runs. Retries of its webhooks end with it. */
export const stopSession = async (world: World, session: WahaSession): Promise<void> => {
  if (!session.running) return;
  await world.timers.wait(STOP_MS);
  session.retries.abort();
  session.retries = new AbortController();
  setStatus(world, session, "STOPPED");
};

export const restartSession = async (world: World, session: WahaSession): Promise<void> => {
  await stopSession(world, session);
  startSession(world, session);
};

export const createSession = (world: World, name: string, config: JsonObject | undefined, me: Me = meOf({})): WahaSession => {
  const session = new WahaSession(name, me, config);
  world.sessions.set(name, session);
  return session;
};

/** An account's own ids from digits. `lid: null` for an account without one. */
export const meOf = (from: { readonly phone?: string; readonly lid?: string | null; readonly pushName?: string }): Me => {
  const phone = from.phone ?? "351910000777";
  const lid = from.lid === undefined ? "184000000000011" : from.lid;
  return { id: `${phone}@c.us`, pushName: from.pushName ?? "Salon North", ...(lid === null ? {} : { lid: `${lid}@lid` }), jid: `${phone}:7@s.whatsapp.net` };
};

/** As `GET /api/sessions/{name}` prints it, HMAC keys in clear included. `me` is missing until the account is known. */
export const sessionInfo = (world: World, session: WahaSession): JsonObject => ({
  name: session.name,
  status: session.status,
  ...(session.config === undefined ? {} : { config: session.config }),
  ...(session.known && session.running ? { me: session.me } : {}),
  ...(session.running ? { engine: engineInfo(world, session) } : {}),
  presence: null,
  timestamps: { activity: null },
});

const engineInfo = (world: World, session: WahaSession): JsonObject =>
  world.switches.engine === "GOWS"
    ? { grpc: { client: "READY", stream: "READY" }, gows: { found: true, connected: session.status === "WORKING" } }
    : { engine: world.switches.engine };

/** As create, update and the life-cycle calls print it. */
export const sessionDto = (session: WahaSession): JsonObject => ({ name: session.name, status: session.status, ...(session.config === undefined ? {} : { config: session.config }) });

export const configIn = (body: unknown): JsonObject | undefined => {
  const config = isObject(body) ? body["config"] : undefined;
  return isObject(config) ? config : undefined;
};
