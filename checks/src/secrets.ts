import { runCheck } from "./report.js";
import { FAULTS } from "./faults/catalogue.js";
import { answer } from "./faults/raw-vendor.js";
import { CLIENTS, runFault, type ClientName, type Tamper } from "./faults/run-fault.js";
import { CREDENTIALS, SUBJECTS } from "./faults/subjects.js";
import { GUEST, guestIn, leaksIn, SECRETS, spellings } from "./secrets/canaries.js";
import { executables } from "./secrets/executables.js";
import { PLANTED } from "./secrets/planted.js";
import { constant, uncaught, wholeRuns, wrongConfigurations, wrongRequests, type Output } from "./secrets/scenarios.js";
import { artefactsOf, memoryLogger } from "./secrets/sinks.js";
import { watched } from "./secrets/watched.js";

interface Hit {
  readonly where: string;
  readonly sink: string;
  readonly leaked: readonly string[];
}

const clients = Object.keys(CLIENTS).filter((name): name is ClientName => Object.hasOwn(CLIENTS, name));

/** Every sink of every output, searched. Non-empty texts count as artefacts. */
function search(outputs: readonly Output[]): { readonly artefacts: number; readonly hits: readonly Hit[] } {
  let artefacts = 0;
  const hits: Hit[] = [];
  for (const { where, value } of outputs) {
    for (const [sink, text] of artefactsOf(value)) {
      if (text !== "") artefacts += 1;
      const leaked = leaksIn(text);
      if (leaked.length > 0) hits.push({ where, sink, leaked });
    }
  }
  return { artefacts, hits };
}

async function faultOutputs(full: boolean, tamper: Tamper = {}, only?: string): Promise<readonly Output[]> {
  const faults = FAULTS.filter(({ name, heavy, site, core }) => (only === undefined ? (full ? heavy !== true : heavy !== true && (core === true || site === undefined)) : name === only));
  const left = faults.flatMap((fault) => SUBJECTS.filter((subject) => (fault.vendor ?? subject.vendor) === subject.vendor && (full || subject.operation === "send") && (fault.onlyWrites !== true || subject.writes)).flatMap((subject) => (full ? clients : clients.slice(0, 1)).map((client) => ({ fault, subject, client }))));
  const outputs: Output[] = [];
  const work = async () => {
    for (let job = left.shift(); job !== undefined; job = left.shift()) {
      const { fault, subject, client } = job;
      const run = await runFault(fault, subject, client, () => {}, tamper);
      if (run !== undefined) outputs.push({ where: `${fault.name}: ${subject.vendor} ${subject.operation} over ${client}`, value: run.result });
    }
  };
  await Promise.all(Array.from({ length: 10 }, work));
  return outputs;
}

await runCheck("secrets", async ({ size, progress }) => {
  const full = size === "full";
  progress("faults");
  const faults = await faultOutputs(full);
  progress("configurations and requests that are refused");
  const refused = [...await wrongConfigurations(), ...await wrongRequests()];
  progress("whole runs with telemetry, webhooks");
  const good = JSON.stringify({ zaapId: "Z1", messageId: "3EB0C41F7A9D2E6B558011", id: "true_351969700417@c.us_3EB0C41F7A9D2E6B558011", status: "WORKING", engine: "GOWS", version: "2026.7.1", connected: true });
  const echo = JSON.stringify({ error: `Client-Token ${CREDENTIALS.zapiClientToken} not allowed`, message: `bad key ${CREDENTIALS.wahaApiKey}`, url: `/instances/INST/token/${CREDENTIALS.zapiToken}/send-event`, statusCode: 403 });
  const ready = (request: { readonly method: string }, status: string, body: string) => (request.method === "GET" ? answer("200 OK", good) : answer(status, body));
  const whole = await wholeRuns([
    ["happy path", constant("201 Created", good)],
    ["everything refused, credentials repeated", constant("403 Forbidden", echo)],
    ["sends refused, credentials repeated", async (socket, next) => { for (;;) socket.write(ready(await next(), "403 Forbidden", echo)); }],
    ["sends fail, credentials repeated", async (socket, next) => { for (;;) socket.write(ready(await next(), "500 Internal Server Error", JSON.stringify({ exception: { message: echo, name: "Error" }, request: JSON.parse(echo) }))); }],
    ["sends are reset", async (socket, next) => { for (;;) { const request = await next(); if (request.method === "GET") socket.write(answer("200 OK", good)); else socket.resetAndDestroy(); } }],
  ]);
  const thrown = uncaught();
  progress("under OpenTelemetry's instrumentations and pino-http; what our examples print");
  const [tools, own] = await Promise.all([watched(), executables()]);
  const parts: Readonly<Record<string, ReturnType<typeof search>>> = { faults: search(faults), refused: search(refused), wholeRuns: search(whole.outputs), uncaught: search([thrown]), executables: search(own.outputs) };
  const artefacts = Object.values(parts).reduce((sum, part) => sum + part.artefacts, 0);
  const hits = Object.values(parts).flatMap((part) => part.hits);
  const guest = guestIn(whole.fromInfo);

  progress("planted leaks");
  const missed: string[] = [];
  for (const [name, tamper] of PLANTED) {
    const outputs = await faultOutputs(false, tamper, "RST after the request was read");
    if (search(outputs).hits.length === 0) missed.push(name);
  }
  const forms = Object.values(SECRETS).flatMap((text) => spellings(text).map((spelling) => ({ spelling })));
  const unseen = forms.filter(({ spelling }) => leaksIn(`x=${spelling.slice(4, 16)};`).length === 0);
  if (unseen.length > 0) missed.push(`${unseen.length} of ${forms.length} spellings, in pieces of twelve`);
  const talkative = memoryLogger();
  talkative.logger.debug({ to: GUEST["phone"] }, "sent");
  const quiet = guestIn(talkative.fromInfo());
  talkative.logger.info({ to: GUEST["phone"] }, "sent");
  if (quiet.length > 0 || guestIn(talkative.fromInfo()).length === 0) missed.push("a guest's number in a log");
  if (tools.found.length === 0) missed.push("tools as they come, which record credentials");
  const accepted = whole.outputs.filter(({ where, value }) => where.startsWith("happy path: send") && typeof value === "object" && value !== null && "handle" in value).length;

  const isThorough = artefacts >= (full ? 10_000 : 2_000) && Object.values(parts).every((part) => part.artefacts >= 5) && whole.spans >= 50 && whole.lines >= 10 && accepted === 2 && /MessagingError/.test(String(thrown.value))
    && tools.thorough && own.credentials >= 10 && own.ran === 3;
  return {
    ok: hits.length === 0 && guest.length === 0 && tools.left.length === 0 && tools.isAsWritten && tools.onThePage && own.shown.length === 0 && isThorough && missed.length === 0,
    artefacts, hits: hits.slice(0, 50), hitCount: hits.length, by: Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, { artefacts: part.artefacts, hits: part.hits.length }])),
    guestFromInfoUp: guest, logLines: whole.lines, spansAndMeasurements: whole.spans, secrets: Object.keys(SECRETS).length, spellings: forms.length,
    uncaughtIsOurs: /MessagingError/.test(String(thrown.value)), thorough: isThorough,
    watchingTools: { ...tools.figures, recordedAsTheyCome: tools.found, asThePageSays: tools.isAsWritten && tools.onThePage, leftWithThePagesSettings: tools.left },
    executables: { ran: own.ran, credentials: own.credentials, shown: own.shown },
    planted: { tried: PLANTED.length + 3, caught: PLANTED.length + 3 - missed.length }, missed,
  };
});
