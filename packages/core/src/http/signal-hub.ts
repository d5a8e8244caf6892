import { Roster } from "./roster.js";

/** What the end of a signal ends. */
export interface Endable {
  end(failure: "aborted" | "deadline"): void;
}

interface Hub {
  readonly members: Roster<Endable>;
  /** Absent where whoever aborts the signal tells the members. */
  readonly listener?: () => void;
}

const hubs = new WeakMap<AbortSignal, Hub>();

/**
 * Tells `member` when the signal aborts, until the returned function is called. One listener per signal, however many share it,
 * and none when the last one has left: an application may give one shutdown signal to every call, Node warns of a leak from the
 * eleventh listener on, and a signal of `AbortSignal.any` is kept alive by its listeners. The signal must not be aborted yet.
 */
export function joinSignal(signal: AbortSignal, member: Endable): () => void {
  const hub = hubs.get(signal) ?? listening(signal);
  const leave = hub.members.add(member);
  const { listener } = hub;
  if (listener === undefined) return leave;
  return () => {
    leave();
    if (hub.members.size > 0 || hubs.get(signal) !== hub) return;
    hubs.delete(signal);
    signal.removeEventListener("abort", listener);
  };
}

function listening(signal: AbortSignal): Hub {
  const members = new Roster<Endable>();
  const hub = { members, listener: () => tell(members, signal) };
  hubs.set(signal, hub);
  signal.addEventListener("abort", hub.listener);
  return hub;
}

/** A signal of our own and what aborts it: its members are told without any listener, which is most of what a listener costs. */
export function ownSignal(): { readonly signal: AbortSignal; readonly abort: (reason: unknown) => void } {
  const controller = new AbortController();
  const { signal } = controller;
  const members = new Roster<Endable>();
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

function tell(members: Roster<Endable>, signal: AbortSignal): void {
  const why = whyEnded(signal);
  members.forEach((member) => member.end(why));
}

/** A deadline is a signal too: `AbortSignal.timeout`, or one that says so as it does. */
export function whyEnded({ reason }: AbortSignal): "aborted" | "deadline" {
  const why: unknown = reason;
  return typeof why === "object" && why !== null && "name" in why && why.name === "TimeoutError" ? "deadline" : "aborted";
}
