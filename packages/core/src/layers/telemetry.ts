/** A value that a span or a measurement may carry. */
export type Attributes = Readonly<Record<string, string | number | boolean>>;

/** The part of `@opentelemetry/api`'s `Span` that is used here. */
export interface SpanPort {
  setAttributes(attributes: Record<string, string | number | boolean>): unknown;
  /** `code` 2 is ERROR. */
  setStatus(status: { code: number; message?: string }): unknown;
  end(): void;
}
/** As `trace.getTracer("event-messaging")` gives one. `kind` 2 is CLIENT. */
export interface TracerPort {
  startActiveSpan<T>(name: string, options: { kind?: number; attributes?: Record<string, string | number | boolean> }, run: (span: SpanPort) => T): T;
}
/** As `metrics.getMeter("event-messaging")` gives one. */
export interface MeterPort {
  createCounter(name: string, options?: { description?: string; unit?: string }): { add(value: number, attributes?: Record<string, string | number | boolean>): void };
  createHistogram(name: string, options?: { description?: string; unit?: string }): { record(value: number, attributes?: Record<string, string | number | boolean>): void };
}
/** A pino logger fits, and so does `console`-like code of four functions. From info upwards nothing names a person: no recipient, title, key or text. */
export interface LoggerPort {
  debug(facts: object, message: string): void;
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

/** Where telemetry goes. All ports are optional and have the shape of the usual libraries, so core depends on none. */
export interface Telemetry {
  readonly tracer?: TracerPort | undefined;
  readonly meter?: MeterPort | undefined;
  readonly logger?: LoggerPort | undefined;
}

/** Tells something to a telemetry, a logger or another listener: whether it can listen is none of the call's business. */
export function quietly(tell: () => unknown): void {
  try {
    tell();
  } catch {
    // An outcome that was proved must not become unknown because nobody could note it down.
  }
}

/** Runs work in a span, when there is a tracer that can make one: once in any case. */
export function inSpan<T>(tracer: TracerPort | undefined, name: string, attributes: Attributes, work: (span: SpanPort | undefined) => Promise<T>): Promise<T> {
  let begun: Promise<T> | undefined;
  const run = (span: SpanPort | undefined): Promise<T> => (begun ??= work(span).finally(() => quietly(() => span?.end())));
  if (tracer) quietly(() => tracer.startActiveSpan(name, { kind: 2, attributes: { ...attributes } }, run));
  return run(undefined);
}
