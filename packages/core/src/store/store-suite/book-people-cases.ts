import assert from "node:assert/strict";
import { tenantId } from "../../model/ids.js";
import { personOf, type Person } from "../guest-identity.js";
import type { BookCase } from "./suite-case.js";
import { ACCOUNT, GROUP, keyOf, message, OTHER_ACCOUNT, record, recipient, TENANT, TO } from "./suite-data.js";

const CHOICES = [{ label: "Going", response: "GOING" }, { label: "Not going", response: "NOT_GOING" }] as const;

function person(...ids: readonly string[]): Person {
  const one = personOf(ids);
  if (one === undefined) throw new TypeError("a person needs an id");
  return one;
}

const question = (id: string, chat?: string) => ({ id: message(id), form: "text" as const, role: "invitation" as const, vendorIds: {}, choices: CHOICES, ...(chat !== undefined && { recipient: recipient(chat) }) });

/** Who is who, and what was asked where. */
export const BOOK_PEOPLE_CASES: readonly BookCase[] = [
  ["ids that were met together are one person, whichever is asked for, in whatever order they were met", async ({ book }) => {
    assert.deepEqual(await book.people(TENANT, ["7@lid"]), []);
    await book.meet(TENANT, person("+351960000123", "7@lid"));
    await book.meet(TENANT, person("9@lid", "acme:55"));
    await book.meet(TENANT, person("acme:55", "7@lid"));
    const [all, ...none] = await book.people(TENANT, ["9@lid", "+351960000123"]);
    assert.deepEqual([all?.key, all?.ids, none], ["+351960000123", ["+351960000123", "7@lid", "9@lid", "acme:55"], []]);
    assert.deepEqual(await book.people(TENANT, ["acme:55"]), [all]);
  }],
  ["meeting again changes nothing, and strangers stay apart", async ({ book }) => {
    for (const _ of [1, 2]) await book.meet(TENANT, person("+351960000123", "7@lid"));
    await book.meet(TENANT, person("+351960000999", "8@lid"));
    assert.deepEqual((await book.people(TENANT, ["7@lid", "8@lid", "9@lid"])).map(({ ids }) => ids), [["+351960000123", "7@lid"], ["+351960000999", "8@lid"]]);
  }],
  ["a Brazilian number without its ninth digit is the same person, and both spellings are kept", async ({ book }) => {
    await book.meet(TENANT, person("+5511987650001", "7@lid"));
    assert.deepEqual((await book.people(TENANT, ["+551187650001"])).map(({ key }) => key), ["+5511987650001"]);
    await book.meet(TENANT, person("+551187650001", "8@lid"));
    assert.deepEqual((await book.people(TENANT, ["7@lid"]))[0]?.ids, ["+551187650001", "+5511987650001", "7@lid", "8@lid"]);
  }],
  ["nobody is known across tenants", async ({ book }) => {
    await book.meet(TENANT, person("+351960000123", "7@lid"));
    assert.deepEqual(await book.people(tenantId("other"), ["7@lid"]), []);
  }],
  ["a text that offers choices is found by its chat, within its account, and only once it was accepted", async ({ book }) => {
    const begun = await book.begin(record({ messages: [question("T1")] }));
    assert.deepEqual(await book.questions(ACCOUNT, TO), []);
    await book.change(keyOf(begun.record), begun.record.version, { state: "accepted" });
    assert.deepEqual((await book.questions(ACCOUNT, TO)).map(({ key }) => key), ["apt_1"]);
    assert.deepEqual(await book.questions(OTHER_ACCOUNT, TO), []);
    assert.deepEqual(await book.questions(ACCOUNT, GROUP), []);
  }],
  ["a question that went to another chat than the invitation is found there; cards and polls are no questions", async ({ book }) => {
    await book.begin(record({ recipient: GROUP, state: "accepted", messages: [question("T1", "+5511987650001"), { ...question("P1"), form: "poll" }] }));
    await book.begin(record({ key: "apt_2", state: "accepted", messages: [{ id: message("C1"), form: "native", role: "invitation", vendorIds: {} }] }));
    assert.deepEqual(await book.questions(ACCOUNT, GROUP), []);
    assert.deepEqual(await book.questions(ACCOUNT, TO), []);
    assert.deepEqual((await book.questions(ACCOUNT, recipient("+551187650001"))).map(({ key }) => key), ["apt_1"]);
  }],
  ["a question that is added to a record is found from then on", async ({ book }) => {
    const { record: sent } = await book.begin(record({ state: "accepted" }));
    await book.change(keyOf(sent), sent.version, { handle: { ...sent.handle, messages: [question("T1")] } });
    assert.deepEqual((await book.questions(ACCOUNT, TO)).map(({ key }) => key), ["apt_1"]);
  }],
];
