/** What the end of a signal ends. */
export interface Endable {
  end(failure: "aborted" | "deadline"): void;
}

interface Hub {
  readonly members: Set<Endable>;
  /** Absent where whoever aborts the signal tells the members. */
  readonly listener?: () => void;
}

const hubs = new WeakMap<AbortSignal, Hub>();

/**
 * Tells `member` when the signal aborts, until {@link leaveSignal}. One listener per signal, however many share it, and none
 * when the last one has left: an application may give one shutdown signal to every call, Node warns of a leak from the eleventh
 * listener on, and a signal of `AbortSignal.any` is kept alive by its listeners. The signal must not be aborted yet.
 */
export function joinSignal(signal: AbortSignal, member: Endable): void {
  const hub = hubs.get(signal);
  if (hub !== undefined) {
    hub.members.add(member);
    return;
  }
  const members = new Set([member]);
  const listener = () => tell(members, signal);
  hubs.set(signal, { members, listener });
  signal.addEventListener("abort", listener);
}

export function leaveSignal(signal: AbortSignal, member: Endable): void {
  const hub = hubs.get(signal);
  if (hub === undefined || !hub.members.delete(member) || hub.members.size > 0 || hub.listener === undefined) return;
  hubs.delete(signal);
  signal.removeEventListener("abort", hub.listener);
}

/** A signal of our own and what aborts it: its members are told without any listener, which is most of what a listener costs. */
export function ownSignal(): { readonly signal: AbortSignal; readonly abort: (reason: unknown) => void } {
  const controller = new AbortController();
  const { signal } = controller;
  const members = new Set<Endable>();
  hubs.set(signal, { members });
  return {
    signal,
    abort: (reason) => {
      if (signal.aborted) return;
      controller.abort(reason);
      tell(members, signal);
    },
  };
}

function tell(members: ReadonlySet<Endable>, signal: AbortSignal): void {
  const why = whyEnded(signal);
  for (const member of members) member.end(why);
}

/** A deadline is a signal too: `AbortSignal.timeout`, or one that says so as it does. */
export function whyEnded({ reason }: AbortSignal): "aborted" | "deadline" {
  const why: unknown = reason;
  return typeof why === "object" && why !== null && "name" in why && why.name === "TimeoutError" ? "deadline" : "aborted";
}
