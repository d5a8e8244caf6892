import assert from "node:assert/strict";
import type { BookRecord, InvitationBook } from "../book.js";
import { ACCOUNT, at, GROUP, keyOf, OTHER_ACCOUNT, record, recipient, sent, TENANT, TO } from "./suite-data.js";
import type { BookCase } from "./suite-case.js";
import { tenantId } from "../../model/ids.js";

async function begun(book: InvitationBook, given: Parameters<typeof record>[0] = {}): Promise<BookRecord> {
  const { kind, record: written } = await book.begin(record(given));
  assert.equal(kind, "begun");
  return written;
}

async function kindOf(book: InvitationBook, given: Parameters<typeof record>[0] = {}): Promise<string> {
  return (await book.begin(record(given))).kind;
}

/** Beginning and changing a record. */
export const BOOK_RECORD_CASES: readonly BookCase[] = [
  ["a begun record is found again, whole", async ({ book }) => {
    const written = await begun(book);
    const { version, ...rest } = written;
    assert.ok(version >= 1);
    assert.deepEqual(rest, record());
    assert.deepEqual(await book.records(TENANT, "apt_1"), [written]);
  }],
  ["of many callers that begin the same call at once, one begins it", async ({ book }) => {
    const kinds = await Promise.all(Array.from({ length: 20 }, () => kindOf(book)));
    assert.deepEqual(kinds.filter((kind) => kind !== "same"), ["begun"]);
  }],
  ["of many callers that send the same text to the same recipient under keys of their own, one begins it", async ({ book }) => {
    const kinds = await Promise.all(Array.from({ length: 20 }, (_, index) => kindOf(book, { key: `apt_${index}` })));
    assert.deepEqual(kinds.filter((kind) => kind !== "busy"), ["begun"]);
    assert.equal((await book.open(ACCOUNT, TO)).length, 1);
  }],
  ["another call under the same key, recipient and revision is a conflict while the first is open or accepted", async ({ book }) => {
    const first = await begun(book);
    assert.equal(await kindOf(book, { fingerprint: "text-2" }), "conflict");
    const unknown = await book.change(keyOf(first), first.version, { state: "unknown", code: "TIMEOUT" });
    assert.equal(await kindOf(book, { fingerprint: "text-2" }), "conflict");
    await book.change(keyOf(first), unknown?.version ?? 0, { state: "accepted" });
    assert.equal(await kindOf(book, { fingerprint: "text-2" }), "conflict");
    assert.equal(await kindOf(book), "same");
  }],
  ["a not-sent record may be begun again, corrected and through another account, and its version goes on growing", async ({ book }) => {
    const first = await begun(book);
    const failed = await book.change(keyOf(first), first.version, { state: "not-sent", code: "REFUSED" });
    const again = await begun(book, { fingerprint: "text-2", account: OTHER_ACCOUNT });
    assert.ok(again.version > (failed?.version ?? 0));
    assert.equal(again.code, undefined);
    assert.equal((await book.records(TENANT, "apt_1")).length, 1);
    assert.equal(await book.change(keyOf(first), failed?.version ?? 0, { state: "accepted" }), undefined);
  }],
  ["an unknown send keeps the same text to the same recipient busy; an accepted one sets it free", async ({ book }) => {
    const first = await begun(book);
    const unknown = await book.change(keyOf(first), first.version, { state: "unknown" });
    const busy = await book.begin(record({ key: "apt_2" }));
    assert.equal(busy.kind, "busy");
    assert.equal(busy.record.key, "apt_1");
    await book.change(keyOf(first), unknown?.version ?? 0, { state: "accepted" });
    assert.equal(await kindOf(book, { key: "apt_2" }), "begun");
  }],
  ["busy is about sends: an edit with the same text, another account, recipient or text is not kept waiting", async ({ book }) => {
    await begun(book);
    await begun(book, { key: "apt_2", operation: "update" });
    await begun(book, { key: "apt_3", account: OTHER_ACCOUNT });
    await begun(book, { key: "apt_4", recipient: GROUP });
    await begun(book, { key: "apt_5", fingerprint: "text-2" });
  }],
  ["a not-sent record cannot be changed into a second open send of the same text", async ({ book }) => {
    const first = await begun(book);
    const failed = await book.change(keyOf(first), first.version, { state: "not-sent" });
    await begun(book, { key: "apt_2" });
    assert.equal(await book.change(keyOf(first), failed?.version ?? 0, { state: "attempting" }), undefined);
    assert.equal((await book.open(ACCOUNT, TO)).length, 1);
  }],
  ["of two changes to one version the second finds nothing", async ({ book }) => {
    const { version, ...first } = await begun(book);
    const results = await Promise.all([book.change(keyOf(first), version, { state: "unknown" }), book.change(keyOf(first), version, { state: "accepted" })]);
    assert.equal(results.filter((result) => result !== undefined).length, 1);
    assert.equal(await book.change(keyOf(first), version, { stage: "queued" }), undefined);
    assert.equal(await book.change({ ...keyOf(first), revision: 9 }, version, { state: "unknown" }), undefined);
  }],
  ["accepted is final: nothing leads out of it, and no reason or due time is added", async ({ book }) => {
    const first = await begun(book, { leasedUntil: at(5) });
    const accepted = await book.change(keyOf(first), first.version, { state: "accepted", stage: "queued" });
    assert.equal(accepted?.leasedUntil, undefined);
    for (const state of ["attempting", "unknown", "not-sent"] as const) {
      const [now] = await book.records(TENANT, "apt_1");
      const after = await book.change(keyOf(first), now?.version ?? 0, { state, code: "TIMEOUT", due: at(9) });
      assert.deepEqual([after?.state, after?.code, after?.due, after?.stage], ["accepted", undefined, undefined, "queued"]);
    }
  }],
  ["a new state starts without the old one's lease, due time and reason", async ({ book }) => {
    const first = await begun(book, { leasedUntil: at(5) });
    const unknown = await book.change(keyOf(first), first.version, { state: "unknown", code: "TIMEOUT" });
    assert.deepEqual([unknown?.leasedUntil, unknown?.code], [undefined, "TIMEOUT"]);
    const waiting = await book.change(keyOf(first), unknown?.version ?? 0, { state: "not-sent", due: at(9) });
    assert.deepEqual([waiting?.code, waiting?.due], [undefined, at(9)]);
  }],
  ["message ids are only added, whatever a change leaves out", async ({ book }) => {
    const first = await begun(book, { messages: [sent("A1", "queue-1")] });
    const { handle } = record({ messages: [sent("A2", "queue-2"), { ...sent("A1", "queue-9"), vendorIds: { serverId: "server-1" } }] });
    const changed = await book.change(keyOf(first), first.version, { state: "accepted", handle });
    assert.deepEqual(changed?.handle.messages.map(({ id }) => id), ["A1", "A2"]);
    await book.change(keyOf(first), changed?.version ?? 0, { handle: { ...handle, messages: [] } });
    for (const id of ["A1", "A2", "queue-1", "queue-2", "server-1"]) assert.equal((await book.byMessage(ACCOUNT, id))?.key, "apt_1", id);
  }],
  ["records of a key come newest revision first, of one recipient or of all, and of no other tenant", async ({ book }) => {
    await begun(book);
    await begun(book, { revision: 2, operation: "update", fingerprint: "text-2" });
    await begun(book, { recipient: GROUP });
    await begun(book, { tenant: tenantId("other"), account: OTHER_ACCOUNT });
    assert.deepEqual((await book.records(TENANT, "apt_1", TO)).map(({ revision }) => revision), [2, 1]);
    assert.deepEqual((await book.records(TENANT, "apt_1")).map(({ revision }) => revision), [2, 1, 1]);
    assert.deepEqual(await book.records(TENANT, "apt_9"), []);
  }],
  ["a message id finds the newest record that holds it, within its account only", async ({ book }) => {
    await begun(book, { state: "accepted", messages: [sent("A1", "queue-1")] });
    await begun(book, { state: "accepted", revision: 2, operation: "update", messages: [sent("A1", "queue-1"), sent("A2", "queue-2")] });
    assert.equal((await book.byMessage(ACCOUNT, "A1"))?.revision, 2);
    assert.equal((await book.byMessage(ACCOUNT, "queue-1"))?.revision, 2);
    assert.equal(await book.byMessage(OTHER_ACCOUNT, "A1"), undefined);
    assert.equal(await book.byMessage(ACCOUNT, "a1"), undefined);
  }],
  ["open records are those whose outcome is not known, of one account to one recipient", async ({ book }) => {
    const first = await begun(book);
    await begun(book, { key: "apt_2", operation: "update" });
    await begun(book, { key: "apt_3", state: "not-sent", due: at(5), fingerprint: "text-3" });
    await begun(book, { key: "apt_4", account: OTHER_ACCOUNT });
    await begun(book, { key: "apt_5", recipient: recipient("+351960000999") });
    assert.deepEqual((await book.open(ACCOUNT, TO)).map(({ key }) => key).sort(), ["apt_1", "apt_2"]);
    await book.change(keyOf(first), first.version, { state: "accepted" });
    assert.deepEqual((await book.open(ACCOUNT, TO)).map(({ key }) => key), ["apt_2"]);
  }],
];
