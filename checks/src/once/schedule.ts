import type { InvitationInput } from "@event-messaging/core";
import { tenantId } from "@event-messaging/core/driver";
import { seededRandom, type Random } from "../order/random.js";
import { Mortal } from "./mortal.js";
import { FAULTS } from "./vendor.js";
import { tick, World, type Ending, type Process, type Subject } from "./world.js";

const CLINIC = tenantId("clinic");
const START = Date.UTC(2026, 11, 1, 15);
const PEOPLE = ["+351960000123", "+351960000124"] as const;
const TITLES = ["Check-up", "Cleaning"] as const;
/** How often a call may look around before its deadline. */
const PATIENCE = 12;

interface Wish {
  readonly input: InvitationInput;
  /** What makes its card recognisable to the judge. Two keys may share one. */
  readonly notes: string;
}

/** What one schedule came to. */
export interface Trial {
  readonly attempted: number;
  readonly accepted: number;
  readonly calls: number;
  /** Requests for a card that reached the vendor. */
  readonly posts: number;
  readonly crashes: number;
  readonly faults: number;
  readonly unresolved: number;
  /** Outcomes that were unknown for a while and proved later. */
  readonly recovered: number;
  readonly doubles: number;
  readonly falseAccepted: number;
  readonly falseNotSent: number;
}

/** Calls, faults, crashes, restarts, echoes and looks, all from one seed; then a quiet end in which everything is asked once more. */
export async function runSchedule(subject: Subject, seed: number): Promise<Trial> {
  const random = seededRandom(seed);
  const world = new World(subject, random);
  const wishes = makeWishes(random);
  const judge = new Judge(world, wishes);
  const told = new Set<string>();
  let crashes = 0;
  let faults = 0;

  const rounds = random.pick([1, 1, 1, 1, 1, 1, 2, 3]);
  for (let round = 0; round < rounds; round += 1) {
    const processes = [startOne(world, random), ...(random.chance(40) ? [startOne(world, random)] : [])];
    for (let count = random.pick([0, 0, 1, 1, 2, 3]); count > 0; count -= 1) {
      world.vendor.faults.push(random.pick(FAULTS));
      faults += 1;
    }
    const deadline = new AbortController();
    const work = random.shuffled(wishes.flatMap((wish) => Array.from({ length: 1 + random.next(2) }, () => wish))).map((wish) => call(world, random, judge, random.pick([processes[0] ?? startOne(world, random), ...processes]), wish, deadline.signal));
    const looks = random.chance(50) ? [echoes(world, random, told, processes, 40)] : [];
    await inTime(Promise.all([...work, ...looks]), deadline);
    crashes += processes.filter(({ mortal }) => mortal.isDead).length;
    for (const { mortal } of processes) mortal.die();
    if (random.chance(30)) await world.stranger("line-a", `person:${random.pick(PEOPLE).slice(1)}`, "Somebody else's", START / 1000);
    if (random.chance(40)) await world.vendor.catchUp();
    world.pass();
    // What the library relies on: a vendor that acts late acts within a minute.
    await world.vendor.catchUp(60_000);
    if (random.chance(60)) {
      const looker = startOne(world, random, 10);
      await looker.mortal.outcome(looker.messaging.reconcile());
      looker.mortal.die();
      judge.atRest();
    }
  }

  world.vendor.faults.length = 0;
  await world.vendor.catchUp();
  const last = world.start();
  await echoes(world, random, told, [last], 50);
  const before = await judge.unknown();
  world.clock.ms += 700_000;
  await last.messaging.reconcile();
  const recovered = before - (await judge.unknown());
  judge.atRest();
  const deadline = new AbortController();
  await inTime(Promise.all(wishes.map((wish) => call(world, random, judge, last, wish, deadline.signal))), deadline);
  await echoes(world, random, told, [last], 100);
  await last.messaging.reconcile();
  const unresolved = (await last.messaging.unresolved(1_000)).length;
  judge.atRest();
  await judge.records();
  await last.messaging.close();
  return { ...judge.figures(), posts: world.vendor.posts, crashes, faults, unresolved, recovered, accepted: await judge.acceptedKeys() };
}

function makeWishes(random: Random): readonly Wish[] {
  const [title] = random.shuffled(TITLES);
  return Array.from({ length: random.pick([1, 1, 1, 1, 2, 3]) }, (_, index): Wish => {
    const notes = random.chance(8) ? "shared" : `card ${index}`;
    const twin = random.chance(60);
    return {
      notes,
      input: {
        key: random.chance(8) ? "key-0" : `key-${index}`, to: random.chance(60) ? PEOPLE[0] : PEOPLE[1], title: twin ? title ?? TITLES[0] : random.pick(TITLES), description: notes,
        startsAt: new Date(START + (random.chance(70) ? 0 : 3_600_000)),
      },
    };
  });
}

function startOne(world: World, random: Random, percent = 35): Process {
  return world.start(random.chance(percent) ? new Mortal(1 + random.next(16), random.pick(["before", "after"])) : new Mortal());
}

async function call(world: World, random: Random, judge: Judge, process: Process, wish: Wish, signal: AbortSignal): Promise<void> {
  for (let wait = random.next(4); wait > 0; wait -= 1) await tick();
  judge.ended(wish, await world.send(process, wish.input, signal));
}

/** The vendor reports some of the cards that are out, some twice, in any order. */
async function echoes(world: World, random: Random, told: Set<string>, processes: readonly Process[], percent: number): Promise<void> {
  for (let wait = random.next(6); wait > 0; wait -= 1) await tick();
  for (const { line, messageId } of random.shuffled(world.vendor.cards())) {
    if (messageId === undefined || (told.has(messageId) ? !random.chance(10) : !random.chance(percent))) continue;
    const [process] = random.shuffled(processes.filter(({ mortal }) => !mortal.isDead));
    if (process === undefined) return;
    told.add(messageId);
    await world.echo(process, line, messageId);
  }
}

/** Whoever still waits after a while is told that its deadline is over. */
async function inTime(work: Promise<unknown>, deadline: AbortController): Promise<void> {
  const state = { over: false };
  const done = work.finally(() => (state.over = true));
  for (let looks = 0; looks < PATIENCE && !state.over; looks += 1) await tick();
  if (!state.over) deadline.abort(new DOMException("late", "TimeoutError"));
  await done;
}

/** Compares what callers and the book were told with what the vendor did. */
class Judge {
  readonly #world: World;
  readonly #wishes: readonly Wish[];
  readonly #counts = { calls: 0, doubles: 0, falseAccepted: 0, falseNotSent: 0 };
  readonly #doubled = new Set<string>();

  constructor(world: World, wishes: readonly Wish[]) {
    this.#world = world;
    this.#wishes = wishes;
  }

  ended(wish: Wish, ending: Ending): void {
    this.#counts.calls += 1;
    if (ending.kind === "accepted" && !this.#isOwn(wish.input.key, ending.messageId)) this.#counts.falseAccepted += 1;
    // A call that the book answered with CONFLICT speaks of itself, not of the other call under its key or with its text.
    if (ending.kind === "not-sent" && ending.code !== "CONFLICT" && this.#keysOf(wish.notes) === 1 && this.#outFor(wish) > 0) this.#counts.falseNotSent += 1;
  }

  /** More cards than keys that asked for them. */
  atRest(): void {
    for (const key of new Set(this.#wishes.map(({ input }) => input.key))) {
      const notes = new Set(this.#wishes.filter(({ input }) => input.key === key).map((wish) => wish.notes));
      const [keys, people] = [new Set<string>(), new Set<string>()];
      for (const wish of this.#wishes) {
        if (!notes.has(wish.notes)) continue;
        keys.add(JSON.stringify([wish.input.key, wish.input.to]));
        people.add(wish.input.to);
      }
      if (this.#world.vendor.cards().filter((card) => notes.has(card.notes)).length > keys.size) this.#doubled.add(key);
    }
  }

  /** What the book says in the end. */
  async records(): Promise<void> {
    for (const { state, handle, key } of await this.#records()) {
      const wish = this.#wishes.find(({ input, notes }) => input.key === key && input.to === handle.recipient && notes === handle.details.description);
      if (state === "accepted" && !this.#isOwn(key, handle.messages.at(-1)?.id)) this.#counts.falseAccepted += 1;
      if (state === "not-sent" && wish && this.#keysOf(wish.notes) === 1 && this.#outFor(wish) > 0) this.#counts.falseNotSent += 1;
    }
  }

  async unknown(): Promise<number> {
    return (await this.#records()).filter(({ state }) => state === "unknown" || state === "attempting").length;
  }

  async acceptedKeys(): Promise<number> {
    return (await this.#records()).filter(({ state }) => state === "accepted").length;
  }

  figures() {
    return { ...this.#counts, doubles: this.#doubled.size, attempted: new Set(this.#wishes.map(({ input }) => JSON.stringify([input.key, input.to]))).size };
  }

  async #records() {
    const keys = [...new Set(this.#wishes.map(({ input }) => input.key))];
    return (await Promise.all(keys.map((key) => this.#world.book.records(CLINIC, key)))).flat();
  }

  /** Is it the id of a card that a call under this key made? */
  #isOwn(key: string, messageId: string | undefined): boolean {
    const card = messageId === undefined ? undefined : this.#world.vendor.cards().find((made) => made.messageId === messageId);
    return card !== undefined && this.#wishes.some(({ input, notes }) => input.key === key && notes === card.notes);
  }

  #keysOf(notes: string): number {
    return this.#wishes.filter((wish) => wish.notes === notes).length;
  }

  #outFor({ notes }: Wish): number {
    return this.#world.vendor.cards().filter((card) => card.notes === notes).length;
  }
}
