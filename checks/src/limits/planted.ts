import { rateLimit, type AccountLayer, type Layer } from "@event-messaging/core";
import type { KillSubject } from "./killing.js";
import type { MakeLimit } from "./sending.js";

const oneMore = <R extends { readonly limit: number } | undefined>(rate: R): R => (rate === undefined ? rate : { ...rate, limit: rate.limit + 1 });

/** Limits that are none. */
export const BROKEN_LIMITS: readonly (readonly [string, MakeLimit])[] = [
  ["one too many in a window", (options) => rateLimit({ ...options, perAccount: oneMore(options.perAccount), global: oneMore(options.global) })],
  ["a window a second too short", (options) => rateLimit({ ...options, ...(options.perAccount && { perAccount: { ...options.perAccount, perMs: options.perAccount.perMs - 1_000 } }) })],
  ["fixed windows: two full ones meet", fixedWindows],
  ["no global limit", (options) => rateLimit({ ...options, global: undefined })],
  ["one limit for each call instead of each account", (options) => ({ slot: "rate-limit", wrap: (...given) => rateLimit(options).wrap(...given) })],
  ["no pause between two messages", (options) => rateLimit({ ...options, gapMs: [0, 0] })],
];

/** Kill switches that do not kill. */
export const BROKEN_SWITCHES: readonly (readonly [string, KillSubject])[] = [
  ["a stop is not heeded in the queue", { layers: (layers) => layers.map(deafInTheQueue) }],
  ["only new calls see a stop", { kill: (kill) => ({ ...kill, watch: (of) => ({ signal: kill.isStopped(of) ? AbortSignal.abort() : new AbortController().signal, done: () => {} }) }) }],
  ["a stop of a tenant stops nothing", { kill: (kill) => ({ ...kill, watch: (of) => kill.watch({ ...of, tenant: "" }) }) }],
  ["a stop of one account stops them all", { kill: (kill) => ({ ...kill, watch: () => kill.watch({ tenant: "choir", account: "a" }) }) }],
];

/** Counts by the clock's minutes, as simple limiters do. */
function fixedWindows(options: Parameters<MakeLimit>[0]): AccountLayer {
  const counts = new Map<string, number>();
  const { timing, perAccount = { limit: 1, perMs: 1 } } = options;
  const unlimited = rateLimit({ ...options, perAccount: undefined, global: undefined });
  return {
    slot: "rate-limit",
    wrap(next, account, scope) {
      return unlimited.wrap(async (operation, input, call) => {
        for (;;) {
          const minute = Math.floor(timing.now() / perAccount.perMs);
          const id = `${account} ${minute}`;
          const count = counts.get(id) ?? 0;
          if (count < perAccount.limit) {
            counts.set(id, count + 1);
            return next(operation, input, call);
          }
          await timing.sleep((minute + 1) * perAccount.perMs - timing.now(), new AbortController().signal);
        }
      }, account, scope);
    },
  };
}

/** The wait hears nothing of a stop, and what comes out of it is sent. */
function deafInTheQueue(layer: Layer): Layer {
  if (layer.slot !== "rate-limit") return layer;
  return {
    ...layer,
    wrap(next, account, scope) {
      const inner = layer.wrap(next, account, scope);
      return (operation, input, { signal, callId, attempt }) => inner(operation, input, { signal, callId, attempt });
    },
  };
}
