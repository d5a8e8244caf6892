import { afterEach, describe, expect, it, jest } from "@jest/globals";
import { accountId } from "../model/ids.js";
import { instant } from "../model/time.js";
import { ANA, bench, checkUp } from "../../test/support/bench.js";
import { Liveness, type AccountHealth, type LivenessOptions } from "./liveness.js";

const A = accountId("a");
const B = accountId("b");
const MINUTE = 60_000;
const T0 = Date.UTC(2026, 10, 21, 12);

afterEach(() => void jest.useRealTimers());

function watch(more: Partial<LivenessOptions> & { readonly accounts?: readonly string[] } = {}) {
  const clock = { ms: T0 };
  const alarms: AccountHealth[] = [];
  const counted: string[] = [];
  const asked: string[] = [];
  const liveness = new Liveness({
    now: () => new Date(clock.ms), count: (what) => void counted.push(what),
    probe: async (account) => {
      asked.push(account);
      return { status: "not-ready", reason: "logged out" };
    },
    silence: { afterMs: 10 * MINUTE, accounts: more.accounts ?? ["a"], onSilence: (health) => void alarms.push(health) },
    ...more,
  });
  return { clock, alarms, counted, asked, liveness };
}

describe("an account from which nothing comes any more", () => {
  it("is told once for each silence, with what the vendor says of it", async () => {
    const { clock, alarms, asked, liveness } = watch();
    clock.ms += 10 * MINUTE;
    await liveness.look();
    expect([alarms, asked, liveness.health()[0]?.silent]).toEqual([[], [], false]);
    clock.ms += 1;
    await liveness.look();
    await liveness.look();
    expect(alarms).toEqual([{ account: "a", watchedSince: "2026-11-21T12:00:00Z", silent: true, status: { status: "not-ready", reason: "logged out", at: instant(new Date(clock.ms)) } }]);
    expect(asked).toEqual(["a"]);
    liveness.heard(A);
    expect(liveness.health()).toMatchObject([{ account: "a", silent: false, lastInboundAt: instant(new Date(clock.ms)) }]);
    clock.ms += 11 * MINUTE;
    await liveness.look();
    expect(alarms).toHaveLength(2);
    await liveness.stop();
  });

  it("is not told when it speaks while the vendor is asked", async () => {
    const { clock, alarms, liveness } = watch({ probe: async () => {
      liveness.heard(A);
      return { status: "ready", reason: "" };
    } });
    clock.ms += 11 * MINUTE;
    await liveness.look();
    expect(alarms).toEqual([]);
    clock.ms += 11 * MINUTE;
    await liveness.look();
    expect(alarms).toEqual([]);
    await liveness.stop();
  });

  it("that cannot be asked is told all the same, and an alarm that fails is counted and stops no other", async () => {
    const told: string[] = [];
    const { clock, counted, liveness } = watch({
      probe: () => Promise.reject(new Error("no network")),
      silence: { afterMs: MINUTE, accounts: ["a", "b"], onSilence: ({ account, status }) => {
        told.push(`${account} ${status?.status}`);
        if (account === "a") throw new Error("the pager is down");
      } },
    });
    clock.ms += 2 * MINUTE;
    await liveness.look();
    expect([told.sort(), counted]).toEqual([["a unknown", "b unknown"], ["silence-alarm-failed"]]);
    await liveness.stop();
  });

  it("is looked after by a timer that stops with it", async () => {
    jest.useFakeTimers({ doNotFake: ["setImmediate", "nextTick", "queueMicrotask"], now: T0 });
    const { alarms, liveness } = watch({ now: () => new Date() });
    await jest.advanceTimersByTimeAsync(14 * MINUTE);
    expect(alarms).toEqual([]);
    await jest.advanceTimersByTimeAsync(2 * MINUTE);
    expect(alarms.map(({ account }) => account)).toEqual(["a"]);
    await liveness.stop();
    expect(jest.getTimerCount()).toBe(0);
  });
});

describe("the health of accounts", () => {
  it("keeps the later of two statuses, whichever came first", () => {
    const { liveness } = watch({ silence: undefined });
    liveness.saw(B, { status: "ready", reason: "", at: instant("2026-11-21T12:05:00Z") });
    liveness.saw(B, { status: "not-ready", reason: "starting", at: instant("2026-11-21T12:04:00Z") });
    expect(liveness.health()).toEqual([{ account: "b", watchedSince: "2026-11-21T12:00:00Z", silent: false, status: { status: "ready", reason: "", at: "2026-11-21T12:05:00Z" } }]);
  });

  it("counts every authentic delivery as a sign of life, private chat too, and no other", async () => {
    const { messaging, clock, deliver } = bench();
    expect(messaging.health()).toEqual([]);
    await deliver({ kind: "foreign" }, { key: "bad" });
    expect(messaging.health()).toEqual([]);
    clock.ms += MINUTE;
    await deliver({ kind: "foreign" });
    expect(messaging.health()).toMatchObject([{ account: "a", lastInboundAt: "2026-11-21T12:01:00Z", silent: false }]);
    await deliver({ facts: [{ type: "account.status", source: "S1", at: "2026-11-21T12:01:00Z", status: "not-ready", reason: "SCAN_QR_CODE" }] }, { path: "/webhooks/b" });
    expect(messaging.health()[1]).toMatchObject({ account: "b", status: { status: "not-ready", reason: "SCAN_QR_CODE", at: "2026-11-21T12:01:00Z" } });
    await messaging.close();
  });

  it("knows the configured accounts from the start when there is an alarm, and otherwise those that send", async () => {
    const silent: string[] = [];
    const alarmed = bench({ silence: { afterMs: MINUTE, onSilence: ({ account }) => void silent.push(account) } });
    expect(alarmed.messaging.health().map(({ account }) => account)).toEqual(["a", "b"]);
    alarmed.clock.ms += 2 * MINUTE;
    expect(alarmed.messaging.health().map(({ silent: is }) => is)).toEqual([true, true]);
    await alarmed.messaging.close();
    const { clinic, messaging } = bench();
    await clinic.send({ ...checkUp, to: ANA });
    expect(messaging.health().map(({ account, silent: is }) => [account, is])).toEqual([["a", false]]);
    await messaging.close();
  });

  it.each([[{}, "silence.afterMs"], [{ afterMs: 0 }, "silence.afterMs"], [{ afterMs: 1, everyMs: "1" }, "silence.everyMs"], [{ afterMs: 1 }, "silence.onSilence"], [{ afterMs: 1, accounts: ["a b"] }, "silence.accounts"], [{ after: 1 }, "silence.after"], [1, "silence"]])("refuses the option %j by path", (silence, path) => {
    expect(() => bench(JSON.parse(JSON.stringify({ silence })))).toThrow(expect.objectContaining({ code: "CONFIG_INVALID", issues: expect.arrayContaining([expect.objectContaining({ path })]) }));
  });
});
