import { describe, expect, it } from "@jest/globals";
import { bench, checkUp, ending } from "../../test/support/bench.js";
import { settled, VirtualTime } from "../../test/support/virtual-time.js";
import { killSwitch } from "./kill-switch.js";
import { rateLimit } from "./rate-limit.js";

describe("kill switch", () => {
  it.each([["the account", { account: "a" }], ["the tenant", { tenant: "clinic" }], ["everything", "all"]] as const)("of %s stops sends without a request, until it is taken back", async (_, scope) => {
    const { messaging, clinic, vendor, book } = bench();
    messaging.killSwitch.stop(scope);
    expect(await ending(clinic.send(checkUp))).toBe("STOPPED not-sent");
    expect(vendor.requests).toHaveLength(0);
    expect(await book.records(clinic.tenant, "apt_1")).toMatchObject([{ state: "not-sent", code: "STOPPED" }]);
    messaging.killSwitch.resume(scope);
    expect(await ending(clinic.send(checkUp))).toBe("resolved");
  });

  it("of another account or tenant stops nothing", async () => {
    const { messaging, clinic } = bench();
    messaging.killSwitch.stop({ account: "b" });
    messaging.killSwitch.stop({ tenant: "choir" });
    expect(await ending(clinic.send(checkUp))).toBe("resolved");
  });

  it("ends at once what waits for its turn, and lets a request under way go on", async () => {
    const timing = new VirtualTime();
    const kill = killSwitch();
    const { clinic, vendor } = bench({ killSwitch: kill, layers: [rateLimit({ perAccount: { limit: 1, perMs: 10_000 }, timing })] });
    let answer = () => {};
    vendor.next.push((act) => new Promise((resolve) => (answer = () => resolve(act()))));
    const first = ending(clinic.send(checkUp));
    const second = ending(clinic.send({ ...checkUp, key: "apt_2", title: "Other" }));
    await settled();
    kill.stop("all");
    expect(await second).toBe("STOPPED not-sent");
    answer();
    expect(await first).toBe("resolved");
    expect(vendor.requests).toHaveLength(1);
    expect(timing.waiting).toBe(0);
  });

  it("stops edits and cancellations too, and no reads", async () => {
    const { messaging, clinic } = bench();
    const { handle } = await clinic.send(checkUp);
    messaging.killSwitch.stop("all");
    expect(await ending(clinic.cancel(handle))).toBe("STOPPED not-sent");
    expect((await messaging.account("a").probe()).status).toBe("ready");
  });
});
