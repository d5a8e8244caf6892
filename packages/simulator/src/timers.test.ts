import { describe, expect, it } from "@jest/globals";
import { Timers } from "./timers.js";

describe("Timers", () => {
  it("at factor 0 let things happen at once, in the order of their due times", async () => {
    const timers = new Timers(0);
    const order: string[] = [];
    timers.after(5_000, () => void order.push("5 s"));
    timers.after(500, () => {
      order.push("0.5 s");
      timers.after(1_000, () => void order.push("1.5 s"));
    });
    timers.after(500, () => void order.push("0.5 s, later asked"));
    await timers.idle();
    expect(order).toEqual(["0.5 s", "0.5 s, later asked", "1.5 s", "5 s"]);
  });

  it("scale waits by the factor", async () => {
    const timers = new Timers(0.001);
    const began = performance.now();
    expect(await timers.wait(20_000)).toBe(true);
    expect(performance.now() - began).toBeGreaterThanOrEqual(18);
  });

  it("end a wait by its signal or by stop, and say so", async () => {
    const timers = new Timers(1);
    const signal = new AbortController();
    const waits = [timers.wait(60_000, signal.signal), timers.wait(60_000)];
    signal.abort();
    expect(await waits[0]).toBe(false);
    timers.stop();
    expect(await waits[1]).toBe(false);
    expect(await timers.wait(0)).toBe(false);
  });

  it("are idle when everything planned, held or tracked is over, and at a stop", async () => {
    const timers = new Timers(1);
    await timers.idle();
    const cancel = timers.after(60_000, () => undefined);
    let idle = false;
    const settled = timers.idle().then(() => {
      idle = true;
    });
    const release = timers.hold();
    cancel();
    await Promise.resolve();
    expect(idle).toBe(false);
    release();
    await settled;
    timers.after(60_000, () => undefined);
    timers.stop();
    await timers.idle();
  });
});
