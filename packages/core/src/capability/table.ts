import type { Audience } from "../model/recipient.js";
import type { CapabilityCode } from "./codes.js";

/**
 * - `native`: the vendor does it. - `emulated`: it arrives by other means. - `absent`: the vendor does not.
 * - `unknown`: nobody has proved it either way; counts as absent unless the policy names the code.
 */
export type Support = "native" | "emulated" | "absent" | "unknown";

export interface CapabilityEntry {
  readonly support: Support;
  /** Shown to users: the reason, and for `absent` and `unknown` what to do instead. */
  readonly why: string;
  /** The page, fixture or run that proves it. */
  readonly source: string;
}

/** One entry for both audiences, or one for each. A code that is not listed is absent. */
export type CapabilityTable = {
  readonly [C in CapabilityCode]?: CapabilityEntry | { readonly [A in Audience]: CapabilityEntry };
};

const UNLISTED: CapabilityEntry = { support: "absent", why: "The provider does not list it.", source: "capability table" };

/** What the table says about one code for one audience. */
export function supportOf(table: CapabilityTable, code: CapabilityCode, audience: Audience): CapabilityEntry {
  const entry = Object.hasOwn(table, code) ? table[code] : undefined;
  if (entry === undefined) return UNLISTED;
  return "support" in entry ? entry : entry[audience];
}

const RANK: Readonly<Record<Support, number>> = { native: 3, emulated: 2, unknown: 1, absent: 0 };

/** Can be relied on without a word from the policy. */
export function isSupported(entry: CapabilityEntry): boolean {
  return RANK[entry.support] >= RANK.emulated;
}

/**
 * What holds when both tables must agree: the weaker entry of each code. A probe can thus take away and never add.
 * A code that the probe does not mention keeps the definition's entry.
 */
export function intersect(bound: CapabilityTable, probed: CapabilityTable): CapabilityTable {
  const result: { [C in CapabilityCode]?: CapabilityTable[C] } = {};
  for (const code of codesOf(bound)) {
    const seen = Object.hasOwn(probed, code);
    const weaker = (audience: Audience): CapabilityEntry => {
      const upper = supportOf(bound, code, audience);
      if (!seen) return upper;
      const now = supportOf(probed, code, audience);
      return RANK[now.support] < RANK[upper.support] ? now : upper;
    };
    result[code] = { direct: weaker("direct"), group: weaker("group") };
  }
  return result;
}

/** The codes that a table lists. */
export function codesOf(table: CapabilityTable): readonly CapabilityCode[] {
  return Object.keys(table) as CapabilityCode[];
}
