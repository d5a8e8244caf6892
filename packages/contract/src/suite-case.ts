import type { Audience, CapabilityCode } from "@event-messaging/core/driver";
import type { Bench } from "./bench.js";
import { AUDIENCES } from "./vendor-under-test.js";

/** One promise, and how to tell that it is kept. */
export interface SuiteCase {
  /** The promise, in one sentence: the title of the test, and the first line of its failure. */
  readonly name: string;
  /** What the account must be able to do for the promise to apply: all of it, for `audience` or for any. */
  readonly needs?: readonly CapabilityCode[];
  readonly audience?: Audience;
  /** Applies to whoever can send anything at all: an invitation, a text or a poll. */
  readonly needsAnySending?: true;
  readonly run: (bench: Bench) => Promise<void>;
}

export interface Group {
  readonly name: string;
  /** For the reference page: what the group is about and why it matters. */
  readonly about: string;
  readonly cases: readonly SuiteCase[];
}

/** The same promise for a direct chat and for a group. */
export function perAudience(make: (audience: Audience) => SuiteCase): readonly SuiteCase[] {
  return AUDIENCES.map((audience) => {
    const made = make(audience);
    return { ...made, name: `${made.name} (${audience === "direct" ? "direct chat" : "group"})`, audience };
  });
}

/** `time zones` becomes `time-zones`: the anchor of the group on the reference page. */
export function anchorOf(group: string): string {
  return group.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
}
