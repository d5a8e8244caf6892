import { createHistogram } from "node:perf_hooks";
import { setImmediate as turn } from "node:timers/promises";
import type { InboxEntry, ProviderDefinition, RawWebhook, WebhookResult } from "@event-messaging/core";
import { bodyOf, dressed, expectedFact, plainFact, type GuestAnswer, type Invitation } from "../inbound/answers.js";
import { fixturesOf } from "../inbound/fixtures.js";
import { BASE_PATH, delivery, LINES, type Vendor } from "../inbound/lines.js";
import { isObject } from "../inbound/own.js";
import { createStage, DEFINITIONS, invite, NOW, type Stage } from "../inbound/stage.js";
import type { Random } from "../order/random.js";
import { aimed } from "./aimed.js";
import { FORGERIES } from "./forgeries.js";
import { judgeStage } from "./judge-stage.js";
import { unjustified } from "./may-be.js";
import { mutated } from "./mutate.js";
import { namesAnother } from "./names-another.js";
import { privateChat } from "./private-chat.js";
import { Problems } from "./problems.js";

/** What is tried: the library's own receiver, or one with a defect in it. */
export interface Subject {
  readonly definitions?: { readonly [V in Vendor]: ProviderDefinition };
  readonly receive?: (stage: Stage, raw: RawWebhook) => Promise<WebhookResult>;
}

/** Bodies of one stage; then its state is looked at and it is given up. */
const CHUNK = 1_000;
const SLOWEST = 20;
const KNOWN_TARGETS: { readonly [V in Vendor]: string } = { waha: "3EB0C4D1A2B3F4E5061728", zapi: "3EB0C41F7A9D2E6B558011" };
/** Of the garbage, what may be kept without being about an invitation of ours. */
const KEPT_ANYHOW: ReadonlySet<string> = new Set(["rsvp", "rsvp.unreadable", "rsvp.unrecognized", "invitation.observed", "account.status"]);

type Kept = Omit<InboxEntry, "attempts">;

/** Feeds hostile, genuine, forged and private bodies to the receiver, one by one, and judges what became of each. */
export class HostileRun {
  readonly tried = { bodies: 0, garbage: 0, aimed: 0, genuine: 0, forged: 0, foreignTenant: 0, privateChat: 0 };
  readonly became = { garbageFacts: 0, garbageRsvps: 0, genuineFacts: 0, genuineEvents: 0, tooLarge: 0, notJson: 0, ofAnother: 0 };
  readonly refusals = new Set<string>();
  readonly problems = new Problems();
  readonly latency = createHistogram();
  /** The slowest, slowest first. */
  #slow: readonly { readonly ms: number; readonly kind: string; readonly raw: RawWebhook }[] = [];
  readonly #subject: Subject;
  readonly #vendor: Vendor;
  readonly #random: Random;
  readonly #texts: readonly string[];
  readonly #answers: readonly string[];
  #serial = 0;

  constructor(subject: Subject, vendor: Vendor, random: Random) {
    this.#subject = subject;
    this.#vendor = vendor;
    this.#random = random;
    this.#texts = fixturesOf(vendor).map(({ text }) => text);
    this.#answers = fixturesOf(vendor).filter(({ name }) => /^event-response(?!-failed)/.test(name)).map(({ text }) => text);
  }

  async run(bodies: number, progress: (done: number) => void = () => undefined): Promise<this> {
    while (this.tried.bodies < bodies) {
      await this.#chunk(Math.min(CHUNK, bodies - this.tried.bodies), false);
      progress(this.tried.bodies);
    }
    return this;
  }

  /** As `run`, but only until the first problem, or until the caller has seen enough. */
  async runUntilProblem(bodies: number, isEnough: () => boolean): Promise<this> {
    while (this.tried.bodies < bodies && this.problems.total === 0 && !isEnough()) await this.#chunk(300, true);
    return this;
  }

  async #chunk(bodies: number, isHasty: boolean): Promise<void> {
    const { ours, other } = LINES[this.#vendor];
    const stage = createStage({ definitions: this.#subject.definitions ?? DEFINITIONS });
    const group = "120363041234567890@g.us";
    const invitations: Invitation[] = Array.from({ length: 20 }, (_, index) => ({ line: ours, key: `apt_${index}`, messageId: `3EB0AB00000000000000${10 + index}`, recipient: group }));
    const known: Invitation = { line: ours, key: "apt_known", messageId: KNOWN_TARGETS[this.#vendor], recipient: group };
    const theirs: Invitation = { line: other, key: "apt_theirs", messageId: "3EB0CD0000000000000001", recipient: group };
    for (const invitation of [...invitations, known, theirs]) await invite(stage.messaging, invitation);
    const due = new Map<string, GuestAnswer>();
    const rightful = new Set<string>();
    const targets = new Set([...invitations, known].map(({ messageId }) => messageId));

    for (let body = 0; body < bodies; body += 1) {
      if (isHasty && this.problems.total > 0) break;
      this.tried.bodies += 1;
      const dice = this.#random.next(100);
      if (dice < 10) await this.#genuine(stage, invitations, due);
      else if (dice < 25) await this.#forged(stage, invitations);
      else if (dice < 28) await this.#fromAnotherTenant(stage, known);
      else if (dice < 33) await this.#private(stage);
      else await this.#garbage(stage, rightful, targets);
      if (Reflect.ownKeys(Object.prototype).length !== PROTOTYPE_KEYS) this.#cleanPrototype();
    }
    await stage.messaging.idle();
    await turn();
    const keys = [...invitations, known].map(({ key }) => key);
    this.became.genuineEvents += await judgeStage(this.problems, stage, { lines: LINES[this.#vendor], keys, due, rightful });
    await stage.messaging.close();
  }

  /** One delivery, timed; what was handed to the inbox during it. `undefined`: it rejected. */
  async #post(stage: Stage, raw: RawWebhook, kind: string): Promise<{ readonly result: WebhookResult; readonly kept: readonly Kept[] } | undefined> {
    const before = stage.kept.length;
    const started = process.hrtime.bigint();
    try {
      const result = await (this.#subject.receive?.(stage, raw) ?? stage.messaging.receive(BASE_PATH, raw));
      const nanos = Number(process.hrtime.bigint() - started);
      this.latency.record(Math.max(1, nanos));
      if (nanos / 1e6 > (this.#slow.at(-1)?.ms ?? 0) || this.#slow.length < SLOWEST) this.#slow = [...this.#slow, { ms: nanos / 1e6, kind, raw }].sort((a, b) => b.ms - a.ms).slice(0, SLOWEST);
      return { result, kept: stage.kept.slice(before) };
    } catch (error) {
      this.problems.add("the receiver rejected", `${kind}: ${String(error)}`, raw.body);
      return undefined;
    }
  }

  async #genuine(stage: Stage, invitations: readonly Invitation[], due: Map<string, GuestAnswer>): Promise<void> {
    const random = this.#random;
    this.tried.genuine += 1;
    this.#serial += 1;
    const invitation = invitations[random.next(invitations.length)];
    if (invitation === undefined) return;
    const serial = String(this.#serial).padStart(7, "0");
    const answer: GuestAnswer = {
      invitation, phone: `+35196${serial}`, ...(random.chance(60) && { lid: `2710${serial}@lid` }), source: `3A${serial}${random.next(2 ** 30).toString(16).toUpperCase()}`,
      response: random.pick(["GOING", "NOT_GOING", "MAYBE", "GOING", "NOT_GOING", "MAYBE", "unreadable", "some other word"]), extraGuests: random.next(4), at: NOW - 3_600_000 + this.#serial % 3_000 * 1_000,
    };
    const body = dressed(bodyOf(answer), random);
    const posted = await this.#post(stage, delivery(invitation.line, body), "genuine");
    const [entry, ...more] = posted?.kept ?? [];
    if (posted?.result.status !== 200 || entry === undefined) return this.problems.add("a genuine body was not accepted", JSON.stringify(posted?.result), body);
    if (more.length > 0 || plainFact(entry.fact) !== expectedFact(answer)) return this.problems.add("a genuine body became another fact", JSON.stringify(entry.fact), body);
    if (entry.authenticity !== (this.#vendor === "waha" ? "signature" : "url-secret")) this.problems.add("a genuine body counts as less", entry.authenticity, body);
    this.became.genuineFacts += 1;
    due.set(answer.source, answer);
  }

  async #forged(stage: Stage, invitations: readonly Invitation[]): Promise<void> {
    const random = this.#random;
    this.tried.forged += 1;
    const [invitation] = invitations;
    const ways = Object.entries(FORGERIES[this.#vendor]);
    const [name, forge] = ways[this.tried.forged % ways.length] ?? [];
    if (name === undefined || forge === undefined || invitation === undefined) return;
    const answer: GuestAnswer = { invitation, phone: "+351999999999", source: `F0${this.tried.forged}`, response: "GOING", extraGuests: 0, at: NOW };
    const body = random.chance(60) ? dressed(bodyOf(answer), random) : mutated(this.#texts, random);
    const posted = await this.#post(stage, forge(body, random), `forged: ${name}`);
    if (posted === undefined) return;
    if (body.length <= 1024 * 1024) this.refusals.add(JSON.stringify(posted.result));
    if (posted.kept.length > 0) this.problems.add("a forged body was kept", name, body);
  }

  /** Everything right, but for the tenant: the other one writes of our session, our event and our guests. */
  async #fromAnotherTenant(stage: Stage, { messageId }: Invitation): Promise<void> {
    const { ours, other } = LINES[this.#vendor];
    this.tried.foreignTenant += 1;
    const answer: GuestAnswer = { invitation: { line: this.#random.chance(50) ? ours : other, key: "", messageId, recipient: "120363041234567890@g.us" }, phone: "+351988888888", source: `E0${this.tried.foreignTenant}`, response: "GOING", extraGuests: 0, at: NOW };
    const body = dressed(bodyOf(answer), this.#random);
    const posted = await this.#post(stage, delivery(other, body), "another tenant's");
    if (posted?.kept.some(({ account }) => account !== other.account)) this.problems.add("a body was kept for another account", "", body);
    const wanted = namesAnother(other, body) ? 404 : 200;
    if (posted?.result.status !== wanted || (wanted === 404 && posted.kept.length > 0)) this.problems.add("another tenant's delivery was answered amiss", JSON.stringify(posted?.result), body);
  }

  async #private(stage: Stage): Promise<void> {
    this.tried.privateChat += 1;
    const { ours } = LINES[this.#vendor];
    const body = Buffer.from(JSON.stringify(privateChat(ours, this.#random)));
    const posted = await this.#post(stage, delivery(ours, body), "private chat");
    if (posted && (posted.kept.length > 0 || posted.result.handled || posted.result.status !== 200)) this.problems.add("private chat was kept", JSON.stringify(posted.kept.map(({ fact }) => fact)), body);
  }

  async #garbage(stage: Stage, rightful: Set<string>, targets: ReadonlySet<string>): Promise<void> {
    this.tried.garbage += 1;
    const { ours } = LINES[this.#vendor];
    const body = this.#tryAnswer() ?? mutated(this.#texts, this.#random);
    const posted = await this.#post(stage, delivery(ours, body), "garbage");
    if (posted === undefined) return;
    const { result: { status, handled }, kept } = posted;
    if (status === 413 && body.length > 1024 * 1024) this.became.tooLarge += 1;
    else if (status === 400) this.became.notJson += 1;
    else if (namesAnother(ours, body) && status === 404) this.became.ofAnother += 1;
    else if (namesAnother(ours, body)) this.problems.add("a delivery that names another account was taken", `${status}`, body);
    else if (status !== 200) this.problems.add("a signed body was answered as if the store or the sender were at fault", `${status}`, body);
    if ((kept.length > 0) && (!handled || status !== 200)) this.problems.add("a body was kept and refused", `${status}`, body);
    for (const { fact, account } of kept) {
      this.became.garbageFacts += 1;
      if (account !== ours.account) this.problems.add("a body was kept for another account", account, body);
      const names = [..."target" in fact ? [fact.target] : [], ...fact.type === "invitation.delivered" || fact.type === "invitation.failed" ? Object.values(fact.vendorIds ?? {}) : []];
      if (!KEPT_ANYHOW.has(fact.type) && !names.some((id) => id !== undefined && targets.has(id))) this.problems.add("what is about no invitation was kept", fact.type, body);
      if (fact.type === "rsvp") {
        const wrong = unjustified(fact, ours, body, NOW);
        if (wrong !== undefined) this.problems.add(wrong, JSON.stringify(fact), body);
        this.became.garbageRsvps += 1;
        rightful.add(fact.source);
      }
    }
  }

  /** Every seventh piece of garbage is an answer that is wrong in one thing. */
  #tryAnswer(): Buffer | undefined {
    const text = this.#answers[this.#random.next(this.#answers.length)];
    if (text === undefined || !this.#random.chance(15)) return undefined;
    this.tried.aimed += 1;
    const answer: unknown = JSON.parse(text);
    return isObject(answer) ? Buffer.from(JSON.stringify(aimed(this.#vendor, answer, this.#random))) : undefined;
  }

  /**
   * The slowest body: as it was met, among everything else that the machine had to do, and the slowest of those few when
   * each is measured alone, the best of five.
   */
  async slowestBody() {
    const stage = createStage();
    const alone: { readonly ms: number; readonly bytes: number; readonly kind: string }[] = [];
    for (const { raw, kind } of this.#slow) {
      const times: number[] = [];
      for (let again = 0; again < 5; again += 1) {
        const started = performance.now();
        await stage.messaging.receive(BASE_PATH, raw);
        times.push(performance.now() - started);
        await stage.messaging.idle();
      }
      alone.push({ ms: Math.round(Math.min(...times) * 100) / 100, bytes: raw.body.byteLength, kind });
    }
    await stage.messaging.close();
    return { asMetMs: Math.round((this.#slow[0]?.ms ?? 0) * 100) / 100, alone: alone.sort((a, b) => b.ms - a.ms)[0] };
  }

  #cleanPrototype(): void {
    this.problems.add("Object.prototype was changed", "");
    for (const key of Reflect.ownKeys(Object.prototype)) if (!KEYS_OF_PROTOTYPE.has(key)) Reflect.deleteProperty(Object.prototype, key);
  }

  /** Everything that a report needs, and whether enough was tried for it to mean something. */
  figures() {
    const { tried, became } = this;
    if (this.refusals.size !== 1) this.problems.add("refusals differ", [...this.refusals].join(" "));
    return {
      tried, became, refusals: [...this.refusals], problems: this.problems.counts(), examples: this.problems.examples(),
      micros: { p50: Math.round(this.latency.percentile(50) / 1e3), p999: Math.round(this.latency.percentile(99.9) / 1e3) },
      thorough: tried.genuine > tried.bodies / 20 && tried.forged > tried.bodies / 10 && tried.privateChat > tried.bodies / 50 && tried.aimed > tried.garbage / 20 && became.garbageRsvps > tried.garbage / 200
        && became.garbageFacts > tried.garbage / 20 && became.notJson > tried.garbage / 100 && (this.#vendor === "waha" || became.ofAnother > 10) && became.genuineEvents === tried.genuine,
    };
  }
}

const KEYS_OF_PROTOTYPE: ReadonlySet<string | symbol> = new Set(Reflect.ownKeys(Object.prototype));
const PROTOTYPE_KEYS = KEYS_OF_PROTOTYPE.size;
