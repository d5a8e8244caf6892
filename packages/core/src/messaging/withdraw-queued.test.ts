import { describe, expect, it } from "@jest/globals";
import { memoryProvider, memoryVendor } from "../memory/index.js";
import { checkUp, http } from "../../test/support/bench.js";
import { createMessaging } from "./create-messaging.js";

/** Account `a` has a queue and is about to lose its connection, `b` stands in for it. */
function parked(withdrawQueued: boolean | undefined) {
  const [slow, quick] = [memoryVendor({ queues: true }), memoryVendor()];
  const vendor = { ...slow, exchange: async (...given: Parameters<typeof slow.exchange>) => {
    const answer = await slow.exchange(...given);
    if (given[0].path === "cards.send") slow.happen("a", { type: "line_status", status: "not-ready" });
    return answer;
  } };
  const messaging = createMessaging({
    providers: [memoryProvider(vendor), { ...memoryProvider(quick), name: "other" }], http, layers: [],
    accounts: { a: { provider: "memory", config: slow.configFor("a") }, b: { provider: "other", config: quick.configFor("b") } },
    tenants: { clinic: "a" }, fallbacks: { clinic: ["b"] }, failover: { withdrawQueued },
  });
  return { slow, quick, clinic: messaging.forTenant("clinic") };
}

describe("a message that only waits in the queue of an account without connection", () => {
  it.each([[undefined], [false]])("stays there unless moving it is asked for (%s)", async (option) => {
    const { clinic, slow, quick } = parked(option);
    expect(await clinic.send(checkUp)).toMatchObject({ stage: "queued", handle: { account: "a" } });
    expect([slow.journal().length, quick.journal().length]).toEqual([1, 0]);
  });

  it("stays there when the vendor does not say that it is out: here, because the line refuses every request", async () => {
    const { clinic, slow, quick } = parked(true);
    expect(await clinic.send(checkUp)).toMatchObject({ handle: { account: "a" } });
    expect(slow.requests().map(({ path }) => path)).toContain("messages.withdraw");
    expect(quick.journal()).toHaveLength(0);
  });

  it("goes to the next account when the vendor says that it is out", async () => {
    const { clinic, slow, quick } = parked(true);
    const exchange = slow.exchange.bind(slow);
    // The vendor takes messages out while its line is down, as one with a queue does.
    Object.assign(slow, { exchange: async (...given: Parameters<typeof exchange>) => (given[0].path === "messages.withdraw" ? { status: 200, body: '{"withdrawn":"yes"}' } : exchange(...given)) });
    expect(await clinic.send(checkUp)).toMatchObject({ handle: { account: "b", provider: "other", messages: [{}] } });
    expect(quick.journal()).toHaveLength(1);
  });
});
