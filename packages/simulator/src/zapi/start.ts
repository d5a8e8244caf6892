import { control } from "../control.js";
import { Faults } from "../faults.js";
import type { Answer, GuestScript, MemberEvent, MemberPoll } from "../guest.js";
import { createIds } from "../ids.js";
import { Journal } from "../journal.js";
import { startServer } from "../server.js";
import { Timers } from "../timers.js";
import { WebhookSender } from "../webhook-sender.js";
import { controllable } from "./controllable.js";
import { createPost } from "./posting.js";
import { operationName, route } from "./routes.js";
import { createInstance } from "./state.js";
import type { CallbackKind, Connection, ZapiInstanceSetup } from "./state.js";
import { zapiDefaultSwitches } from "./switches.js";
import type { ZapiSwitches } from "./switches.js";
import type { ZapiWorld } from "./world.js";

/** The account that a simulator has when no other is described. */
export const zapiDefaults = {
  instanceId: "3B41D0C2A97E4F5688AA10C2F3E4D5B6",
  token: "5C0FFEE1D2B3A49586770A1B",
  clientToken: "F0a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5S",
  group: "120363041234567890-group",
} as const;

export interface ZapiOptions {
  /** 0 (the default) lets the system choose. */
  readonly port?: number;
  /** A path such as `/whatsapp` under which everything lies, as behind a reverse proxy. Default: none. */
  readonly basePath?: string;
  /** Scales every wait: 1 (the default) is vendor-true, 0 is at once. */
  readonly clockFactor?: number;
  readonly now?: () => number;
  /** Numbers in [0, 1), as `Math.random`. */
  readonly random?: () => number;
  readonly switches?: Partial<ZapiSwitches>;
  /** The account security token, sent as `Client-Token`. */
  readonly clientToken?: string;
  readonly instances?: readonly ZapiInstanceSetup[];
}

/** A running Z-API on loopback. Methods that name an account throw a `ControlError` when there is none of that id. */
export interface ZapiSimulator {
  /** What stands for `https://api.z-api.io`, the base path included, without a trailing slash. */
  readonly url: string;
  readonly port: number;
  readonly journal: Journal;
  readonly faults: Faults;
  switches(): ZapiSwitches;
  /** Changes some switches; takes effect for what happens from now on. */
  setSwitches(patch: Partial<ZapiSwitches>): void;
  /** Creates an instance, or alters an existing one (an altered `connection` has the consequences it has at the vendor). */
  putInstance(setup: Partial<ZapiInstanceSetup> & { readonly id: string }): void;
  /** Connects, loses or logs out: with callbacks, and with the queue leaving on reconnect. */
  setConnection(account: string, connection: Connection): void;
  script(script: GuestScript): void;
  answer(answer: Answer): Promise<{ readonly messageId: string }>;
  memberEvent(event: MemberEvent): Promise<{ readonly messageId: string }>;
  memberPoll(poll: MemberPoll): Promise<{ readonly messageId: string }>;
  /** Sends a callback with any body, for what no switch and no guest can bring about. */
  callback(account: string, kind: CallbackKind, body: Readonly<Record<string, unknown>>): Promise<void>;
  /** Resolves when no timer and no delivery is pending. Messages that wait for a reconnect do not count. */
  flush(): Promise<void>;
  /** Ends everything at once. May be repeated. */
  stop(): Promise<void>;
}

/** Starts Z-API on 127.0.0.1, with the controls of `/__sim/` on the same port. */
export async function startZapi(options: ZapiOptions = {}): Promise<ZapiSimulator> {
  const timers = new Timers(options.clockFactor ?? 1, options.now ?? Date.now);
  const random = options.random ?? Math.random;
  const journal = new Journal("zapi", timers.now);
  const sender = new WebhookSender(journal, timers);
  const world: ZapiWorld = {
    switches: zapiDefaultSwitches(),
    journal,
    timers,
    ids: createIds(random, timers.now),
    faults: new Faults(),
    random,
    clientToken: options.clientToken ?? zapiDefaults.clientToken,
    instances: new Map(),
    post: createPost({ sender, timers, random, switches: () => world.switches }),
    arrived: (instance, message) => vendor.arrived(instance, message),
  };
  const vendor = controllable(world);
  vendor.patchSwitches({ ...options.switches });
  const setups = options.instances ?? [{ id: zapiDefaults.instanceId, token: zapiDefaults.token }];
  for (const setup of setups) world.instances.set(setup.id, createInstance(setup, timers.now()));

  const server = await startServer(async (request) => (await control(request, vendor)) ?? route(world, request), {
    ...(options.port === undefined ? {} : { port: options.port }),
    ...(options.basePath === undefined ? {} : { basePath: options.basePath }),
    beforeBody: (head) => (world.faults.take(operationName(head) ?? "", "before-reading") === undefined ? undefined : { drop: "reset" }),
  });
  return {
    url: server.url,
    port: server.port,
    journal,
    faults: world.faults,
    switches: () => world.switches,
    setSwitches: (patch) => vendor.patchSwitches({ ...patch }),
    putInstance: ({ id, ...setup }) => vendor.putAccount(id, { ...setup }),
    setConnection: (account, connection) => vendor.putAccount(account, { connection }),
    script: vendor.script,
    answer: vendor.answer,
    memberEvent: vendor.memberEvent,
    memberPoll: vendor.memberPoll,
    callback: (account, kind, body) => world.post(vendor.instance(account), [{ kind, body }]),
    flush: vendor.flush,
    stop: async () => {
      timers.stop();
      sender.stop();
      await server.stop();
    },
  };
}
