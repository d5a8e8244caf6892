import { describe, expect, it } from "@jest/globals";
import { failure, fails, layered, receipt, works } from "../../test/support/layer-bench.js";
import { settled, VirtualTime } from "../../test/support/virtual-time.js";
import { RetryBudget } from "./retry-budget.js";
import { retry } from "./retry.js";

describe("retry", () => {
  it("repeats what was proved not to have been sent, three times in all, with doubling jittered waits", async () => {
    const time = new VirtualTime(() => 0.5);
    const { seen, send } = layered([retry({ timing: time })], [fails(), fails(), works]);
    const sent = send();
    await time.pass(124);
    expect(seen).toHaveLength(1);
    await time.pass(1);
    expect(seen).toHaveLength(2);
    await time.pass(250);
    await expect(sent).resolves.toBe(receipt);
    expect(seen.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
    expect(time.waiting).toBe(0);
  });

  it("says that it has tried when it gives up, so that no outer retry goes on", async () => {
    const time = new VirtualTime();
    const { seen, send } = layered([retry({ timing: time })], [fails()]);
    const ended = expect(send()).rejects.toMatchObject({ code: "UNAVAILABLE", outcome: "not-sent", persistence: "exhausted" });
    await time.pass(60_000);
    await ended;
    expect(seen).toHaveLength(3);
  });

  it.each([
    ["an unknown outcome", failure({ outcome: "unknown" })], ["an unknown outcome that is called transient", failure({ outcome: "unknown", persistence: "transient", code: "TIMEOUT" })],
    ["a permanent refusal", failure({ persistence: "permanent", code: "REFUSED" })], ["what another layer gave up", failure({ persistence: "exhausted" })],
    ["a stop", failure({ code: "STOPPED" })], ["a foreign error", new Error("?")],
  ])("never repeats %s", async (_, error) => {
    const { seen, send } = layered([retry({ timing: new VirtualTime() })], [() => Promise.reject(error)]);
    await expect(send()).rejects.toBe(error);
    expect(seen).toHaveLength(1);
  });

  it("leaves alone a call that is a repeat already", async () => {
    const { seen, send } = layered([retry({ timing: new VirtualTime() })], [fails()]);
    await expect(send({ attempt: 2 })).rejects.toMatchObject({ persistence: "transient" });
    expect(seen).toHaveLength(1);
  });

  it("waits at least as long as the vendor asked", async () => {
    const time = new VirtualTime();
    const { seen, send } = layered([retry({ timing: time })], [fails({ retryAfterMs: 9_000 }), works]);
    const sent = send();
    await time.pass(8_999);
    expect(seen).toHaveLength(1);
    await time.pass(1);
    await sent;
  });

  it("gives a Retry-After over its bound back to the caller", async () => {
    const { seen, send } = layered([retry({ timing: new VirtualTime() })], [fails({ retryAfterMs: 15_001 })]);
    await expect(send()).rejects.toMatchObject({ retryAfterMs: 15_001, persistence: "transient" });
    expect(seen).toHaveLength(1);
  });

  it("ends its wait with the call, and with a stop", async () => {
    const time = new VirtualTime();
    const { send } = layered([retry({ timing: time })], [fails()]);
    const [deadline, halt] = [new AbortController(), new AbortController()];
    const late = send({ signal: deadline.signal });
    const halted = send({ halted: halt.signal });
    await settled();
    deadline.abort();
    halt.abort();
    await expect(late).rejects.toMatchObject({ code: "UNAVAILABLE", outcome: "not-sent" });
    await expect(halted).rejects.toMatchObject({ code: "STOPPED", outcome: "not-sent" });
    expect(time.waiting).toBe(0);
  });

  it("spends no more than its budget while an account is down, and each account has its own", async () => {
    const time = new VirtualTime();
    const { seen, send } = layered([retry({ timing: time })], [fails()]);
    for (let calls = 0; calls < 20; calls += 1) {
      const ended = send().catch(() => undefined);
      await time.pass(60_000);
      await ended;
    }
    // Five failures empty half of ten tokens: of the first two calls 3 + 2 requests, then one for each call.
    expect(seen).toHaveLength(3 + 2 + 18);
    void send({}, "b").catch(() => undefined);
    await time.pass(60_000);
    expect(seen).toHaveLength(3 + 2 + 18 + 3);
  });

  it("earns one retry for ten successes", () => {
    const budget = new RetryBudget();
    for (let i = 0; i < 5; i += 1) budget.failed();
    expect(budget.allowsRetry).toBe(false);
    for (let i = 0; i < 10; i += 1) budget.succeeded();
    budget.failed();
    expect(budget.allowsRetry).toBe(false);
    for (let i = 0; i < 11; i += 1) budget.succeeded();
    expect(budget.allowsRetry).toBe(true);
  });
});
