import type { AccountLayer } from "./account-layer.js";
import { circuitBreaker } from "./circuit-breaker.js";
import { retry } from "./retry.js";
import { systemTiming, type Timing } from "./timing.js";

/**
 * What every account gets unless `layers` says otherwise: retry and circuit breaker. Calls end with
 * their own deadline in any case. To add one: `[...defaultLayers(), rateLimit(…), timeout({ attemptMs: 10_000 })]`.
 */
export function defaultLayers(timing: Partial<Timing> = {}): readonly AccountLayer[] {
  const whole = { ...systemTiming, ...timing };
  return [retry({ timing: whole }), circuitBreaker({ timing: whole })];
}
