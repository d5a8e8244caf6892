import { describe, expect, it } from "@jest/globals";
import type { Probe } from "../driver/provider.js";
import { fails, layered, READY, receipt, works } from "../../test/support/layer-bench.js";
import { VirtualTime } from "../../test/support/virtual-time.js";
import { circuitBreaker } from "./circuit-breaker.js";

const DOWN: Probe = { ...READY, status: "unknown" };
const OPEN = { code: "STOPPED", outcome: "not-sent", persistence: "transient" };

function broken(ways: Parameters<typeof layered>[1], answers: Probe[] = []) {
  const time = new VirtualTime();
  const changes: string[] = [];
  let probes = 0;
  const probe = async () => {
    probes += 1;
    return answers.shift() ?? READY;
  };
  return { time, changes, probes: () => probes, ...layered([circuitBreaker({ timing: time, onChange: (account, state) => void changes.push(`${account} ${state}`) })], ways, { probe }) };
}

describe("circuit breaker", () => {
  it.each(["UNAUTHENTICATED", "PERMISSION_DENIED"] as const)("opens at once on %s, whatever its outcome", async (code) => {
    const { send, seen, changes } = broken([fails({ code, persistence: "permanent", outcome: "unknown" })]);
    await expect(send()).rejects.toMatchObject({ code });
    await expect(send()).rejects.toMatchObject({ ...OPEN, retryAfterMs: 30_000 });
    expect(seen).toHaveLength(1);
    expect(changes).toEqual(["a open"]);
  });

  it("lets invitations go on when a key may not read a group", async () => {
    const { send, composed, seen } = broken([fails({ code: "PERMISSION_DENIED", persistence: "permanent" }), works]);
    await expect(composed()("listGroups", {}, { signal: new AbortController().signal, callId: "c", attempt: 1 })).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
    await expect(send()).resolves.toBe(receipt);
    expect(seen).toHaveLength(2);
  });

  it("opens after five transport failures in a row, not after four and an answer", async () => {
    const answer = fails({ code: "REFUSED", context: { status: 422 } });
    const down = fails({ outcome: "unknown", code: "TIMEOUT" });
    const { send, seen } = broken([down, down, down, down, answer, down, down, down, down, down, works]);
    for (let i = 0; i < 10; i += 1) await expect(send()).rejects.not.toMatchObject({ code: "STOPPED" });
    await expect(send()).rejects.toMatchObject(OPEN);
    expect(seen).toHaveLength(10);
  });

  it("asks the account how it is after its time, once for all that wait, and never with an invitation", async () => {
    const { send, seen, time, probes } = broken([fails({ code: "UNAUTHENTICATED" }), works], [DOWN, READY]);
    await send().catch(() => undefined);
    time.ms = 30_000;
    await expect(Promise.allSettled([send(), send(), send()])).resolves.toMatchObject([{ reason: OPEN }, { reason: OPEN }, { reason: OPEN }]);
    expect([seen.length, probes()]).toEqual([1, 1]);
    await expect(send()).rejects.toMatchObject(OPEN);
    expect(probes()).toBe(1);
    time.ms = 60_000;
    await expect(Promise.all([send(), send()])).resolves.toEqual([receipt, receipt]);
    expect(probes()).toBe(2);
  });

  it("is each account's own, and a corrected configuration starts closed", async () => {
    const { send } = broken([fails({ code: "UNAUTHENTICATED" }), works]);
    await send().catch(() => undefined);
    await expect(send({}, "b")).resolves.toBe(receipt);
    await expect(send()).rejects.toMatchObject(OPEN);
    await expect(send({}, "a", { revision: 2 })).resolves.toBe(receipt);
  });

  it("learns nothing from calls that ended before their request", async () => {
    const { send } = broken([works]);
    const signal = AbortSignal.abort(new DOMException("late", "TimeoutError"));
    for (let i = 0; i < 9; i += 1) await expect(send({ signal })).rejects.toMatchObject({ code: "TIMEOUT", outcome: "not-sent" });
    await expect(send()).resolves.toBe(receipt);
  });
});
