import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { GuestAnswer, Invitation } from "../inbound/answers.js";
import { bodyOf, expectedFact, plainFact } from "../inbound/answers.js";
import { BASE_PATH, delivery, LINES, VENDORS, type Vendor } from "../inbound/lines.js";
import { createStage, invite, NOW, type Stage } from "../inbound/stage.js";
import { seededRandom } from "../order/random.js";
import { FORGERIES } from "./forgeries.js";
import { documentRequests, lyingRequests, type HostileRequest } from "./hostile-requests.js";
import { Problems } from "./problems.js";
import { exchange, requestBytes, type Answered } from "./raw-socket.js";

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export interface SocketSubject {
  readonly handler?: (stage: Stage) => Handler;
  readonly maxBodyBytes?: number;
  readonly bodyDeadlineMs?: number;
  readonly patienceMs?: number;
  /** Only requests of such names; all unless given. */
  readonly only?: RegExp;
}

const DEADLINE_MS = 2_000;
/** Beyond the deadline: what a busy machine may need. */
const LATE_MS = 15_000;
const AT_ONCE = 12;
const GROUP = "120363041234567890@g.us";

/** Every hostile request on a connection of its own, some at once, and genuine ones between them that must still be taken. */
export async function socketRun({ handler, maxBodyBytes, bodyDeadlineMs = DEADLINE_MS, patienceMs = DEADLINE_MS + LATE_MS, only }: SocketSubject) {
  const problems = new Problems();
  const stage = createStage({ bodyDeadlineMs, ...(maxBodyBytes !== undefined && { maxBodyBytes }) });
  const invitation = (vendor: Vendor): Invitation => ({ line: LINES[vendor].ours, key: "apt_1", messageId: "3EB0AB0000000000000010", recipient: GROUP });
  for (const vendor of VENDORS) await invite(stage.messaging, invitation(vendor));
  let serial = 0;
  const rightful = new Map<string, string>();
  const answer = (vendor: Vendor): GuestAnswer => {
    serial += 1;
    const given: GuestAnswer = { invitation: invitation(vendor), phone: `+35197${String(serial).padStart(7, "0")}`, lid: `2720${serial}@lid`, source: `3AFE${serial}`, response: "GOING", extraGuests: 1, at: NOW };
    rightful.set(given.source, expectedFact(given));
    return given;
  };

  const server = createServer(handler?.(stage) ?? stage.messaging.nodeHandler(BASE_PATH));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const rssBefore = process.memoryUsage().rss;
  const prototypeBefore = Reflect.ownKeys(Object.prototype).length;
  const tried = { requests: 0, again: 0, genuine: 0, forged: 0 };
  let slowest = { name: "", ms: 0 };

  /** A starved machine lets the deadline of a quick body pass as well: what looks wrong is tried once more, and counts only then. */
  const wrongTwice = async (look: () => Promise<readonly (readonly [kind: string, detail: string])[]>) => {
    if ((await look()).length === 0) return;
    tried.again += 1;
    for (const [kind, detail] of await look()) problems.add(kind, detail);
  };
  const genuine = (vendor: Vendor) => wrongTwice(async () => {
    tried.genuine += 1;
    const given = answer(vendor);
    const { status } = await exchange(port, (socket) => void socket.end(requestBytes(delivery(LINES[vendor].ours, Buffer.from(JSON.stringify(bodyOf(given)))))), patienceMs);
    return status === 200 && stage.kept.some(({ fact }) => fact.source === given.source) ? [] : [["a genuine request was not taken", `${status}`]];
  });
  const one = async (request: HostileRequest) => {
    const place = (tried.requests += 1);
    await wrongTwice(async () => {
      const answered = await exchange(port, request.write, patienceMs);
      if (request.isSlow !== true && answered.ms > slowest.ms) slowest = { name: request.name, ms: answered.ms };
      return wrongIn(request, answered);
    });
    if (place % 25 === 0) for (const vendor of VENDORS) await genuine(vendor);
  };

  const requests = VENDORS.flatMap((vendor) => [
    ...lyingRequests(LINES[vendor].ours, delivery(LINES[vendor].ours, Buffer.from(JSON.stringify(bodyOf(answer(vendor)))))),
    ...documentRequests(LINES[vendor].ours, () => answer(vendor)),
  ]).filter(({ name }) => only === undefined || only.test(name));
  const quick = requests.filter(({ isSlow }) => isSlow !== true).values();
  await Promise.all([
    ...requests.filter(({ isSlow }) => isSlow === true).map(one),
    ...Array.from({ length: AT_ONCE }, async () => {
      for (const request of quick) await one(request);
    }),
  ]);
  for (const vendor of VENDORS) await genuine(vendor);

  const refusals = new Set<string>();
  for (const vendor of VENDORS) {
    for (const [name, forge] of Object.entries(FORGERIES[vendor])) {
      tried.forged += 1;
      const given: GuestAnswer = { ...answer(vendor), source: `F0${tried.forged}` };
      const { text } = await exchange(port, (socket) => void socket.end(requestBytes(forge(Buffer.from(JSON.stringify(bodyOf(given))), seededRandom(tried.forged)))));
      if (name !== "another method") refusals.add(text);
      if (stage.kept.some(({ fact }) => fact.source === given.source)) problems.add("a forged request was kept", name);
    }
  }
  if (refusals.size !== 1) problems.add("refusals differ in their bytes", [...refusals].join("\n"));

  await stage.messaging.idle();
  for (const { fact } of stage.kept) if (plainFact(fact) !== rightful.get(fact.source)) problems.add("something was kept that nobody said", JSON.stringify(fact));
  const kept = new Set(stage.kept.map(({ fact }) => fact.source));
  if (stage.told.length !== kept.size) problems.add("told and kept differ", `${stage.told.length} of ${kept.size}`);
  if (Reflect.ownKeys(Object.prototype).length !== prototypeBefore || "polluted" in {}) problems.add("Object.prototype was changed", "");
  const open = await connectionsLeft(server);
  if (open > 0) problems.add("connections stay open", `${open}`);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await stage.messaging.close();
  return { tried, problems, slowest, refusalBytes: [...refusals].map((text) => text.length), kept: kept.size, rssGrowthMiB: Math.round((process.memoryUsage().rss - rssBefore) / 1024 / 1024), statuses: stage.messaging.counts() };
}

function wrongIn({ name, expect, isSlow = false }: HostileRequest, { status, ended, ms, text }: Answered): readonly (readonly [kind: string, detail: string])[] {
  const detail = `${name}: ${status} after ${ms} ms`;
  const wrong: (readonly [string, string])[] = [];
  if (!ended) wrong.push(["a connection was never ended", detail]);
  if (status >= 500 && status !== 501 && status !== 505) wrong.push(["a server error", detail]);
  if (expect && ended && !expect.includes(status)) wrong.push(["another answer than expected", `${detail}, expected ${expect.join()}`]);
  if (isSlow && ended && ms < DEADLINE_MS - 50) wrong.push(["a slow body was cut before its time", detail]);
  if (/3EB0|35196|35197|GOING|at file|node_modules|Error:/.test(text)) wrong.push(["an answer gives something away", `${detail}: ${text.slice(0, 200)}`]);
  return wrong;
}

/** Waits up to two seconds for connections to go. */
async function connectionsLeft(server: ReturnType<typeof createServer>): Promise<number> {
  for (let look = 0; ; look += 1) {
    const open = await new Promise<number>((resolve) => server.getConnections((_, count) => resolve(count)));
    if (open === 0 || look === 40) return open;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Servers with a defect in front of the receiver. */
export const WEAK_SERVERS: Readonly<Record<string, SocketSubject>> = {
  "socket: no deadline for a body": { bodyDeadlineMs: 600_000, patienceMs: 3_000, only: /silence|one byte at a time/ },
  "socket: no limit of size": { maxBodyBytes: 1e9, only: /five times|above the limit/ },
  "socket: reads the body as text": {
    only: /surrogate in UTF-8|half a character|Latin-1/,
    handler: ({ messaging }) => (request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => void chunks.push(chunk));
      request.once("end", () => {
        const body = Buffer.from(Buffer.concat(chunks).toString("utf8"));
        const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)] as const);
        void messaging.receive(BASE_PATH, { method: request.method ?? "", path: request.url ?? "", headers, body }).then(({ status }) => response.writeHead(status).end());
      });
    },
  },
  "socket: tells accounts apart": {
    only: /nothing at all/,
    handler: ({ messaging }) => {
      const handle = messaging.nodeHandler(BASE_PATH);
      return (request, response) => {
        if (request.url?.includes("nobody")) response.setHeader("x-reason", "no such account");
        handle(request, response);
      };
    },
  },
  "socket: fails on depth": {
    only: /deep/,
    handler: ({ messaging }) => {
      const handle = messaging.nodeHandler(BASE_PATH);
      return (request, response) => {
        if (Number(request.headers["content-length"] ?? 0) > 5_000) response.writeHead(500).end();
        else handle(request, response);
      };
    },
  },
};
