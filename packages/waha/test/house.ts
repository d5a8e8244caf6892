import { compareInstants, type Fact } from "@event-messaging/core/driver";

/**
 * Planted in front of or behind the adapter: somebody who knows the first value of a switch only. What he makes of the vendor's
 * JSON (`hears`: a webhook, `undefined` when he passes it over; `reads`: the answer of a call), and how he keeps facts.
 */
export interface Planted {
  readonly hears?: (delivery: unknown) => unknown;
  readonly reads?: (json: unknown, template: string) => unknown;
  readonly keeps?: Keeping;
  /** Sends what core would refuse, and leaves it to the server to check. */
  readonly isUnchecked?: true;
}

/**
 * How a house keeps facts. The right way is each once, by source and edition, in the order of their own times. Wrong ones:
 * every delivery anew; each message id once; in order of arrival; only facts about what it knows to be sent when they arrive;
 * and, of answers that the vendor posts at the same time, the newest first, as a house with many hands may.
 */
export type Keeping = "right" | "every delivery" | "each message id once" | "in order of arrival" | "about what is sent already" | "newest first of those at once";

/** What a house has kept, out of what arrived. */
export function keptBy<F extends Fact>(keeps: Keeping, arrived: readonly F[]): readonly F[] {
  const nameOf = (fact: Fact) => (keeps === "each message id once" ? fact.source : `${fact.source} ${fact.edition ?? ""}`);
  const names = arrived.map(nameOf);
  const once = keeps === "every delivery" ? arrived : arrived.filter((fact, index) => names.indexOf(nameOf(fact)) === index);
  return keeps === "in order of arrival" || keeps === "newest first of those at once" ? once : [...once].sort(byTime);
}

/** By times, never by their text: a whole second is written without a fraction and would come after its own milliseconds. */
export function byTime(a: Fact, b: Fact): number {
  return compareInstants(a.at, b.at) || compareInstants(a.guestAt ?? a.at, b.guestAt ?? b.at);
}

/** The message that a fact is about, where it is about one. */
export function subjectOf(fact: Fact): string | undefined {
  if (fact.type === "invitation.observed") return fact.sighting.messageId;
  return "target" in fact ? fact.target : undefined;
}
