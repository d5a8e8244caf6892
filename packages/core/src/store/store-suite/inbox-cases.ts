import assert from "node:assert/strict";
import type { Inbox } from "../inbox.js";
import type { InboxCase } from "./suite-case.js";
import { ACCOUNT, at, entry, message, OTHER_ACCOUNT } from "./suite-data.js";

const DAY = 24 * 60;

async function one(inbox: Inbox, until: number): Promise<{ readonly id: string; readonly lease: string; readonly attempts: number; readonly revived?: true }> {
  const [taken] = await inbox.take(at(until), 1);
  assert.ok(taken, "an entry should be due");
  return taken;
}

const ids = (taken: readonly { readonly id: string }[]) => taken.map(({ id }) => id);

/** Between the delivery and the handlers. */
export const INBOX_CASES: readonly InboxCase[] = [
  ["what was put is taken whole, with no attempt behind it", async ({ inbox }) => {
    assert.deepEqual(await inbox.put([entry("1", { claim: "c1" })]), { added: 1, known: 0 });
    const [taken] = await inbox.take(at(5), 9);
    assert.ok(taken);
    const { lease, ...rest } = taken;
    assert.ok(lease.length > 0);
    assert.deepEqual(rest, { ...entry("1", { claim: "c1" }), attempts: 0 });
  }],
  ["fifty deliveries of one fact at once leave one entry", async ({ inbox }) => {
    const results = await Promise.all(Array.from({ length: 50 }, (_, index) => inbox.put([entry(`${index}`, { claim: "c1" })])));
    assert.equal(results.reduce((sum, { added }) => sum + added, 0), 1);
    assert.equal(results.reduce((sum, { known }) => sum + known, 0), 49);
    assert.equal((await inbox.take(at(5), 99)).length, 1);
  }],
  ["one delivery that says a thing twice leaves one entry of it, and its other facts", async ({ inbox }) => {
    assert.deepEqual(await inbox.put([entry("1", { claim: "c1" }), entry("2", { claim: "c1" }), entry("3", { claim: "c2" })]), { added: 2, known: 1 });
  }],
  ["placeholders, which claim nothing, never keep the real message out", async ({ inbox }) => {
    await inbox.put([entry("1")]);
    assert.deepEqual(await inbox.put([entry("2"), entry("3", { claim: "c1" })]), { added: 2, known: 0 });
  }],
  ["a claim outlives its entry by thirty days", async ({ inbox, clock }) => {
    await inbox.put([entry("1", { claim: "c1" })]);
    const { id, lease } = await one(inbox, 5);
    assert.equal(await inbox.settle(id, lease, { kind: "done" }), true);
    clock.advance(30 * DAY - 1);
    assert.deepEqual(await inbox.put([entry("2", { claim: "c1" })]), { added: 0, known: 1 });
  }],
  ["entries are taken oldest first, each by one of many workers", async ({ inbox }) => {
    for (const id of ["1", "2", "3", "4"]) await inbox.put([entry(id, { claim: id, receivedAt: Number(id) })]);
    assert.deepEqual(ids(await inbox.take(at(5), 2)), ["1", "2"]);
    const taken = await Promise.all([inbox.take(at(5), 2), inbox.take(at(5), 2), inbox.take(at(5), 2)]);
    assert.deepEqual(ids(taken.flat()), ["3", "4"]);
  }],
  ["a lease that ends makes its entry due again, counts as an attempt, and no longer settles", async ({ inbox, clock }) => {
    await inbox.put([entry("1", { claim: "c1" })]);
    const first = await one(inbox, 5);
    clock.advance(4);
    assert.deepEqual(await inbox.take(at(20), 9), []);
    clock.advance(2);
    const second = await one(inbox, 20);
    assert.equal(second.attempts, 1);
    assert.equal(await inbox.settle(first.id, first.lease, { kind: "done" }), false);
    assert.equal(await inbox.settle(second.id, second.lease, { kind: "done" }), true);
    assert.equal(await inbox.settle(second.id, second.lease, { kind: "done" }), false);
  }],
  ["an entry that is to be retried waits until its due time", async ({ inbox, clock }) => {
    await inbox.put([entry("1", { claim: "c1" })]);
    const { id, lease } = await one(inbox, 5);
    await inbox.settle(id, lease, { kind: "retry", due: at(10) });
    clock.advance(9);
    assert.deepEqual(await inbox.take(at(20), 9), []);
    clock.advance(1);
    assert.equal((await one(inbox, 20)).attempts, 1);
  }],
  ["a retry, a dead entry and an entry aside still hold their claims", async ({ inbox }) => {
    await inbox.put([entry("1", { claim: "c1" }), entry("2", { claim: "c2" }), entry("3", { claim: "c3" })]);
    const [a, b, c] = await inbox.take(at(5), 3);
    assert.ok(a && b && c);
    await inbox.settle(a.id, a.lease, { kind: "retry", due: at(99) });
    await inbox.settle(b.id, b.lease, { kind: "dead", reason: "handler" });
    await inbox.settle(c.id, c.lease, { kind: "aside", target: message("EVENT1") });
    assert.deepEqual(await inbox.put([entry("4", { claim: "c1" }), entry("5", { claim: "c2" }), entry("6", { claim: "c3" })]), { added: 0, known: 3 });
  }],
  ["an entry aside is due again when the book learns of its message, in its own account only", async ({ inbox, clock }) => {
    await inbox.put([entry("1", { claim: "c1" })]);
    const { id, lease } = await one(inbox, 5);
    assert.equal(await inbox.settle(id, lease, { kind: "aside", target: message("EVENT1") }), true);
    clock.advance(DAY);
    assert.deepEqual(await inbox.take(at(9 * DAY), 9), []);
    assert.equal(await inbox.wake(OTHER_ACCOUNT, message("EVENT1")), 0);
    assert.equal(await inbox.wake(ACCOUNT, message("EVENT2")), 0);
    assert.equal(await inbox.wake(ACCOUNT, message("EVENT1")), 1);
    assert.deepEqual(ids(await inbox.take(at(9 * DAY), 9)), ["1"]);
  }],
  ["a message that the book learns while a worker holds the entry wakes it too", async ({ inbox }) => {
    await inbox.put([entry("1", { claim: "c1" })]);
    const { id, lease } = await one(inbox, 5);
    await inbox.wake(ACCOUNT, message("EVENT1"));
    await inbox.settle(id, lease, { kind: "aside", target: message("EVENT1") });
    assert.deepEqual(ids(await inbox.take(at(6), 9)), ["1"]);
  }],
  ["dead entries are listed with their reason, oldest first, and are due to nobody until revived", async ({ inbox, clock }) => {
    for (const id of ["1", "2"]) {
      await inbox.put([entry(id, { claim: id, receivedAt: Number(id) })]);
      const taken = await one(inbox, 5);
      await inbox.settle(taken.id, taken.lease, { kind: "dead", reason: `reason-${id}` });
    }
    clock.advance(DAY);
    assert.deepEqual(await inbox.take(at(9 * DAY), 9), []);
    assert.deepEqual((await inbox.dead(9)).map(({ id, reason }) => [id, reason]), [["1", "reason-1"], ["2", "reason-2"]]);
    assert.equal((await inbox.dead(1)).length, 1);
    assert.equal(await inbox.revive("1"), true);
    assert.equal(await inbox.revive("1"), false);
    assert.equal(await inbox.revive("none"), false);
    const revived = await one(inbox, 9 * DAY);
    assert.deepEqual([revived.id, revived.attempts, revived.revived], ["1", 0, true]);
    assert.equal((await inbox.dead(9)).length, 1);
  }],
  ["the next due time is the earliest of what is ready, retried or leased, and none of what waits for others", async ({ inbox, clock }) => {
    assert.equal(await inbox.nextDue(), undefined);
    await inbox.put([entry("1", { claim: "c1" }), entry("2", { claim: "c2" })]);
    assert.ok(Date.parse((await inbox.nextDue()) ?? "") <= clock.now().getTime());
    const [a, b] = await inbox.take(at(5), 2);
    assert.ok(a && b);
    assert.equal(await inbox.nextDue(), at(5));
    await inbox.settle(a.id, a.lease, { kind: "retry", due: at(3) });
    assert.equal(await inbox.nextDue(), at(3));
    await inbox.settle(b.id, b.lease, { kind: "dead", reason: "handler" });
    clock.advance(3);
    const again = await one(inbox, 9);
    await inbox.settle(again.id, again.lease, { kind: "aside", target: message("EVENT1") });
    assert.equal(await inbox.nextDue(), undefined);
  }],
];
