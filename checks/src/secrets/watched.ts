import { readFileSync } from "node:fs";
import { inThreads } from "../threads.js";
import { leaksIn } from "./canaries.js";
import type { WatchJob, WatchResult, watchWork } from "./watched-worker.js";

/** What the tools record unless they are told otherwise, as docs/decisions/watching-tools.md has it: exactly this, and nothing else. */
const RECORDED_AS_THEY_COME = [
  "http server span: url.path: URL secret", "pino-http: req.headers: instance token", "pino-http: req.url: URL secret",
  "undici client span: url.full: instance token", "undici client span: url.path: instance token",
];
const PAGE = new URL("../../../docs/decisions/watching-tools.md", import.meta.url);
const SETTINGS = new URL("../../src/secrets/redacting.ts", import.meta.url);

function leaksOf({ recorded }: WatchResult): readonly string[] {
  return [...new Set(recorded.flatMap(({ where, text }) => leaksIn(text).map((secret) => `${where}: ${secret}`)))].sort();
}

/** Do the page's readers get the very settings that are tried here? */
function isOnThePage(): boolean {
  return readFileSync(PAGE, "utf8").includes(`\`\`\`ts\n${readFileSync(SETTINGS, "utf8")}\`\`\``);
}

/**
 * Runs the library under the tools that an application puts around it: OpenTelemetry's instrumentations of http and undici,
 * and pino-http. As they come they record credentials, because Z-API wants one in the URL and WhatsApp's vendors know no
 * other place for a callback's secret; with the page's settings they must record none.
 */
export async function watched() {
  const jobs: readonly WatchJob[] = [{ redacted: false }, { redacted: true }];
  const [asTheyCome, redacted] = await inThreads<typeof watchWork>(new URL("watched-worker.js", import.meta.url), jobs, jobs.length);
  if (asTheyCome === undefined || redacted === undefined) throw new Error("the tools recorded nothing");
  const found = leaksOf(asTheyCome);
  const left = leaksOf(redacted);
  const isThorough = [asTheyCome, redacted].every(({ clientSpans, serverSpans, httpClientSpans, lines, accepted, failed }) =>
    clientSpans >= 30 && serverSpans === 40 && httpClientSpans === 0 && lines === 40 && accepted === 4 && failed === 12);
  const { recorded: all, ...counts } = redacted;
  return {
    left, found, onThePage: isOnThePage(), thorough: isThorough,
    isAsWritten: JSON.stringify(found) === JSON.stringify(RECORDED_AS_THEY_COME),
    figures: { values: all.length, ...counts },
  };
}
