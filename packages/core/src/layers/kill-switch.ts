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
  /** A signal that a stop aborts. Call `done` when the call is over. */
  watch(of: { readonly tenant: string; readonly account: string }): { readonly signal: AbortSignal; readonly done: () => void };
}

interface Watcher {
  readonly of: { readonly tenant: string; readonly account: string };
  readonly controller: AbortController;
}

/** A kill switch with nothing stopped. One may serve several messaging objects. */
export function killSwitch(): KillSwitch {
  const stops = new Map<string, StopScope>();
  const watchers = new Set<Watcher>();
  const isStopped = (of: Watcher["of"]) => [...stops.values()].some((scope) => covers(scope, of));
  return {
    stop(scope) {
      stops.set(JSON.stringify(scope), scope);
      for (const { of, controller } of watchers) if (covers(scope, of)) controller.abort();
    },
    resume: (scope) => void stops.delete(JSON.stringify(scope)),
    isStopped,
    watch(of) {
      const controller = new AbortController();
      if (isStopped(of)) controller.abort();
      const watcher = { of, controller };
      watchers.add(watcher);
      return { signal: controller.signal, done: () => void watchers.delete(watcher) };
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

function covers(scope: StopScope, { tenant, account }: Watcher["of"]): boolean {
  return scope === "all" || ("account" in scope ? scope.account === account : scope.tenant === tenant);
}
