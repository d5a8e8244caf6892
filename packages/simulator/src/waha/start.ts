import { control, type Controllable } from "../control.js";
import { ControlError } from "../control-error.js";
import { Faults } from "../faults.js";
import { Guests, type Answer, type GuestScript, type MemberEvent, type MemberPoll } from "../guest.js";
import { createIds } from "../ids.js";
import { Journal } from "../journal.js";
import type { JsonObject } from "../json.js";
import { startServer } from "../server.js";
import { Timers } from "../timers.js";
import { WebhookSender } from "../webhook-sender.js";
import { accountView, parseSetup, putSession, type WahaSessionSetup } from "./accounts.js";
import type { EventName } from "./events.js";
import { answerNow } from "./guests.js";
import { createByMember, createPollByMember } from "./incoming.js";
import { KeyRing, type ApiKey } from "./keys.js";
import { spelled } from "./people.js";
import { releaseHeld } from "./publish.js";
import { handleApi, operationOf } from "./routes.js";
import { settingOf } from "./setting.js";
import { openSocket } from "./socket.js";
import type { WahaSession, World } from "./state.js";
import { defaultWahaSwitches, withSwitches, type WahaSwitches } from "./switches.js";
import { emit } from "./webhooks.js";

/** What a simulated WAHA has when nothing else is said. */
export const wahaDefaults = { apiKey: "simulator-key", session: "default" } as const;

export interface WahaOptions {
  /** 0 (the default) lets the system choose. */
  readonly port?: number;
  /** A path such as `/whatsapp` under which everything lies, as behind a reverse proxy. Default: none. */
  readonly basePath?: string;
  /** Scales every wait: 1 (the default) is vendor-true, 0 is at once. */
  readonly clockFactor?: number;
  /** Unix milliseconds. */
  readonly now?: () => number;
  /** Numbers in [0, 1), as `Math.random`. */
  readonly random?: () => number;
  readonly switches?: Partial<WahaSwitches>;
  /** The administrator's key; `null` for a server without a check. */
  readonly apiKey?: string | null;
  /** Keys of single sessions: `{key, session, isAdmin, isActive, actions}`. WAHA docs: how-to/security. */
  readonly keys?: readonly JsonObject[];
  /** Default: one WORKING session named `default`. */
  readonly sessions?: readonly WahaSessionSetup[];
  /** Webhook targets of the environment, for all sessions: `{url, events, hmac, retries, customHeaders}`. WAHA docs: how-to/events. */
  readonly globalWebhooks?: readonly JsonObject[];
}

/** A running WAHA on loopback. Methods that name a session throw a `ControlError` when there is none of that name. */
export interface WahaSimulator {
  /** The base URL, without a trailing slash. */
  readonly url: string;
  readonly port: number;
  readonly journal: Journal;
  readonly faults: Faults;
  switches(): WahaSwitches;
  /** Changes some switches; takes effect for what happens from now on. */
  setSwitches(patch: Partial<WahaSwitches>): void;
  /** Creates a session, or alters what the setup names, with the webhooks that follow. */
  putSession(setup: WahaSessionSetup): void;
  /** Creates a key for one session, as `POST /api/keys` does. */
  putKey(key: JsonObject): ApiKey;
  script(script: GuestScript): void;
  answer(answer: Answer): Promise<{ readonly messageId: string }>;
  memberEvent(event: MemberEvent): Promise<{ readonly messageId: string }>;
  memberPoll(poll: MemberPoll): Promise<{ readonly messageId: string }>;
  /** Posts a webhook with any payload, for what no switch and no guest can bring about. */
  webhook(session: string, event: EventName, payload: JsonObject): Promise<void>;
  /** Resolves when no timer and no delivery is pending; lets go of answers kept back by `answerOrder`. */
  flush(): Promise<void>;
  /** Ends everything at once: pending webhooks are lost, as at the vendor. May be repeated. */
  stop(): Promise<void>;
}

/** Starts WAHA on 127.0.0.1, with the controls of `/__sim/` on the same port. */
export const startWaha = async (options: WahaOptions = {}): Promise<WahaSimulator> => {
  const timers = new Timers(options.clockFactor ?? 1, options.now ?? Date.now);
  const random = options.random ?? Math.random;
  const journal = new Journal("waha", timers.now);
  const ids = createIds(random, timers.now);
  const keys = new KeyRing(options.apiKey === undefined ? wahaDefaults.apiKey : options.apiKey, ids);
  const sender = new WebhookSender(journal, timers);
  const world: World = {
    switches: withSwitches(defaultWahaSwitches, { ...options.switches }),
    journal,
    timers,
    ids,
    random,
    faults: new Faults(),
    sender,
    guests: new Guests(spelled),
    keys,
    sessions: new Map(),
    globalWebhooks: options.globalWebhooks ?? [],
    sockets: new Set(),
    held: undefined,
  };
  for (const key of options.keys ?? []) keys.put(key);
  for (const setup of options.sessions ?? [{ name: wahaDefaults.session }]) putSession(world, setup);
  const vendor = controllable(world);
  const server = await startServer(async (request) => (await control(request, vendor)) ?? handleApi(world, request), {
    ...(options.port === undefined ? {} : { port: options.port }),
    ...(options.basePath === undefined ? {} : { basePath: options.basePath }),
    upgrade: (head, socket) => openSocket(world, head, socket),
    beforeBody: (head) => {
      const operation = operationOf(world, head);
      return operation !== undefined && world.faults.take(operation, "before-reading") !== undefined ? { drop: "reset" } : undefined;
    },
  });
  return {
    url: server.url,
    port: server.port,
    journal,
    faults: world.faults,
    switches: () => world.switches,
    setSwitches: (patch) => vendor.patchSwitches({ ...patch }),
    putSession: (setup) => {
      putSession(world, setup);
    },
    putKey: (key) => keys.put(key),
    script: vendor.script,
    answer: vendor.answer,
    memberEvent: vendor.memberEvent,
    memberPoll: vendor.memberPoll,
    webhook: async (session, event, payload) => timers.track(emit(world, sessionOf(world, session), event, payload)),
    flush: vendor.flush,
    stop: async () => {
      timers.stop();
      sender.stop();
      await server.stop();
    },
  };
};

const sessionOf = (world: World, name: string): WahaSession => {
  const found = world.sessions.get(name);
  if (found === undefined) throw new ControlError(`there is no session ${name}`, 404);
  return found;
};

const controllable = (world: World): Controllable => ({
  journal: world.journal,
  faults: world.faults,
  switches: () => ({ ...world.switches }),
  patchSwitches: (patch) => {
    world.switches = withSwitches(world.switches, patch);
  },
  account: (id) => {
    const session = world.sessions.get(id);
    return session === undefined ? undefined : accountView(session);
  },
  putAccount: (id, body) => {
    putSession(world, parseSetup(id, body));
  },
  script: (script) => {
    world.guests.script(script);
  },
  answer: async (answer) => {
    const messageId = await world.timers.track(answerNow(world, sessionOf(world, answer.account), answer));
    if (answer.own !== true) world.guests.meet(answer.account, answer.chat, answer.guest);
    return { messageId };
  },
  memberEvent: async (event) => {
    const messageId = await world.timers.track(createByMember(world, sessionOf(world, event.account), event));
    world.guests.meet(event.account, event.chat, event.guest);
    return { messageId };
  },
  memberPoll: async (poll) => {
    const messageId = await world.timers.track(createPollByMember(world, sessionOf(world, poll.account), poll));
    world.guests.meet(poll.account, poll.chat, poll.guest);
    return { messageId };
  },
  setting: (account, chat) => settingOf(world, account, chat),
  flush: async () => {
    do await world.timers.idle();
    while (await releaseHeld(world));
  },
});
