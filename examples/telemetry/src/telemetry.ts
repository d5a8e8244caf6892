import type { Telemetry } from "@event-messaging/core";
import { metrics, trace } from "@opentelemetry/api";
import { pino, type DestinationStream, type Level } from "pino";

const SCOPE = "event-messaging";

export interface TelemetryOptions {
  /** From `info` upwards no line names a person; `debug` adds one line for each attempt that succeeded. Default `info`. */
  readonly level?: Level;
  /** Where the lines go. Default: standard output. */
  readonly destination?: DestinationStream;
}

/**
 * The option `telemetry` of `createMessaging`: spans and metrics through the OpenTelemetry API, lines through pino, each with
 * the ids of the span in which it was written. Register the SDK first: a meter taken before that stays silent for good.
 */
export function createTelemetry({ level = "info", destination = pino.destination(1) }: TelemetryOptions = {}): Telemetry {
  const logger = pino({ level, base: { name: SCOPE }, mixin: idsOfTheSpan }, destination);
  return { tracer: trace.getTracer(SCOPE), meter: metrics.getMeter(SCOPE), logger };
}

function idsOfTheSpan(): object {
  const span = trace.getActiveSpan()?.spanContext();
  return span === undefined ? {} : { trace_id: span.traceId, span_id: span.spanId };
}
