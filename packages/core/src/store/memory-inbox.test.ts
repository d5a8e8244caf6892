import { describe, expect, it } from "@jest/globals";
import { isMessagingError } from "../error/messaging-error.js";
import type { Inbox, InboxEntry } from "./inbox.js";
import { memoryInbox } from "./memory-inbox.js";
import { ACCOUNT, at, entry, message, suiteClock } from "./store-suite/suite-data.js";

const DAY = 24 * 60;
const refusal = (promise: Promise<unknown>) => promise.then(() => "kept", (error: unknown) => (isMessagingError(error) ? error.code : "another error"));

async function finish(inbox: Inbox): Promise<void> {
  for (const { id, lease } of await inbox.take(at(99 * DAY), 99)) await inbox.settle(id, lease, { kind: "done" });
}

async function aside(inbox: Inbox, target: string): Promise<void> {
  for (const { id, lease } of await inbox.take(at(99 * DAY), 1)) await inbox.settle(id, lease, { kind: "aside", target: message(target) });
}

describe("the inbox in memory, at its limits", () => {
  it("refuses a delivery that does not fit, whole, and takes it when there is room again", async () => {
    const inbox = memoryInbox({ maxEntries: 2 });
    await inbox.put([entry("1", { claim: "c1" })]);
    expect(await refusal(inbox.put([entry("2", { claim: "c2" }), entry("3", { claim: "c3" })]))).toBe("STORE_FAILED");
    expect(await inbox.put([entry("2", { claim: "c2" })])).toEqual({ added: 1, known: 0 });
    expect(await refusal(inbox.put([entry("3", { claim: "c3" })]))).toBe("STORE_FAILED");
    expect(await inbox.put([entry("4", { claim: "c1" })])).toEqual({ added: 0, known: 1 });
    await finish(inbox);
    expect(await inbox.put([entry("3", { claim: "c3" })])).toEqual({ added: 1, known: 0 });
  });

  it("forgets no claim before its days are over, and refuses instead", async () => {
    const clock = suiteClock();
    const inbox = memoryInbox({ now: clock.now, maxClaims: 2 });
    await inbox.put([entry("1", { claim: "c1" }), entry("2", { claim: "c2" })]);
    await finish(inbox);
    clock.advance(30 * DAY - 1);
    expect(await refusal(inbox.put([entry("3", { claim: "c3" })]))).toBe("STORE_FAILED");
    expect(await inbox.put([entry("4", { claim: "c1" })])).toEqual({ added: 0, known: 1 });
    clock.advance(2 * DAY);
    expect(await inbox.put([entry("3", { claim: "c1" })])).toEqual({ added: 1, known: 0 });
  });

  it("lets the answer that has waited longest for an unknown message give way, so foreign answers cannot stop ours", async () => {
    const forgotten: InboxEntry[] = [];
    const inbox = memoryInbox({ maxEntries: 4, onForgotten: (gone) => forgotten.push(gone) });
    for (const id of ["1", "2", "3"]) {
      await inbox.put([entry(id, { claim: id })]);
      await aside(inbox, `EVENT${id}`);
    }
    expect(forgotten.map(({ id }) => id)).toEqual(["1"]);
    expect(await inbox.put([entry("4", { claim: "4" }), entry("5", { claim: "1" })])).toEqual({ added: 2, known: 0 });
    expect(await inbox.wake(ACCOUNT, message("EVENT3"))).toBe(1);
  });

  it("ends the wait for an unknown message after its days", async () => {
    const clock = suiteClock();
    const forgotten: InboxEntry[] = [];
    const inbox = memoryInbox({ now: clock.now, onForgotten: (gone) => forgotten.push(gone) });
    await inbox.put([entry("1", { claim: "c1" })]);
    await aside(inbox, "EVENT1");
    clock.advance(30 * DAY - 1);
    await inbox.put([]);
    expect(forgotten).toEqual([]);
    clock.advance(1);
    await inbox.put([]);
    expect(forgotten.map(({ id }) => id)).toEqual(["1"]);
    expect(await inbox.wake(ACCOUNT, message("EVENT1"))).toBe(0);
  });

  it("hands a retried entry out before younger ones", async () => {
    const clock = suiteClock();
    const inbox = memoryInbox({ now: clock.now });
    await inbox.put([entry("1", { claim: "c1" })]);
    const [taken] = await inbox.take(at(9), 1);
    if (!taken) throw new Error("due");
    await inbox.put([entry("2", { claim: "c2" })]);
    await inbox.settle(taken.id, taken.lease, { kind: "retry", due: at(1) });
    clock.advance(1);
    expect((await inbox.take(at(9), 1)).map(({ id }) => id)).toEqual(["1"]);
  });
});
