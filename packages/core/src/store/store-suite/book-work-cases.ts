import assert from "node:assert/strict";
import { tenantId } from "../../model/ids.js";
import type { Answer } from "../book.js";
import { rsvpFold } from "../rsvp-fold.js";
import type { BookCase } from "./suite-case.js";
import { aMillisecondAfter, ACCOUNT, answer, at, keyOf, OTHER_ACCOUNT, phone, record, TENANT, TO } from "./suite-data.js";

/** A fold that shows what it was given. */
const sources = (all: readonly Answer[]) => all.map(({ fact }) => fact.source).sort();

/** Work for background workers, answers, and what accounts taught. */
export const BOOK_WORK_CASES: readonly BookCase[] = [
  ["an attempt is work when its lease is over, not before", async ({ book, clock }) => {
    await book.begin(record({ leasedUntil: at(5) }));
    clock.advance(4);
    assert.deepEqual(await book.take("attempting", at(4), at(20), 9), []);
    clock.advance(2);
    const taken = await book.take("attempting", at(6), at(20), 9);
    assert.deepEqual(taken.map(({ key, leasedUntil }) => [key, leasedUntil]), [["apt_1", at(20)]]);
  }],
  ["an unknown outcome is work once it was begun before the given time", async ({ book, clock }) => {
    await book.begin(record({ state: "unknown", begunAt: at(10) }));
    clock.advance(30);
    assert.deepEqual(await book.take("unknown", at(9), at(40), 9), []);
    assert.equal((await book.take("unknown", at(11), at(40), 9)).length, 1);
  }],
  ["a not-sent record is work only with a due time, and from then on", async ({ book, clock }) => {
    await book.begin(record({ state: "not-sent" }));
    await book.begin(record({ key: "apt_2", state: "not-sent", due: at(10) }));
    clock.advance(30);
    assert.deepEqual(await book.take("not-sent", at(9), at(40), 9), []);
    assert.deepEqual((await book.take("not-sent", at(10), at(40), 9)).map(({ key }) => key), ["apt_2"]);
  }],
  ["each piece of work goes to one of many takers, oldest first, and again when its lease is over", async ({ book, clock }) => {
    for (const minute of [3, 1, 2]) await book.begin(record({ key: `apt_${minute}`, fingerprint: `text-${minute}`, state: "unknown", begunAt: at(minute) }));
    clock.advance(10);
    const taken = await Promise.all(Array.from({ length: 6 }, () => book.take("unknown", at(10), at(20), 1)));
    assert.deepEqual(taken.flat().map(({ key }) => key).sort(), ["apt_1", "apt_2", "apt_3"]);
    clock.advance(11);
    assert.deepEqual((await book.take("unknown", at(21), at(40), 2)).map(({ key }) => key), ["apt_1", "apt_2"]);
  }],
  ["a whole second comes before its own milliseconds, which as text it does not", async ({ book, clock }) => {
    await book.begin(record({ key: "apt_later", fingerprint: "text-later", state: "unknown", begunAt: aMillisecondAfter(at(1)) }));
    await book.begin(record({ key: "apt_second", fingerprint: "text-second", state: "unknown", begunAt: at(1) }));
    clock.advance(10);
    assert.deepEqual((await book.take("unknown", at(1), at(20), 9)).map(({ key }) => key), ["apt_second"]);
    assert.deepEqual((await book.take("unknown", at(10), at(20), 9)).map(({ key }) => key), ["apt_later"]);
  }],
  ["taking changes the version, so whoever read before cannot change it any more", async ({ book, clock }) => {
    const { record: first } = await book.begin(record({ state: "unknown" }));
    clock.advance(1);
    const [taken] = await book.take("unknown", at(1), at(20), 1);
    assert.equal(await book.change(keyOf(first), first.version, { state: "accepted" }), undefined);
    assert.equal((await book.change(keyOf(first), taken?.version ?? 0, { state: "accepted" }))?.state, "accepted");
  }],
  ["the first answer has no state before it; the next one has; a known answer changes nothing", async ({ book }) => {
    assert.deepEqual(await book.answer(answer("R1"), sources), { after: ["R1"] });
    assert.deepEqual(await book.answer(answer("R2"), sources), { before: ["R1"], after: ["R1", "R2"] });
    assert.equal(await book.answer(answer("R1"), sources), undefined);
    assert.equal((await book.answers(TENANT, "apt_1")).length, 2);
  }],
  ["one answer that comes fifty times at once is one transition", async ({ book }) => {
    const results = await Promise.all(Array.from({ length: 50 }, () => book.answer(answer("R1"), rsvpFold())));
    assert.equal(results.filter((result) => result !== undefined).length, 1);
  }],
  ["an answer that moves nothing is kept and is no transition", async ({ book }) => {
    const guestPhone = phone("+351960000555");
    await book.answer(answer("R2", { guest: { phone: guestPhone }, at: 2 }), rsvpFold());
    assert.equal(await book.answer(answer("R1", { guest: { phone: guestPhone }, at: 1, response: "NOT_GOING" }), rsvpFold()), undefined);
    assert.equal(await book.answer(answer("R3", { at: 3, fromSelf: true }), rsvpFold()), undefined);
    assert.deepEqual((await book.answers(TENANT, "apt_1")).map(({ fact }) => fact.source), ["R2", "R1", "R3"]);
  }],
  ["answers with one source are told apart by type, edition and guest", async ({ book }) => {
    const guestPhone = phone("+351960000555");
    const plain = answer("R1");
    const { target, guest, source } = plain.fact;
    await book.answer(plain, sources);
    await book.answer(answer("R1", { edition: "2" }), sources);
    await book.answer(answer("R1", { guest: { phone: guestPhone } }), sources);
    await book.answer({ ...plain, fact: { type: "rsvp.unreadable", target, guest, source, at: at(1) } }, sources);
    assert.equal((await book.answers(TENANT, "apt_1")).length, 4);
  }],
  ["the fold sees the answers of every revision to one recipient, and of no other recipient, key or tenant", async ({ book }) => {
    await book.answer(answer("R1"), sources);
    await book.answer(answer("R2", { invitation: { recipient: TO } }), sources);
    await book.answer(answer("R3", { invitation: { key: "apt_2" } }), sources);
    await book.answer(answer("R4", { invitation: { tenant: tenantId("other") } }), sources);
    assert.deepEqual(await book.answer(answer("R5", { invitation: { revision: 2 } }), sources), { before: ["R1"], after: ["R1", "R5"] });
    assert.deepEqual((await book.answers(TENANT, "apt_1")).map(({ fact }) => fact.source), ["R1", "R2", "R5"]);
  }],
  ["a fold that throws leaves nothing behind", async ({ book }) => {
    await assert.rejects(book.answer(answer("R1"), () => { throw new TypeError("a fold's own mistake"); }));
    assert.deepEqual(await book.answers(TENANT, "apt_1"), []);
    assert.deepEqual(await book.answer(answer("R1"), sources), { after: ["R1"] });
  }],
  ["what an account taught adds up, and stays with the account", async ({ book }) => {
    assert.deepEqual(await book.learned(ACCOUNT), {});
    await book.remember(ACCOUNT, { reading: "offset", other: "1" });
    await book.remember(ACCOUNT, { reading: "wall" });
    assert.deepEqual(await book.learned(ACCOUNT), { reading: "wall", other: "1" });
    assert.deepEqual(await book.learned(OTHER_ACCOUNT), {});
  }],
  ["a caller who changes what they gave or got changes nothing that is kept", async ({ book }) => {
    const mine = { ...record(), fingerprint: "text-1" };
    const { record: written } = await book.begin(mine);
    mine.fingerprint = "text-9";
    try {
      Object.assign(written, { fingerprint: "text-9" });
    } catch {
      // Frozen: as good as a copy.
    }
    assert.equal((await book.records(TENANT, "apt_1"))[0]?.fingerprint, "text-1");
  }],
];
