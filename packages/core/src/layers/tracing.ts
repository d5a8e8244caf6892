import { isMessagingError } from "../error/messaging-error.js";
import type { AccountLayer, Invoke } from "./account-layer.js";
import { isSending } from "./call-layer.js";
import { inSpan, quietly, type Attributes, type Telemetry } from "./telemetry.js";
import { systemTiming, type Timing } from "./timing.js";

export interface TracingOptions extends Telemetry {
  readonly timing?: Pick<Timing, "now"> | undefined;
}

/**
 * A client span for each attempt, the counter `event_messaging.attempts`, the histogram `event_messaging.attempt.duration` in
 * seconds, and a log line. Attributes: provider, account, operation, attempt, outcome, code, status and the URL's template.
 * Never a URL, header, body, recipient, title or key. Metrics leave out the account, of which there may be thousands.
 */
export function tracing({ tracer, meter, logger, timing = systemTiming }: TracingOptions): AccountLayer {
  const attempts = meter?.createCounter("event_messaging.attempts", { description: "Requests to vendors, by outcome" });
  const duration = meter?.createHistogram("event_messaging.attempt.duration", { description: "From the request to its outcome", unit: "s" });
  return {
    slot: "tracing",
    wrap(next, account, { provider }) {
      const invoke: Invoke = (operation, input, call) => {
        const what = { "event_messaging.provider": provider, "event_messaging.operation": operation };
        const started = timing.now();
        const end = (facts: Attributes) => {
          quietly(() => attempts?.add(1, { ...what, ...facts }));
          quietly(() => duration?.record((timing.now() - started) / 1000, { ...what, ...facts }));
        };
        const head = { ...what, "event_messaging.account": account, "event_messaging.attempt": call.attempt, ...(call.attempt > 1 && { "http.request.resend_count": call.attempt - 1 }) };
        return inSpan(tracer, `event_messaging ${operation}`, head, async (span) => {
          const line = { provider, account, operation, attempt: call.attempt };
          try {
            const output = await next(operation, input, call);
            const outcome = isSending(operation) ? "accepted" : "read";
            quietly(() => span?.setAttributes({ "event_messaging.outcome": outcome }));
            end({ "event_messaging.outcome": outcome });
            quietly(() => logger?.debug({ ...line, outcome }, "attempt succeeded"));
            return output;
          } catch (error) {
            const { code, outcome, context } = isMessagingError(error) ? error : { code: "UNKNOWN", outcome: "unknown", context: {} };
            const facts = { "event_messaging.outcome": outcome, "error.type": code };
            quietly(() => span?.setAttributes({
              ...facts, ...(context.status !== undefined && { "http.response.status_code": context.status }),
              ...(context.urlTemplate !== undefined && { "url.template": context.urlTemplate }), ...(context.phase !== undefined && { "event_messaging.phase": context.phase }),
            }));
            quietly(() => span?.setStatus({ code: 2, message: code }));
            end(facts);
            quietly(() => logger?.[outcome === "unknown" ? "error" : "warn"]({ ...line, outcome, code, status: context.status, vendorCode: context.vendorCode }, outcome === "unknown" ? "attempt ended without a trustworthy answer" : "attempt failed, nothing was sent"));
            throw error;
          }
        });
      };
      return invoke;
    },
  };
}
