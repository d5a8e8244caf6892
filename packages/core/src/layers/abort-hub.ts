const hubs = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls `act` when the signal aborts; the returned function takes it back. One listener for each signal, however many wait for
 * it: a listener of its own for every wait of a call would cost more than the wait. The signal must not be aborted yet.
 */
export function onAbort(signal: AbortSignal, act: () => void): () => void {
  const hub = hubs.get(signal) ?? openHub(signal);
  hub.add(act);
  return () => void hub.delete(act);
}

function openHub(signal: AbortSignal): Set<() => void> {
  const hub = new Set<() => void>();
  hubs.set(signal, hub);
  signal.addEventListener("abort", () => {
    for (const act of hub) act();
  }, { once: true });
  return hub;
}
