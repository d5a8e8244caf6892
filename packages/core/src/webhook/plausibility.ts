import type { Fact } from "../model/inbound.js";
import { toEpochMs, type Instant } from "../model/time.js";

const SKEW_MS = 5 * 60_000;
const OLD_MS = 7 * 24 * 3_600_000;

/** Remarks on a fact that is authentic and still odd. They go with the event; they never keep it back. Pure. */
export function plausibilityFlags(fact: Fact, receivedAt: Instant): readonly string[] {
  const flags: string[] = [];
  const at = toEpochMs(fact.at);
  const now = toEpochMs(receivedAt);
  if (at > now + SKEW_MS) flags.push("in-the-future");
  if (at < now - OLD_MS) flags.push("older-than-7-days");
  if (fact.guestAt && Math.abs(toEpochMs(fact.guestAt) - at) > SKEW_MS) flags.push("clock-skew");
  return flags;
}
