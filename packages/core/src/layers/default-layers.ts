import type { AccountLayer } from "./account-layer.js";
import { circuitBreaker } from "./circuit-breaker.js";
import { retry } from "./retry.js";
import { timeout } from "./timeout.js";
import { systemTiming, type Timing } from "./timing.js";

/** What every account gets unless `layers` says otherwise: retry, circuit breaker, timeout. To add one: `[...defaultLayers(), rateLimit(…)]`. */
export function defaultLayers(timing: Partial<Timing> = {}): readonly AccountLayer[] {
  const whole = { ...systemTiming, ...timing };
  return [retry({ timing: whole }), circuitBreaker({ timing: whole }), timeout({ timing: whole })];
}
