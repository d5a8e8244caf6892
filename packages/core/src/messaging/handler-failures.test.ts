import { describe, expect, it, jest } from "@jest/globals";
import { bench, checkUp, faulty, GROUP } from "../../test/support/bench.js";
import { backoff } from "./backoff.js";

const minute = (n: number) => `2026-11-21T12:${String(n).padStart(2, "0")}:00Z`;

/** Messaging with one invitation to a group, and everything that its `rsvp` handler was told. */
async function invited(options: Parameters<typeof bench>[0] = {}, fail: (call: number) => boolean = () => false) {
  const made = bench(options);
  const told: string[] = [];
  let calls = 0;
  made.messaging.on("rsvp", ({ key, response }) => {
    calls += 1;
    if (fail(calls)) throw new Error("the database is down");
    told.push(`${key} ${response}`);
  });
  await made.clinic.send({ ...checkUp, to: GROUP });
  return { ...made, told, calls: () => calls };
}

describe("a handler that fails", () => {
  it("is called again with back-off, by the clock that was given, and then no more", async () => {
    const { answer, messaging, clock, told, calls } = await invited({}, (call) => call < 3);
    await answer("R1", "GOING");
    await messaging.idle();
    expect(calls()).toBe(1);
    clock.ms += 749;
    await messaging.idle();
    expect(calls()).toBe(1);
    clock.ms += 1;
    await messaging.idle();
    expect(calls()).toBe(2);
    clock.ms += 1_500;
    await messaging.idle();
    clock.ms += 86_400_000;
    await messaging.idle();
    expect([calls(), told]).toEqual([3, ["apt_1 GOING"]]);
  });

  it("for good leaves a dead entry with its answer kept, which can be revived", async () => {
    const { answer, messaging, clock, told, calls, inbox, clinic, book } = await invited({ retries: { attempts: 3 } }, (call) => call <= 3);
    await answer("R1", "GOING");
    for (let day = 0; day < 5; day += 1) {
      await messaging.idle();
      clock.ms += 86_400_000;
    }
    const [dead, ...more] = await inbox.dead(10);
    expect([calls(), dead?.reason, more.length, (await book.answers(clinic.tenant, "apt_1")).length]).toEqual([3, "handlers-failed", 0, 1]);
    expect(await inbox.revive(dead?.id ?? "")).toBe(true);
    await messaging.idle();
    // The book has had the answer since the first try; what counts now is told all the same.
    expect([told, await inbox.dead(10)]).toEqual([["apt_1 GOING"], []]);
  });

  it("is told a retried answer although the book has it already, and not one that another has replaced meanwhile", async () => {
    const { answer, messaging, clock, told, calls } = await invited({}, (call) => call === 1);
    await answer("R1", "GOING", { at: minute(1) });
    await messaging.idle();
    await answer("R2", "NOT_GOING", { at: minute(2) });
    await messaging.idle();
    clock.ms += 86_400_000;
    await messaging.idle();
    expect([told, calls()]).toEqual([["apt_1 NOT_GOING"], 2]);
  });

  it("makes all handlers of the event run again, and no other event wait", async () => {
    const { answer, messaging, clinic, clock } = bench();
    const seen: string[] = [];
    let down = true;
    messaging.on("rsvp", ({ key }) => void seen.push(`one ${key}`));
    messaging.on("rsvp", ({ key }) => {
      if (key === "apt_1" && down) throw new Error("down");
      seen.push(`two ${key}`);
    });
    await clinic.send(checkUp);
    await clinic.send({ ...checkUp, key: "apt_2", to: GROUP });
    await Promise.all([answer("R1", "GOING"), answer("R2", "GOING", { target: "M2", guest: { lid: "7@lid" } })]);
    await messaging.idle();
    expect(seen.sort()).toEqual(["one apt_1", "one apt_2", "two apt_2"]);
    down = false;
    clock.ms += 60_000;
    await messaging.idle();
    expect(seen.sort()).toEqual(["one apt_1", "one apt_1", "one apt_2", "two apt_1", "two apt_2"]);
  });

  it("by never ending counts as failed after its deadline, so it cannot hold up the others or a stop", async () => {
    jest.useFakeTimers({ doNotFake: ["setImmediate", "nextTick"] });
    try {
      const { answer, messaging, clinic } = bench({ retries: { deadlineMs: 1_000, attempts: 1 } });
      messaging.on("rsvp", ({ response }) => (response === "GOING" ? new Promise(() => undefined) : undefined));
      await clinic.send(checkUp);
      await answer("R1", "GOING");
      const closing = messaging.close();
      await jest.advanceTimersByTimeAsync(1_000);
      await closing;
      expect(jest.getTimerCount()).toBe(0);
    } finally {
      jest.useRealTimers();
    }
  });

  it("backs off between half of the delay and all of it, doubling up to a limit, for a bounded number of tries", () => {
    const retries = { attempts: 5, firstDelayMs: 100, maxDelayMs: 500 };
    expect([1, 2, 3, 4, 5, 6].map((failures) => [backoff(retries, failures, () => 0), backoff(retries, failures, () => 0.999999)])).toEqual([[50, 100], [100, 200], [200, 400], [250, 500], [undefined, undefined], [undefined, undefined]]);
  });
});

describe("the worker", () => {
  it.each(["take", "settle", "nextDue"])("goes on after the inbox failed in %s: nothing is lost, and nothing is told wrongly", async (method) => {
    const { answer, messaging, told, clock } = await invited({ inbox: (inbox) => faulty(inbox, (name, nth) => (name === method && nth === 1 ? "before" : undefined)) });
    await answer("R1", "GOING");
    await messaging.idle();
    clock.ms += 120_000;
    await messaging.idle();
    expect(new Set(told)).toEqual(new Set(["apt_1 GOING"]));
    await messaging.close();
  });

  it.each(["records", "byMessage", "answer"])("tries again when the book fails in %s", async (method) => {
    let broken = false;
    const { answer, messaging, told, clock } = await invited({ book: (book) => faulty(book, (name) => (broken && name === method ? "before" : undefined)) });
    broken = true;
    await answer("R1", "GOING");
    await messaging.idle();
    expect(told).toEqual([]);
    broken = false;
    clock.ms += 60_000;
    await messaging.idle();
    expect(told).toEqual(["apt_1 GOING"]);
  });

  it("leaves no timer when it is idle or stopped, and one short one while an entry waits for its time", async () => {
    jest.useFakeTimers({ doNotFake: ["setImmediate", "nextTick"] });
    try {
      const { answer, messaging, clock, calls } = await invited({}, (call) => call === 1);
      await messaging.idle();
      expect(jest.getTimerCount()).toBe(0);
      await answer("R1", "GOING");
      await messaging.idle();
      expect(jest.getTimerCount()).toBe(1);
      clock.ms += 750;
      await jest.advanceTimersByTimeAsync(750);
      await messaging.idle();
      expect([calls(), jest.getTimerCount()]).toEqual([2, 0]);
      await answer("R2", "GOING", { at: minute(3) });
      await messaging.close();
      await messaging.idle();
      expect(jest.getTimerCount()).toBe(0);
    } finally {
      jest.useRealTimers();
    }
  });
});
