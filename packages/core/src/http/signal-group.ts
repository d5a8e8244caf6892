/** What a signal ends. */
interface Endable {
  end(failure: "aborted" | "deadline"): void;
}

/**
 * One listener per signal, however many exchanges share it: an application may give one shutdown signal to all of them, and
 * Node warns of a leak from the eleventh listener on.
 */
export class SignalGroup {
  readonly #groups = new Map<AbortSignal, { readonly members: Set<Endable>; readonly listener: () => void }>();

  add(signal: AbortSignal, member: Endable): void {
    const known = this.#groups.get(signal);
    if (known !== undefined) {
      known.members.add(member);
      return;
    }
    const members = new Set([member]);
    const listener = () => {
      for (const each of members) each.end(whyEnded(signal));
    };
    this.#groups.set(signal, { members, listener });
    signal.addEventListener("abort", listener);
  }

  delete(signal: AbortSignal, member: Endable): void {
    const group = this.#groups.get(signal);
    if (group === undefined || !group.members.delete(member) || group.members.size > 0) return;
    this.#groups.delete(signal);
    signal.removeEventListener("abort", group.listener);
  }
}

/** A deadline is a signal too: `AbortSignal.timeout`, or one that says so as it does. */
export function whyEnded({ reason }: AbortSignal): "aborted" | "deadline" {
  const why: unknown = reason;
  return typeof why === "object" && why !== null && "name" in why && why.name === "TimeoutError" ? "deadline" : "aborted";
}
