import { describe, expect, it } from "@jest/globals";
import { failure, layered, receipt } from "../../test/support/layer-bench.js";
import { settled, VirtualTime } from "../../test/support/virtual-time.js";
import { timeout } from "./timeout.js";

const deaf = () => new Promise<never>(() => {});

describe("timeout", () => {
  it("ends an attempt, and the provider says how far it got", async () => {
    const time = new VirtualTime();
    const { send } = layered([timeout({ attemptMs: 5_000, timing: time })], [({ signal }) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(failure({ code: "TIMEOUT", outcome: "unknown" }))))]);
    const ended = expect(send()).rejects.toMatchObject({ code: "TIMEOUT", outcome: "unknown", context: { phase: "before-write" } });
    await time.pass(5_000);
    await ended;
    await settled();
    expect(time.waiting).toBe(0);
  });

  it("leaves a provider behind that does not end with its signal: a message is unknown, a read is not", async () => {
    const time = new VirtualTime();
    const { send, composed } = layered([timeout({ timing: time })], [deaf]);
    const given = new AbortController();
    const sent = expect(send({ signal: given.signal })).rejects.toMatchObject({ code: "TIMEOUT", outcome: "unknown" });
    await settled();
    given.abort();
    await time.pass(1_000);
    await sent;
    await expect(composed()("findSent", {} as never, { signal: given.signal, callId: "c", attempt: 1 })).resolves.toBeDefined();
    expect(time.waiting).toBe(0);
  });

  it("leaves nothing behind when all goes well", async () => {
    const time = new VirtualTime();
    const { send } = layered([timeout({ attemptMs: 5_000, timing: time })], [async () => receipt]);
    await expect(send()).resolves.toBe(receipt);
    await settled();
    expect(time.waiting).toBe(0);
  });
});
