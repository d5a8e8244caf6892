import { ControlError } from "../control-error.js";
import { digitsOf, isObject, type JsonObject } from "../json.js";
import type { WahaGroup } from "./group.js";
import { createSession, meOf, setStatus } from "./sessions.js";
import type { WahaSession, WahaStatus, World } from "./state.js";
import { listOf } from "./webhooks.js";

/** A session as a test sets it up. */
export interface WahaSessionSetup {
  readonly name: string;
  /** Default WORKING. Any word is taken: clients must survive one they do not know. */
  readonly status?: WahaStatus;
  /** Whether a phone is linked: a start then ends in WORKING. Default true. */
  readonly paired?: boolean;
  /** The account's own number and LID, digits. `lid: null` for an account without one. */
  readonly phone?: string;
  readonly lid?: string | null;
  readonly pushName?: string;
  /** As in `POST /api/sessions`: `metadata`, `webhooks`, `ignore`, … */
  readonly config?: JsonObject;
  /** Pairs the engine has met. */
  readonly lids?: readonly { readonly lid: string; readonly pn: string }[];
  /** Numbers that are not on WhatsApp. */
  readonly absent?: readonly string[];
  /** Brazilian mobiles that WhatsApp keeps without their ninth digit, written so: `551187650001`. With the ninth they are taken and reach nobody. */
  readonly twelveDigits?: readonly string[];
  /** Groups that the account is a member of. */
  readonly groups?: readonly WahaGroup[];
}

/** Creates a session, or alters what the setup names. A status is announced by `session.status`, except on creation. */
export const putSession = (world: World, setup: WahaSessionSetup): WahaSession => {
  const known = world.sessions.get(setup.name);
  const session = known ?? createSession(world, setup.name, setup.config, meOf(setup));
  if (known !== undefined) {
    const { phone, lid, pushName } = setup;
    const me = meOf({
      phone: phone ?? digitsOf(known.me.id),
      lid: lid === undefined ? (known.me.lid === undefined ? null : digitsOf(known.me.lid)) : lid,
      pushName: pushName ?? known.me.pushName,
    });
    known.me = me;
    if (setup.config !== undefined) known.config = setup.config;
  }
  if (setup.paired !== undefined) session.paired = setup.paired;
  for (const { lid, pn } of setup.lids ?? []) session.lids.set(digitsOf(lid), digitsOf(pn));
  for (const phone of setup.absent ?? []) session.absent.add(digitsOf(phone));
  for (const phone of setup.twelveDigits ?? []) session.twelveDigits.add(digitsOf(phone));
  for (const group of setup.groups ?? []) session.groups.set(group.id, group);
  const status = setup.status ?? (known === undefined ? "WORKING" : undefined);
  if (status === undefined) return session;
  if (known !== undefined) setStatus(world, session, status);
  else {
    session.status = status;
    session.known = status === "WORKING";
    session.statuses = [{ status, timestamp: world.timers.now() }];
  }
  return session;
};

/** A session as `GET /__sim/accounts/{name}` shows it: without the HMAC keys of its webhooks. */
export const accountView = (session: WahaSession): JsonObject => ({
  name: session.name,
  status: session.status,
  paired: session.paired,
  me: session.me,
  metadata: session.config?.["metadata"] ?? null,
  webhooks: listOf(session.config?.["webhooks"]).map(({ url, events, retries, hmac }) => ({ url, events, retries: retries ?? null, signed: isObject(hmac) && typeof hmac["key"] === "string" && hmac["key"] !== "" })),
  lids: [...session.lids].map(([lid, phone]) => ({ lid: `${lid}@lid`, pn: `${phone}@c.us` })),
  absent: [...session.absent],
  twelveDigits: [...session.twelveDigits],
  groups: [...session.groups.values()],
});

/** A setup out of a control request. Throws `ControlError` naming what is wrong. */
export const parseSetup = (name: string, body: JsonObject): WahaSessionSetup => {
  if ("engine" in body) throw new ControlError("engine: one per server; change it with PATCH /__sim/switches");
  const text = (key: string): string | undefined => {
    const value = body[key];
    if (value !== undefined && typeof value !== "string") throw new ControlError(`${key}: a string is needed`);
    return value;
  };
  const [status, phone, pushName] = [text("status"), text("phone"), text("pushName")];
  const { paired, connected, lid, config, lids, absent, twelveDigits, groups } = body;
  if (lid !== undefined && lid !== null && typeof lid !== "string") throw new ControlError("lid: a string or null is needed");
  if (config !== undefined && !isObject(config)) throw new ControlError("config: an object is needed");
  const wanted = status ?? (connected === true ? "WORKING" : connected === false ? "STARTING" : undefined);
  return {
    name,
    ...(wanted === undefined ? {} : { status: wanted }),
    ...(typeof paired === "boolean" ? { paired } : {}),
    ...(phone === undefined ? {} : { phone }),
    ...(lid === undefined ? {} : { lid }),
    ...(pushName === undefined ? {} : { pushName }),
    ...(config === undefined ? {} : { config }),
    lids: listOf(lids).map((pair) => ({ lid: String(pair["lid"]), pn: String(pair["pn"]) })),
    absent: Array.isArray(absent) ? absent.map(String) : [],
    twelveDigits: Array.isArray(twelveDigits) ? twelveDigits.map(String) : [],
    groups: listOf(groups).map(groupIn),
  };
};

const groupIn = ({ id, name, adminsOnly, accountIsAdmin }: JsonObject): WahaGroup => {
  if (typeof id !== "string" || !id.endsWith("@g.us")) throw new ControlError("groups: each needs an id that ends in @g.us");
  return { id, name: typeof name === "string" ? name : "", adminsOnly: adminsOnly === true, accountIsAdmin: accountIsAdmin === true };
};
