import { indexKey } from "../store/index-key.js";
import type { CallLayer } from "./call-layer.js";
import { stopped } from "./call-ended.js";

/** What a stop covers: one account, one tenant, or everything. */
export type StopScope = { readonly account: string } | { readonly tenant: string } | "all";

/**
 * Stops sending at once: calls that wait end with `STOPPED`, not sent, and no new request that makes a message begins. Requests
 * under way (a connection that is being opened counts) go on to their end, because breaking them off would leave their outcome
 * unknown. Reads and deliveries go on. It holds in this process: one that hears of a stop elsewhere (your own notification) calls `stop` itself.
 */
export interface KillSwitch {
  /** Idempotent. Takes effect before it returns. */
  stop(scope: StopScope): void;
  /** Takes back a stop of the same scope. Calls that it ended stay ended; send them again. */
  resume(scope: StopScope): void;
  isStopped(of: { readonly tenant: string; readonly account: string }): boolean;
  /** A signal that a stop aborts; calls of the same tenant and account may get the same one. Call `done` when the call is over. */
  watch(of: { readonly tenant: string; readonly account: string }): { readonly signal: AbortSignal; readonly done: () => void };
}

/** The calls under way of one tenant through one account, which share a signal. */
interface Watched {
  readonly of: { readonly tenant: string; readonly account: string };
  readonly controller: AbortController;
  calls: number;
}

/** A kill switch with nothing stopped. One may serve several messaging objects. */
export function killSwitch(): KillSwitch {
  const stops = new Map<string, StopScope>();
  const watched = new Map<string, Watched>();
  const isStopped = (of: Watched["of"]) => stops.size > 0 && [...stops.values()].some((scope) => covers(scope, of));
  return {
    stop(scope) {
      stops.set(JSON.stringify(scope), scope);
      for (const [name, { of, controller }] of watched) {
        if (!covers(scope, of)) continue;
        watched.delete(name);
        controller.abort();
      }
    },
    resume: (scope) => void stops.delete(JSON.stringify(scope)),
    isStopped,
    watch(of) {
      if (isStopped(of)) return { signal: AbortSignal.abort(), done: () => undefined };
      const name = indexKey(of.tenant, of.account);
      const shared = watched.get(name) ?? { of, controller: new AbortController(), calls: 0 };
      watched.set(name, shared);
      shared.calls += 1;
      let counts = true;
      const done = () => {
        if (counts) shared.calls -= 1;
        counts = false;
        if (shared.calls === 0 && watched.get(name) === shared) watched.delete(name);
      };
      return { signal: shared.controller.signal, done };
    },
  };
}

/** The layer that heeds a kill switch. It stands below the router, so that a stopped account's calls may go elsewhere. */
export function killSwitchLayer(kill: KillSwitch): CallLayer {
  return {
    slot: "kill-switch",
    wrap: (next) => async (logical) => {
      const { plan, record, call } = logical;
      const { signal, done } = kill.watch({ tenant: record.tenant, account: plan.account });
      try {
        if (signal.aborted) throw stopped({ provider: plan.provider, account: plan.account, operation: record.operation });
        return await next({ ...logical, call: { ...call, halted: signal } });
      } finally {
        done();
      }
    },
  };
}

function covers(scope: StopScope, { tenant, account }: Watched["of"]): boolean {
  return scope === "all" || ("account" in scope ? scope.account === account : scope.tenant === tenant);
}
