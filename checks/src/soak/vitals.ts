import type { Driven } from "./drive.js";
import type { Vitals } from "./site-messages.js";

const MIB = 1024 * 1024;
const round = (value: number) => Math.round(value * 100) / 100;

/** How quickly deliveries were answered while nothing was away, and how the site's process was meanwhile. Reported, never judged. */
export function vitalFigures({ outcomes, achievedPerSecond }: Driven, vitals: Vitals | undefined) {
  const calm = outcomes.filter(({ isCalm }) => isCalm).map(({ firstMs }) => firstMs).sort((a, b) => a - b);
  const at = (part: number) => round(calm[Math.min(calm.length - 1, Math.floor(calm.length * part))] ?? 0);
  const { samples = [], heapGrowth = 0, eventLoopDelayMs = { p50: 0, p99: 0, max: 0 } } = vitals ?? {};
  // The first fifth is warm-up.
  const warm = samples.slice(Math.floor(samples.length / 5));
  return {
    achievedPerSecond,
    ackMs: { of: calm.length, p50: at(0.5), p99: at(0.99), max: at(1) },
    eventLoopDelayMs: { p50: round(eventLoopDelayMs.p50), p99: round(eventLoopDelayMs.p99), max: round(eventLoopDelayMs.max) },
    memory: {
      samples: samples.length, rssMiB: round((samples.at(-1)?.rss ?? 0) / MIB), rssSlopeMiBPerMinute: round(slope(warm.map(({ ms, rss }) => [ms / 60_000, rss / MIB]))),
      heapGrowthMiB: round(heapGrowth / MIB), heapBytesPerPosting: Math.round(heapGrowth / Math.max(1, outcomes.length)),
    },
  };
}

/** Least squares. */
function slope(points: readonly (readonly [number, number])[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const [x, y] = [mean(points.map(([at]) => at)), mean(points.map(([, value]) => value))];
  const spread = points.reduce((sum, [at]) => sum + (at - x) ** 2, 0);
  return spread === 0 ? 0 : points.reduce((sum, [at, value]) => sum + (at - x) * (value - y), 0) / spread;
}
