import { memoryBook, memoryInbox, type Inbox, type InvitationBook, type InboundEvent, type Messaging, type RawWebhook } from "@event-messaging/core";
import { tenantId } from "@event-messaging/core/driver";
import { bodyOf, type GuestAnswer, type Invitation } from "../inbound/answers.js";
import { BASE_PATH, delivery, LINES, type Vendor } from "../inbound/lines.js";
import { createStage, invite, NOW } from "../inbound/stage.js";
import { Problems } from "../fuzz/problems.js";
import type { Random } from "../order/random.js";
import { jitteredBook, jitteredInbox, pause } from "./jittered.js";

export const AT_ONCE = 50;
/** After the round and once more: what vendors repeat late, and what an attacker replays. */
const REPLAYS_MS = [1_000, 3_600_000, 29 * 86_400_000];

/** What is between the receivers and the stores: nothing, or a defect. */
export interface Between {
  readonly inbox?: (inbox: Inbox) => Inbox;
  readonly book?: (book: InvitationBook) => InvitationBook;
  readonly delivery?: (raw: RawWebhook, copy: number) => RawWebhook;
}

export type Kind = "same body" | "new delivery ids" | "nearly at once" | "two answers";
export const KINDS: readonly Kind[] = ["same body", "new delivery ids", "nearly at once", "two answers"];

/**
 * Rounds of fifty deliveries of one answer, to two copies of the receiver over one inbox and one book. Both copies work
 * through the inbox, and both tell their handlers.
 */
export class DuplicateRun {
  readonly problems = new Problems();
  readonly tried = { rounds: 0, deliveries: 0, replays: 0, byKind: { "same body": 0, "new delivery ids": 0, "nearly at once": 0, "two answers": 0 } satisfies Record<Kind, number> };
  readonly became = { rows: 0, transitions: 0, known: 0 };
  readonly #vendor: Vendor;
  readonly #random: Random;
  readonly #book: InvitationBook;
  readonly #copies: readonly Messaging[];
  readonly #told: InboundEvent[][];
  readonly #change: (raw: RawWebhook, copy: number) => RawWebhook;
  #now = NOW;
  #added = 0;

  constructor(vendor: Vendor, random: Random, between: Between = {}) {
    this.#vendor = vendor;
    this.#random = random;
    const now = () => new Date(this.#now);
    const inner = memoryInbox({ now });
    const counted: Inbox = {
      ...inner,
      put: async (entries) => {
        const result = await inner.put(entries);
        this.#added += result.added;
        this.became.known += result.known;
        return result;
      },
    };
    const inbox = jitteredInbox(between.inbox?.(counted) ?? counted, random);
    const plain = memoryBook({ now });
    this.#book = plain;
    const book = jitteredBook(between.book?.(plain) ?? plain, random);
    const stages = [createStage({ inbox, book, now }), createStage({ inbox, book, now })];
    this.#copies = stages.map(({ messaging }) => messaging);
    this.#told = stages.map(({ told }) => told);
    this.#change = between.delivery ?? ((raw) => raw);
  }

  async run(rounds: number): Promise<this> {
    for (let round = 0; round < rounds; round += 1) await this.#round(KINDS[round % KINDS.length] ?? "same body");
    await Promise.all(this.#copies.map((copy) => copy.close()));
    return this;
  }

  async #round(kind: Kind): Promise<void> {
    const { tried } = this;
    const [copy] = this.#copies;
    if (copy === undefined) return;
    tried.rounds += 1;
    tried.byKind[kind] += 1;
    this.#added = 0;
    for (const told of this.#told) told.length = 0;
    const invitation: Invitation = { line: LINES[this.#vendor].ours, key: `apt_${tried.rounds}`, messageId: `3EB0DD${String(tried.rounds).padStart(8, "0")}`, recipient: "120363041234567890@g.us" };
    await invite(copy, invitation);
    const first: GuestAnswer = { invitation, phone: "+351960000123", lid: "271000000000099@lid", source: `3A${tried.rounds}`, response: "GOING", extraGuests: 1, at: this.#now - 60_000 };
    const second: GuestAnswer = { ...first, source: `3B${tried.rounds}`, response: "NOT_GOING", extraGuests: 0, at: first.at + 5_000 };
    const answers = kind === "two answers" ? [first, second] : [first];
    const last = answers.at(-1) ?? first;

    const posts = Array.from({ length: AT_ONCE }, (_, index) => ({ index, answer: answers[index % answers.length] ?? first }));
    const statuses = await Promise.all(posts.map(async ({ index, answer }) => {
      if (kind === "nearly at once") await pause(this.#random);
      return this.#post(answer, index, kind !== "same body");
    }));
    if (statuses.some((status) => status !== 200)) this.problems.add("a delivery was not answered with 200", statuses.join());
    await this.#settled();
    this.became.rows += this.#added;
    if (this.#added !== answers.length) this.problems.add("other than one row for one answer", `${kind}: ${this.#added} rows of ${answers.length} answers`);
    const before = this.#judge(kind, answers, last);

    // Much later, with fresh headers: never a second transition.
    const began = this.#now;
    for (const [index, later] of REPLAYS_MS.entries()) {
      if (tried.rounds % 10 !== index) continue;
      this.#now = began + later;
      tried.replays += 1;
      if ((await this.#post(last, 1_000 + index, true)) !== 200) this.problems.add("a replay was not answered with 200", kind);
      await this.#settled();
      if (this.#added !== answers.length || this.#events().length !== before) this.problems.add("a replay changed something", `${kind} after ${later} ms`);
    }
    this.#now = began + 120_000;
    await this.#judgeBook(invitation, answers, kind);
  }

  async #post(answer: GuestAnswer, index: number, isFresh: boolean): Promise<number> {
    const body = bodyOf(answer);
    // What the vendor changes when it delivers one fact again: the delivery's id and time, never the message's.
    if (isFresh && this.#vendor === "waha") Object.assign(body, { id: `evt_${index}_${answer.source.toLowerCase()}`, timestamp: answer.at + 400 + index });
    if (isFresh && this.#vendor === "zapi") Object.assign(body, { momment: answer.at + 400 + index, senderName: `Rita ${index}` });
    const raw = delivery(answer.invitation.line, Buffer.from(JSON.stringify(body)));
    const headers = [...raw.headers, ["x-webhook-request-id", `req-${index}`], ["x-webhook-timestamp", `${this.#now + index}`]] as const;
    const copy = this.#copies[index % this.#copies.length];
    return copy ? (await copy.receive(BASE_PATH, this.#change({ ...raw, headers }, index))).status : 0;
  }

  async #settled(): Promise<void> {
    // Each copy may leave work that the other made due.
    for (let again = 0; again < 2; again += 1) for (const copy of this.#copies) await copy.idle();
  }

  #events(): readonly InboundEvent<"rsvp">[] {
    return this.#told.flat().filter((event) => event.type === "rsvp");
  }

  /** Each answer told at most once, the one that counts exactly once: an older one that comes second is history. Gives the number of transitions. */
  #judge(kind: Kind, answers: readonly GuestAnswer[], last: GuestAnswer): number {
    const events = this.#events();
    this.became.transitions += events.length;
    for (const { source } of answers) if (events.filter((event) => event.source === source).length > 1) this.problems.add("a transition was told twice", `${kind}: ${source}`);
    if (events.filter(({ source }) => source === last.source).length !== 1) this.problems.add("the answer that counts was not told once", kind);
    if (this.#told.flat().some(({ type }) => type !== "rsvp")) this.problems.add("something else was told", kind);
    return events.length;
  }

  async #judgeBook({ line, key }: Invitation, answers: readonly GuestAnswer[], kind: Kind): Promise<void> {
    const filed = await this.#book.answers(tenantId(line.tenant), key);
    if (filed.length !== answers.length) this.problems.add("the book holds other than one answer for each", `${kind}: ${filed.length}`);
  }
}
