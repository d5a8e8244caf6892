import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { layered, receipt } from "../../test/support/layer-bench.js";
import { settled, VirtualTime } from "../../test/support/virtual-time.js";
import { rateLimit, type RateLimitOptions } from "./rate-limit.js";

function limited(options: RateLimitOptions, random?: () => number) {
  const time = new VirtualTime(random);
  const times: number[] = [];
  const bench = layered([rateLimit({ timing: time, ...options })], [async () => (times.push(time.ms), receipt)]);
  return { time, times, ...bench };
}

describe("rate limit", () => {
  it("lets the limit pass at once, and each further message when the window has moved on", async () => {
    const { send, time, times } = limited({ perAccount: { limit: 2, perMs: 1_000 } });
    const all = Promise.all([send(), send(), send(), send(), send()]);
    await time.pass(5_000);
    await all;
    expect(times).toEqual([0, 0, 1_000, 1_000, 2_000]);
    expect(time.waiting).toBe(0);
  });

  it("holds in every window for any arrivals, per account and over all", async () => {
    await fc.assert(fc.asyncProperty(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 700 }), fc.constantFrom("a", "b", "c")), { minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 6 }),
      async (arrivals, own, all) => {
        const time = new VirtualTime();
        const times: [number, string][] = [];
        const { composed } = layered([rateLimit({ timing: time, perAccount: { limit: own, perMs: 1_000 }, global: { limit: all, perMs: 1_500 }, gapMs: [5, 40], maxWaitMs: 1e9 })]);
        const calls: Promise<unknown>[] = [];
        for (const [pause, account] of arrivals) {
          await time.pass(pause);
          calls.push(composed(account)("send", {} as never, { signal: new AbortController().signal, callId: "c", attempt: 1 }).then(() => times.push([time.ms, account])));
        }
        await time.pass(1e6);
        await Promise.all(calls);
        const most = (list: readonly number[], perMs: number) => Math.max(...list.map((from) => list.filter((at) => at >= from && at < from + perMs).length));
        expect(most(times.map(([at]) => at), 1_500)).toBeLessThanOrEqual(all);
        for (const name of ["a", "b", "c"]) {
          const list = times.filter(([, account]) => account === name).map(([at]) => at);
          if (list.length > 0) expect(most(list, 1_000)).toBeLessThanOrEqual(own);
          for (const [index, at] of list.entries()) if (index > 0) expect(at - (list[index - 1] ?? 0)).toBeGreaterThanOrEqual(5);
        }
      },
    ), { numRuns: 60 });
  });

  it("leaves an irregular pause between two messages", async () => {
    const chances = [0, 0.5, 0.999];
    const { send, time, times } = limited({ gapMs: [1_000, 3_000] }, () => chances.shift() ?? 0);
    const all = Promise.all([send(), send(), send(), send()]);
    await time.pass(10_000);
    await all;
    expect(times.map(Math.round)).toEqual([0, 1_000, 3_000, 5_998]);
  });

  it("refuses at once who would wait too long, and tells how long", async () => {
    const { send, time, seen } = limited({ perAccount: { limit: 1, perMs: 60_000 } });
    await send();
    await time.pass(1_000);
    await expect(send()).rejects.toMatchObject({ code: "RATE_LIMITED", outcome: "not-sent", persistence: "exhausted", retryAfterMs: 59_000 });
    expect(seen).toHaveLength(1);
  });

  it("refuses who came to stand too far back in the queue, at the latest after the longest wait", async () => {
    const { send, time, times } = limited({ perAccount: { limit: 1, perMs: 1_000 }, maxWaitMs: 2_500 });
    const all = Promise.allSettled([send(), send(), send(), send(), send()]);
    await time.pass(2_600);
    expect((await all).map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "fulfilled", "rejected", "rejected"]);
    expect(times).toEqual([0, 1_000, 2_000]);
  });

  it("ends a wait with the call and with a stop, without a request and without using up the turn", async () => {
    const { send, time, seen } = limited({ perAccount: { limit: 1, perMs: 1_000 } });
    await send();
    const [given, halt] = [new AbortController(), new AbortController()];
    const canceled = send({ signal: given.signal });
    const halted = send({ halted: halt.signal });
    const third = send();
    await settled();
    given.abort();
    halt.abort();
    await expect(canceled).rejects.toMatchObject({ code: "CANCELED", outcome: "not-sent" });
    await expect(halted).rejects.toMatchObject({ code: "STOPPED", outcome: "not-sent" });
    await time.pass(1_000);
    await third;
    expect(seen).toHaveLength(2);
    expect(time.waiting).toBe(0);
  });

  it("lets reads pass", async () => {
    const { composed, send } = limited({ perAccount: { limit: 1, perMs: 60_000 } });
    await send();
    await expect(composed()("findSent", {} as never, { signal: new AbortController().signal, callId: "c", attempt: 1 })).resolves.toMatchObject({ conclusive: false });
  });

  it.each<[RateLimitOptions]>([[{ perAccount: { limit: 0, perMs: 1 } }], [{ global: { limit: 1.5, perMs: 1 } }], [{ perAccount: { limit: 1, perMs: 0 } }], [{ gapMs: [2, 1] }], [{ gapMs: [Number.NaN, 1] }]])("refuses %j", (options) => {
    expect(() => rateLimit(options)).toThrow(expect.objectContaining({ code: "CONFIG_INVALID" }));
  });
});
