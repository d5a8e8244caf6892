import { AsyncLocalStorage } from "node:async_hooks";
import { Writable } from "node:stream";
import { afterEach, describe, expect, it } from "@jest/globals";
import { context, createNoopMeter, metrics, ROOT_CONTEXT, trace, type Attributes, type Context, type ContextManager, type Span, type SpanOptions } from "@opentelemetry/api";
import { CREDENTIALS, startBackend } from "./backend.js";
import { createTelemetry } from "./telemetry.js";

const ANA = { phone: "351960000123", lid: "99887766554433", name: "Ana Canary" };
const TITLE = "Cardiology check-up";
const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** As `@opentelemetry/context-async-hooks` has it. */
class AsyncContext implements ContextManager {
  readonly #storage = new AsyncLocalStorage<Context>();
  active = (): Context => this.#storage.getStore() ?? ROOT_CONTEXT;
  with: ContextManager["with"] = (active, run, thisArg, ...args) => this.#storage.run(active, () => run.apply(thisArg as ThisParameterType<typeof run>, args));
  bind: ContextManager["bind"] = (_active, target) => target;
  enable = (): this => this;
  disable = (): this => this;
}

interface Recorded {
  readonly name: string;
  readonly id: string;
  readonly parent: string | undefined;
  readonly attributes: Attributes;
  status?: unknown;
  ended: boolean;
}

/** A tiny SDK, registered as a real one would be: it keeps what it is told. */
function registerSdk() {
  const spans: Recorded[] = [];
  const measured: { readonly name: string; readonly value: number; readonly attributes: Attributes }[] = [];
  const hex = (length: number) => (spans.length + 1).toString(16).padStart(length, "0");
  const startSpan = (name: string, { attributes = {} }: SpanOptions = {}): Span => {
    const outer = trace.getActiveSpan()?.spanContext();
    const record: Recorded = { name, id: hex(16), parent: outer?.spanId, attributes: { ...attributes }, ended: false };
    const span = trace.wrapSpanContext({ traceId: outer?.traceId ?? hex(32), spanId: record.id, traceFlags: 1 });
    spans.push(record);
    span.setAttributes = (more) => (Object.assign(record.attributes, more), span);
    span.setStatus = (status) => ((record.status = status), span);
    span.end = () => void (record.ended = true);
    return span;
  };
  const startActiveSpan = (name: string, options: SpanOptions, run: (span: Span) => unknown) => {
    const span = startSpan(name, options);
    return context.with(trace.setSpan(context.active(), span), () => run(span));
  };
  const instrument = (name: string) => (value: number, attributes: Attributes = {}) => void measured.push({ name, value, attributes });
  const meter = Object.assign(createNoopMeter(), {
    createCounter: (name: string) => ({ add: instrument(name) }),
    createHistogram: (name: string) => ({ record: instrument(name) }),
  });
  context.setGlobalContextManager(new AsyncContext());
  trace.setGlobalTracerProvider({ getTracer: () => ({ startSpan, startActiveSpan: startActiveSpan as never }) });
  metrics.setGlobalMeterProvider({ getMeter: () => meter });
  stops.push(() => [context, trace, metrics].forEach((api) => api.disable()));
  return { spans, measured };
}

/**
 * One invitation that is accepted and answered, one that the vendor acts on before it breaks the connection, one that
 * is refused for its key.
 */
async function play() {
  const sdk = registerSdk();
  const written: string[] = [];
  const destination = new Writable({ write: (chunk, _encoding, done) => (written.push(String(chunk)), done()) });
  const backend = await startBackend(createTelemetry({ level: "trace", destination }));
  stops.push(() => backend.stop());
  const answers: string[] = [];
  backend.messaging.on("rsvp", ({ response, guest }) => void answers.push(`${guest.name} ${response}`));
  const clinic = backend.messaging.forTenant("clinic");
  const invite = (key: string, day: string) => clinic.send({ key, to: `+${ANA.phone}`, title: TITLE, startsAt: `2090-12-${day}T15:00:00Z` }).then(() => "accepted", (error: { readonly outcome: string }) => error.outcome);

  const outcomes = [await invite("apt_1", "01")];
  await backend.vendor.answer({ account: "line-1", chat: ANA.phone, guest: ANA, response: "GOING" });
  await backend.vendor.flush();
  await backend.messaging.idle();
  for (const [day, fault] of [["02", "act-then-reset"], ["03", "unauthorized"]] as const) {
    backend.vendor.faults.add({ operation: "events", fault });
    outcomes.push(await invite(`apt_1_${day}`, day));
  }
  const lines = written.join("").trim().split("\n").map((text) => ({ text, line: JSON.parse(text) as { readonly level: number; readonly msg: string; readonly span_id?: string; readonly outcome?: string } }));
  return { ...sdk, ...backend, outcomes, answers, lines };
}

/** Plain, as in a URL, and the two spellings that a header or a digest may bring. */
const spellings = (secret: string) => [secret, encodeURIComponent(secret), Buffer.from(secret).toString("base64").replace(/=+$/, ""), Buffer.from(secret).toString("hex")];
const hits = (text: string, secrets: readonly string[]) => secrets.flatMap(spellings).filter((secret) => text.includes(secret));
const PERSON = [ANA.phone, ANA.lid, ANA.name, TITLE, "apt_1"];

describe("telemetry with OpenTelemetry and pino", () => {
  it("plays what it claims to play", async () => {
    const { outcomes, answers } = await play();
    expect([outcomes, answers]).toEqual([["accepted", "unknown", "not-sent"], ["Ana Canary GOING"]]);
  });

  it("names spans by the template of the URL, inside the span of the attempt", async () => {
    const { spans, vendor } = await play();
    const exchanges = spans.filter(({ attributes }) => attributes["http.request.method"] === "POST");
    expect(exchanges.map(({ name }) => name)).toEqual(Array(3).fill("POST /api/{session}/events"));
    expect(exchanges.map(({ parent }) => spans.find(({ id }) => id === parent)?.name)).toEqual(Array(3).fill("event_messaging send"));
    expect(spans.every(({ ended }) => ended)).toBe(true);
    expect(hits(JSON.stringify(spans), [vendor.url, `:${vendor.port}`, "line-1", ...PERSON, ...Object.values(CREDENTIALS)])).toEqual([]);
  });

  it("counts attempts by outcome, measures each, and counts the answer", async () => {
    const { measured } = await play();
    const sends = measured.filter(({ attributes }) => attributes["event_messaging.operation"] === "send");
    const outcomes = (name: string) => sends.filter((one) => one.name === name).map(({ attributes }) => attributes["event_messaging.outcome"]);
    expect(outcomes("event_messaging.attempts")).toEqual(["accepted", "unknown", "not-sent"]);
    expect(outcomes("event_messaging.attempt.duration")).toEqual(["accepted", "unknown", "not-sent"]);
    expect(measured.filter(({ name }) => name === "event_messaging.rsvps")).toEqual([{ name: "event_messaging.rsvps", value: 1, attributes: { "event_messaging.provider": "waha", "event_messaging.response": "GOING" } }]);
    expect(hits(JSON.stringify(measured), [...PERSON, ...Object.values(CREDENTIALS)])).toEqual([]);
  });

  it("writes lines that carry their span, name nobody from info upwards, and hold no credential at any level", async () => {
    const { lines, spans } = await play();
    const sends = lines.filter(({ line }) => line.outcome !== undefined && line.outcome !== "read");
    expect(sends.map(({ line }) => [line.level, line.outcome])).toEqual([[20, "accepted"], [50, "unknown"], [40, "not-sent"]]);
    expect(sends.map(({ line }) => spans.find(({ id }) => id === line.span_id)?.name)).toEqual(Array(3).fill("event_messaging send"));
    expect(hits(lines.map(({ text }) => text).join("\n"), Object.values(CREDENTIALS))).toEqual([]);
    expect(hits(lines.filter(({ line }) => line.level >= 30).map(({ text }) => text).join("\n"), PERSON)).toEqual([]);
  });

  it("would notice: the search finds each canary in a line that a careless application writes", () => {
    for (const secret of [...PERSON, ...Object.values(CREDENTIALS)]) expect(spellings(secret).map((spelling) => hits(`{"url":"http://h/${spelling}"}`, [secret]).length > 0)).toEqual([true, true, true, true]);
  });

  it("does without an SDK: the API is silent and the invitation goes out", async () => {
    const backend = await startBackend(createTelemetry({ level: "error" }));
    stops.push(() => backend.stop());
    await expect(backend.messaging.forTenant("clinic").send({ key: "apt_1", to: `+${ANA.phone}`, title: TITLE, startsAt: "2090-12-01T15:00:00Z" })).resolves.toBeDefined();
  });
});
