import { generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { createServer, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { notesOf, type Happening } from "./notes.js";
import { record, World, type Answer, type Deed, type Line, type Somebody } from "./world.js";

/**
 * A misfortune of the next call that issues, changes or searches. `answer` comes instead of doing anything; `reset` and
 * `silence` too. What begins with `after` happens when Acme has done what was asked.
 */
export type Mishap = { readonly answer: { readonly status: number; readonly body: string; readonly location?: string } } | "reset" | "silence" | "after-reset" | "after-silence" | "after-cut" | "after-nonsense" | "after-anonymous";

/** What somebody in a chat does when the line's next card arrives there. */
export interface GuestStep {
  readonly from: Somebody;
  readonly word: string;
  readonly companions?: number;
  readonly sealed?: "lost";
  readonly afterMs: number;
}

/** A guest's reply to a card, as the chat has it. */
export interface Reply {
  readonly line: string;
  readonly about: string;
  readonly from: Somebody;
  readonly word?: string;
  readonly companions?: number | undefined;
  readonly sealed?: string;
}

export interface AcmeOptions {
  readonly lines: readonly { readonly name: string; readonly key: string; readonly self: Line["self"]; readonly plan?: readonly string[]; readonly parks?: boolean; readonly hook?: string }[];
  readonly people?: readonly Somebody[];
}

/** Acme, made up: a server on loopback, what happened there, and ways to make more happen. */
export interface AcmeSimulator {
  readonly url: string;
  /** The public half of the key that signs a line's deliveries. */
  deliveryKey(line: string): string;
  /** Tells Acme where a line's deliveries go: what an operator does in its panel. */
  connect(line: string, hook: string): void;
  /** What Acme did for its lines, oldest first. */
  deeds(): readonly Deed[];
  /** What guests replied, oldest first, whether or not anybody took the delivery. */
  replies(): readonly Reply[];
  /** How many requests of any kind have arrived. */
  requests(): number;
  failNext(mishap: Mishap): void;
  /** Resolves when what Acme posts about it has been answered. */
  happen(line: string, happening: Happening, times?: number): Promise<void>;
  script(line: string, chat: string, steps: readonly GuestStep[]): void;
  /** The headers of a genuine delivery of these bytes. */
  proofOf(line: string, body: Uint8Array): Readonly<Record<string, string>>;
  /** Resolves when no guest and no delivery is under way. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

export async function startAcme({ lines, people = [] }: AcmeOptions): Promise<AcmeSimulator> {
  const world = new World(people, Date.now);
  const keys = new Map<string, { readonly privateKey: KeyObject; readonly publicKey: KeyObject }>();
  for (const { name, key, self, plan = ["ballots", "changes", "venues"], parks = false, hook = "" } of lines) {
    world.lines.set(name, { name, key, self, plan, parks, hook, state: "up" });
    keys.set(name, generateKeyPairSync("ed25519"));
  }
  const mishaps: Mishap[] = [];
  const scripts = new Map<string, readonly GuestStep[]>();
  const replies: Reply[] = [];
  const underWay = new Set<Promise<void>>();
  let requests = 0;

  const proofOf = (line: string, body: Uint8Array) => {
    const stamp = String(Math.floor(Date.now() / 1000));
    const key = keys.get(line)?.privateKey;
    if (key === undefined) throw new TypeError(`Acme has no line ${line}`);
    return { "content-type": "application/json", "acme-stamp": stamp, "acme-proof": sign(null, Buffer.concat([Buffer.from(`${stamp}\n`), body]), key).toString("base64url") };
  };
  const post = async (line: string, notes: readonly object[]): Promise<void> => {
    const hook = world.lines.get(line)?.hook ?? "";
    const body = Buffer.from(JSON.stringify(notes));
    if (hook !== "") await fetch(hook, { method: "POST", headers: { connection: "close", ...proofOf(line, body) }, body: new Uint8Array(body) }).catch(() => undefined);
  };
  const happen = async (line: string, happening: Happening, times = 1): Promise<void> => {
    const notes = notesOf(world, line, happening);
    if (happening.what === "guest.replied") replies.push({ line, ...happening });
    for (let time = 0; time < times; time += 1) await post(line, notes);
  };
  const letGuestsAct = ({ name }: Line, deed: Deed | undefined): void => {
    const place = `${name} ${deed?.chat ?? ""}`;
    if (deed?.did !== "card.issue") return;
    const steps = scripts.get(place) ?? [];
    scripts.delete(place);
    for (const { afterMs, ...reply } of steps) {
      const work = new Promise((resolve) => setTimeout(resolve, afterMs)).then(() => happen(name, { what: "guest.replied", about: deed.stanza, ...reply }));
      underWay.add(work);
      void work.finally(() => underWay.delete(work));
    }
  };

  const server = createServer((request, response) => {
    requests += 1;
    const handle = async (): Promise<void> => {
      const asked = record(JSON.parse((await buffer(request)).toString("utf8")));
      const line = world.lines.get(String(asked.line));
      const mishap = asked.call === "line.describe" || asked.call === "people.lookup" ? undefined : mishaps.shift();
      if (mishap === "reset") return void request.socket.destroy();
      if (mishap === "silence") return;
      if (typeof mishap === "object") return void response.writeHead(mishap.answer.status, { "content-type": "application/json", ...(mishap.answer.location !== undefined && { location: mishap.answer.location }) }).end(mishap.answer.body);
      if (request.url !== "/door" || request.method !== "POST") return void response.writeHead(404).end();
      if (line === undefined || request.headers.authorization !== `Acme ${line.key}`) return answerTo(response, { done: false, fault: { no: 4010 } });
      const before = world.deeds.length;
      const answer = world.perform(String(asked.call), line, record(asked.args));
      letGuestsAct(line, world.deeds[before]);
      if (mishap === "after-reset") return void request.socket.destroy();
      if (mishap === "after-silence") return;
      answerTo(response, answer, mishap);
    };
    handle().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;

  return {
    url, happen, proofOf,
    deliveryKey: (line) => keys.get(line)?.publicKey.export({ format: "jwk" }).x ?? "",
    connect(line, hook) {
      const found = world.lines.get(line);
      if (found !== undefined) found.hook = hook;
    },
    deeds: () => world.deeds,
    replies: () => replies,
    requests: () => requests,
    failNext: (mishap) => void mishaps.push(mishap),
    script: (line, chat, steps) => void scripts.set(`${line} ${chat}`, steps),
    async settle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function answerTo(response: ServerResponse, answer: Answer, mishap?: Mishap): void {
  const result = answer.done && mishap === "after-anonymous" ? { done: true, result: {} } : answer;
  const body = mishap === "after-nonsense" ? "it is all right" : JSON.stringify(result);
  response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(body) });
  if (mishap !== "after-cut") return void response.end(body);
  response.write(body.slice(0, body.length / 2));
  setTimeout(() => response.destroy(), 5);
}
