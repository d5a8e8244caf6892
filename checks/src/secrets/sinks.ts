import { Console } from "node:console";
import { Writable } from "node:stream";
import { inspect } from "node:util";
import { pino } from "pino";

/** Everything that a value may turn into on its way to a person or a log. */
export function artefactsOf(value: unknown): readonly (readonly [sink: string, text: string])[] {
  return [
    ["String", safely(() => String(value))],
    ["JSON.stringify", safely(() => JSON.stringify(value) ?? "")],
    ["JSON.stringify of all own properties", safely(() => (typeof value === "object" && value !== null ? JSON.stringify(value, Object.getOwnPropertyNames(value)) : ""))],
    ["inspect", inspect(value)],
    ["inspect, everything", inspect(value, { depth: Infinity, showHidden: true, getters: true, maxStringLength: Infinity, maxArrayLength: Infinity })],
    ["console", onConsole(value)],
    ["pino", logged(value)],
    ["own properties", ownProperties(value)],
    ...(value instanceof Error ? errorSinks(value) : []),
  ];
}

function errorSinks(error: Error): readonly (readonly [string, string])[] {
  const chain: unknown[] = [];
  for (let cause: unknown = error.cause; cause !== undefined && chain.length < 8; cause = cause instanceof Error ? cause.cause : undefined) chain.push(cause);
  return [
    ["message", error.message],
    ["stack", error.stack ?? ""],
    ["cause", chain.map((cause) => inspect(cause, { depth: Infinity, showHidden: true })).join("\n")],
    ["AggregateError.errors", error instanceof AggregateError ? error.errors.map((each: unknown) => inspect(each, { depth: Infinity })).join("\n") : ""],
    ["toString of a template", `${error}`],
    ["structuredClone", safely(() => inspect(structuredClone(error), { depth: Infinity, showHidden: true }))],
  ];
}

/** A stream that keeps what is written. */
function keeper(): { readonly stream: Writable; text(): string } {
  const chunks: string[] = [];
  return { stream: new Writable({ write: (chunk: Buffer, _, done) => { chunks.push(String(chunk)); done(); } }), text: () => chunks.join("") };
}

function onConsole(value: unknown): string {
  const { stream, text } = keeper();
  const console = new Console({ stdout: stream, stderr: stream });
  console.error(value);
  console.log("%s %o %j", value, value, safely(() => JSON.stringify(value)));
  console.dir(value, { depth: null, showHidden: true });
  return text();
}

function logged(value: unknown): string {
  const { stream, text } = keeper();
  const logger = pino({ level: "trace" }, stream);
  logger.error(value, "failed");
  logger.error({ err: value, value }, "failed");
  return text();
}

/** A pino logger into memory, and the lines from info (30) upwards apart. */
export function memoryLogger() {
  const { stream, text } = keeper();
  return {
    logger: pino({ level: "trace" }, stream),
    all: text,
    fromInfo: () => text().split("\n").filter((line) => line !== "" && Number(/"level":(\d+)/.exec(line)?.[1] ?? 0) >= 30).join("\n"),
  };
}

function ownProperties(value: unknown): string {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return "";
  return Reflect.ownKeys(value).map((key) => `${String(key)}: ${safely(() => inspect(Reflect.get(value, key), { depth: 6, showHidden: true }))}`).join("\n");
}

function safely(make: () => string): string {
  try {
    return make();
  } catch (error) {
    return inspect(error);
  }
}
