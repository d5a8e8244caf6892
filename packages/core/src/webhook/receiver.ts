import { randomUUID } from "node:crypto";
import type { AccountDirectory } from "../accounts/directory.js";
import type { AccountPool } from "../accounts/pool.js";
import type { WebhookRequest } from "../driver/webhook-codec.js";
import { readJson } from "../http/read-json.js";
import { accountId, isAccountId, type AccountId } from "../model/ids.js";
import type { Authenticity, Fact } from "../model/inbound.js";
import { fromEpochMs } from "../model/time.js";
import type { InvitationBook } from "../store/book.js";
import type { Inbox, InboxEntry } from "../store/inbox.js";
import { claimOf } from "./claim.js";
import { recordOf } from "./join.js";
import { answeredQuestion } from "./open-question.js";
import { plausibilityFlags } from "./plausibility.js";
import { tailOf } from "./webhook-path.js";

/** A delivery, whatever server took it. `body` must be the bytes as received: signatures cover bytes. */
export interface RawWebhook {
  readonly method: string;
  /** Path with or without a query. */
  readonly path: string;
  readonly headers: Iterable<readonly [string, string]>;
  readonly body: Uint8Array;
}

/** `handled: false`: nothing was kept, and another program on the same URL may go on with the delivery. */
export interface WebhookResult {
  readonly handled: boolean;
  readonly status: 200 | 400 | 404 | 413 | 503;
}

/** What was received and not kept, by a fixed word: never content. */
export type Count = (what: string) => void;

export interface ReceiverOptions {
  readonly directory: AccountDirectory;
  readonly pool: AccountPool;
  readonly book: InvitationBook;
  readonly inbox: Inbox;
  readonly minimumAuthenticity: Authenticity;
  readonly maxBodyBytes: number;
  readonly now: () => Date;
  readonly kick: () => void;
  /** Is a sending call under way in this process, whose message the book does not know yet? */
  readonly sending: () => boolean;
  readonly count: Count;
  /** Told of every authentic delivery, and of what one says about its account's status. */
  readonly heard: (account: AccountId, status: Fact<"account.status"> | undefined) => void;
}

const RANK: Readonly<Record<Authenticity, number>> = { signature: 2, "url-secret": 1, none: 0 };
const REFUSED: WebhookResult = { handled: true, status: 404 };

/**
 * Bytes → account → authenticate → parse → inbox → answer. Handlers run later, so a slow or failing one cannot lose an
 * answer. An unknown account, a failed authentication and a
 * delivery that names another account give the same 404. Never rejects.
 */
export async function receive(house: ReceiverOptions, basePath: string, raw: RawWebhook): Promise<WebhookResult> {
  const tail = tailOf(basePath, raw.path);
  if (tail === undefined) return { handled: false, status: 404 };
  if (raw.body.byteLength > house.maxBodyBytes) return counted(house, "too-large", { handled: true, status: 413 });
  try {
    return await deliver(house, tail, raw);
  } catch {
    // A store or the directory refused: nothing was kept, so the vendor shall come again.
    return counted(house, "store-failed", { handled: true, status: 503 });
  }
}

async function deliver(house: ReceiverOptions, [id, ...tail]: readonly string[], raw: RawWebhook): Promise<WebhookResult> {
  // What could be no account's id never reaches the application's database.
  const record = !isAccountId(id) || raw.method.toUpperCase() !== "POST" ? undefined : await house.directory.byId(id);
  if (record === undefined) return counted(house, "no-such-account", REFUSED);
  const lease = await house.pool.use(record).catch(() => undefined);
  // A wrong configuration is the operator's to correct; until then the vendor shall come again.
  if (lease === undefined) return counted(house, "account-not-open", { handled: true, status: 503 });
  try {
    const account = accountId(record.id);
    const receivedAt = fromEpochMs(house.now().getTime());
    const request: WebhookRequest = {
      method: raw.method.toUpperCase(), tail, body: raw.body, receivedAt,
      headers: new Map([...raw.headers].map(([name, value]) => [name.toLowerCase(), value])),
    };
    const authenticated = unlessItThrows(() => lease.provider.webhook.authenticate(request)) ?? { ok: false, reason: "adapter-threw" };
    if (!authenticated.ok) return counted(house, `unauthentic:${authenticated.reason}`, REFUSED);
    if (RANK[authenticated.by] < RANK[house.minimumAuthenticity]) return counted(house, "below-minimum-authenticity", REFUSED);

    house.heard(account, undefined);
    const json = readJson(Buffer.from(raw.body.buffer, raw.body.byteOffset, raw.body.byteLength));
    if (json === undefined) return counted(house, "not-json", { handled: true, status: 400 });
    const parsed = unlessItThrows(() => lease.provider.webhook.parse(json, request)) ?? { kind: "malformed", reason: "adapter-threw" };
    if (parsed.kind === "foreign") return counted(house, `foreign:${parsed.reason}`, { handled: false, status: 200 });
    if (parsed.kind === "refused") return counted(house, `refused:${parsed.reason}`, REFUSED);
    if (parsed.kind !== "facts") return counted(house, `${parsed.kind}:${parsed.reason}`, { handled: true, status: 200 });
    for (const fact of parsed.facts) {
      if (fact.type !== "account.status") continue;
      lease.forgetProbe();
      house.heard(account, fact);
    }

    const ours = (await Promise.all(parsed.facts.map((fact) => kept(house, account, fact)))).flat();
    if (ours.length === 0) return counted(house, "foreign:not-about-an-invitation", { handled: false, status: 200 });
    const entries = ours.map((fact): Omit<InboxEntry, "attempts"> => {
      const claim = claimOf(account, fact);
      return { id: randomUUID(), provider: record.provider, account, ...(claim !== undefined && { claim }), fact, authenticity: authenticated.by, flags: plausibilityFlags(fact, receivedAt), receivedAt };
    });
    const { known } = await house.inbox.put(entries);
    if (known > 0) house.count("duplicate");
    house.kick();
    return { handled: true, status: 200 };
  } finally {
    lease.release();
  }
}

/**
 * Vendors report every message of the account. Answers to events are kept, whatever they answer: the book may learn of the
 * event later. A text, a vote or a receipt is kept only when the book knows its message; the rest is private chat, and let go.
 * A text without a quote is kept only when it answers the one question that is open in its chat.
 * Receipts and votes may overtake the end of a send, so they are kept as well while one is under way.
 */
async function kept(house: ReceiverOptions, account: AccountId, fact: Fact): Promise<readonly Fact[]> {
  if (fact.type !== "message.replied" || fact.target !== undefined) return (await isOurs(house, account, fact)) ? [fact] : [];
  const unquoted = await answeredQuestion(house.book, account, fact);
  if (unquoted.kind === "ambiguous") house.count("ambiguous-text");
  return unquoted.kind === "answer" ? [unquoted.fact] : [];
}

async function isOurs({ book, sending }: ReceiverOptions, account: AccountId, fact: Fact): Promise<boolean> {
  switch (fact.type) {
    case "rsvp":
    case "rsvp.unreadable":
    case "rsvp.unrecognized":
    case "invitation.observed":
    case "account.status": return true;
    case "message.replied": return (await recordOf(book, account, fact)) !== undefined;
    default: return (await recordOf(book, account, fact)) !== undefined || sending();
  }
}

/** A codec never throws; one that does must not turn a delivery into an endless repetition. Its error may hold the delivery, so it ends here. */
function unlessItThrows<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

function counted(house: ReceiverOptions, what: string, result: WebhookResult): WebhookResult {
  house.count(what);
  return result;
}
