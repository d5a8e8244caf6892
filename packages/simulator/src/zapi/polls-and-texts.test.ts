import { afterEach, describe, expect, it } from "@jest/globals";
import { zapiDefaults } from "./start.js";
import { GROUP, RITA, startBench } from "./test-bench.js";
import type { Bench } from "./test-bench.js";
import type { ZapiSwitches } from "./switches.js";

let bench: Bench;
const start = async (...args: Parameters<typeof startBench>): Promise<Bench> => (bench = await startBench(...args));
const startWith = (switches: Partial<ZapiSwitches>): Promise<Bench> => start({ switches });
afterEach(() => bench.stop());

const ID = zapiDefaults.instanceId;
const OPTIONS = [{ name: "Going" }, { name: "Not going" }, { name: "Maybe" }];
const POLL = { phone: GROUP, message: "Will you come?", pollMaxOptions: 1, poll: OPTIONS };
const ofRita = { account: ID, chat: GROUP, guest: RITA };
const post = async (operation: string, body: unknown): Promise<string> => {
  const answer = await bench.call("POST", operation, body);
  await bench.zapi.flush();
  return String(answer.json["messageId"]);
};

describe("polls", () => {
  it("a poll comes back with question and options, a vote with the poll's bare id and the whole selection", async () => {
    const { zapi } = await start();
    zapi.script({ account: ID, chat: GROUP, steps: [{ guest: RITA, vote: ["Going"] }, { guest: RITA, vote: ["Maybe"], afterMs: 10 }] });
    const messageId = await post("send-poll", POLL);
    expect(bench.with("poll")).toMatchObject([{ messageId, fromApi: true, poll: { question: "Will you come?", pollMaxOptions: 1, options: OPTIONS } }]);
    expect(bench.with("pollVote")).toMatchObject([
      { phone: GROUP, participantPhone: RITA.phone, pollVote: { pollMessageId: messageId, options: [{ name: "Going" }] } },
      { pollVote: { pollMessageId: messageId, options: [{ name: "Maybe" }] } },
    ]);
    expect(zapi.journal.entries({ act: "poll.voted" })).toMatchObject([{ target: messageId, response: "Going", by: RITA.phone }, { response: "Maybe" }]);
  });

  it("without pollMaxOptions a guest may choose several, with 1 a single one", async () => {
    const { zapi } = await start();
    const { pollMaxOptions: _, ...multiple } = POLL;
    await post("send-poll", multiple);
    await zapi.answer({ ...ofRita, vote: ["Going", "Maybe"] });
    await post("send-poll", POLL);
    await zapi.answer({ ...ofRita, vote: ["Going", "Maybe"] });
    await zapi.flush();
    expect(bench.with("poll").map((body) => body["poll"])).toMatchObject([{ pollMaxOptions: 0 }, { pollMaxOptions: 1 }]);
    expect(bench.with("pollVote").map((body) => body["pollVote"])).toMatchObject([{ options: [{ name: "Going" }, { name: "Maybe" }] }, { options: [{ name: "Going" }] }]);
  });

  it("people vote by the hash of a label: another spelling matches nothing", async () => {
    const { zapi } = await start();
    await post("send-poll", POLL);
    await zapi.answer({ ...ofRita, vote: ["going"] });
    await zapi.flush();
    expect(bench.with("pollVote")).toMatchObject([{ pollVote: { options: [] } }]);
  });

  it.each([["empty", { options: [] }], ["null", { options: null }], ["missing", {}], ["silent", undefined]] as const)("switch clearedVote=%s", async (clearedVote, rest) => {
    const { zapi } = await startWith({ clearedVote });
    const pollMessageId = await post("send-poll", POLL);
    await zapi.answer({ ...ofRita, vote: [] });
    await zapi.flush();
    expect(bench.with("pollVote").map((body) => body["pollVote"])).toEqual(rest === undefined ? [] : [{ pollMessageId, ...rest }]);
    expect(zapi.journal.entries({ act: "poll.voted" })).toMatchObject([{ response: "" }]);
  });

  it("switch pollTargets=group-only keeps polls from persons, switch pollTargets=any lets them through", async () => {
    const { zapi } = await startWith({ pollTargets: "group-only" });
    await post("send-poll", { ...POLL, phone: RITA.phone });
    expect(zapi.journal.count("poll.created")).toBe(0);
    zapi.setSwitches({ pollTargets: "any" });
    const pollMessageId = await post("send-poll", { ...POLL, phone: RITA.phone });
    await zapi.answer({ ...ofRita, chat: RITA.phone, vote: ["Going"] });
    await zapi.flush();
    expect(bench.with("pollVote")).toMatchObject([{ phone: RITA.phone, isGroup: false, participantPhone: null, chatLid: "70123456789012@lid", senderLid: "70123456789012@lid", pollVote: { pollMessageId } }]);
  });

  it.each([["delivery-error", 200, 1], ["400-invalid-phone", 400, 0], ["silent", 200, 0]] as const)("switch nonGroupPoll=%s answers a poll to a person with %d and %d delivery errors", async (nonGroupPoll, status, errors) => {
    const { call, zapi, of } = await startWith({ nonGroupPoll });
    expect((await call("POST", "send-poll", { ...POLL, phone: RITA.phone })).status).toBe(status);
    await zapi.flush();
    expect(of("DeliveryCallback").filter(({ error }) => error !== undefined)).toHaveLength(errors);
    expect(zapi.journal.count("poll.created")).toBe(0);
  });

  it("what WhatsApp would not show is accepted and never appears", async () => {
    const { zapi } = await start();
    await post("send-poll", { ...POLL, poll: [{ name: "Going" }, { name: "Going" }] });
    await post("send-poll", { ...POLL, poll: [{ name: "Going" }] });
    expect([zapi.journal.count("poll.created"), zapi.journal.count("message.failed")]).toEqual([0, 2]);
  });

  it("votes that are LID only, in placeholders, by the account's owner, on foreign polls", async () => {
    const { zapi } = await start();
    const pollMessageId = await post("send-poll", POLL);
    await zapi.answer({ ...ofRita, vote: ["Going"], as: "lid" });
    await zapi.answer({ ...ofRita, vote: ["Maybe"], own: true });
    await zapi.answer({ ...ofRita, vote: ["Yes"], target: "5D0BFOREIGN" });
    const { messageId } = await zapi.answer({ ...ofRita, vote: ["Maybe"], undecryptable: true, thenReadable: true });
    await zapi.flush();
    expect(bench.with("pollVote")).toMatchObject([
      { participantPhone: "70123456789012@lid", fromMe: false },
      { fromMe: true, fromApi: false, pollVote: { pollMessageId } },
      { pollVote: { pollMessageId: "5D0BFOREIGN", options: [{ name: "Yes" }] } },
      { messageId, pollVote: { options: [{ name: "Maybe" }] } },
    ]);
    expect(bench.caught.filter(({ body }) => body["waitingMessage"] === true && body["messageId"] === messageId)).toHaveLength(1);
  });

  it("send-poll-vote votes as the account and is echoed only with switch responseEcho=yes", async () => {
    const { zapi } = await startWith({ responseEcho: "yes" });
    const pollMessageId = await post("send-poll", POLL);
    await post("send-poll-vote", { phone: GROUP, pollMessageId, pollVote: [{ name: "Going" }] });
    expect(bench.with("pollVote")).toMatchObject([{ fromMe: true, fromApi: true, pollVote: { pollMessageId } }]);
    zapi.setSwitches({ responseEcho: "no" });
    await post("send-poll-vote", { phone: GROUP, pollMessageId, pollVote: [{ name: "Maybe" }] });
    expect([bench.with("pollVote").length, zapi.journal.count("poll.voted")]).toEqual([1, 2]);
  });
});

describe("texts", () => {
  const DIRECT = { ...ofRita, chat: RITA.phone };

  it("a text answer quotes the message in referenceMessageId and nothing else of it", async () => {
    const { zapi } = await start();
    const messageId = await post("send-text", { phone: RITA.phone, message: "Reply 1, 2 or 3" });
    const answer = await zapi.answer({ ...DIRECT, text: "1" });
    await zapi.flush();
    expect(bench.with("text").at(-1)).toMatchObject({ messageId: answer.messageId, phone: RITA.phone, isGroup: false, participantPhone: null, referenceMessageId: messageId, text: { message: "1" } });
    expect(zapi.journal.entries({ act: "text.sent" })).toMatchObject([{ messageId, chat: RITA.phone, shown: { text: "Reply 1, 2 or 3" } }]);
    expect(zapi.journal.entries({ act: "text.received" })).toMatchObject([{ by: RITA.phone, shown: { text: "1", replyTo: messageId } }]);
  });

  it.each([["absent", undefined], ["null", null]] as const)("switch noQuote=%s for a text without a quote", async (noQuote, written) => {
    const { zapi } = await startWith({ noQuote });
    await zapi.answer({ ...DIRECT, text: "hello", unquoted: true });
    await zapi.flush();
    expect(bench.with("text").map((body) => body["referenceMessageId"])).toEqual([written]);
    expect(bench.with("referenceMessageId")).toHaveLength(noQuote === "null" ? 1 : 0);
  });

  it("switch textPreview=present adds preview keys, switch textPreview=absent does not", async () => {
    const { zapi } = await startWith({ textPreview: "present" });
    await zapi.answer({ ...DIRECT, text: "1", unquoted: true });
    zapi.setSwitches({ textPreview: "absent" });
    await zapi.answer({ ...DIRECT, text: "1", unquoted: true });
    await zapi.flush();
    expect(bench.with("text").map((body) => Object.keys(Object(body["text"])))).toEqual([["message", "title", "url", "descritpion", "description", "thumbnailUrl"], ["message"]]);
  });

  it("an answer in a group names its author, and scripts answer texts, too", async () => {
    const { zapi } = await start();
    zapi.script({ account: ID, chat: GROUP, steps: [{ guest: RITA, text: "2" }] });
    const messageId = await post("send-text", { phone: GROUP, message: "Reply 1, 2 or 3" });
    expect(bench.with("text").at(-1)).toMatchObject({ phone: GROUP, participantPhone: RITA.phone, referenceMessageId: messageId, text: { message: "2" } });
  });

  it("an edited answer keeps its id with isEdit, a deleted one is a REVOKE notice", async () => {
    const { zapi } = await start();
    const { messageId } = await zapi.answer({ ...DIRECT, text: "1" });
    await zapi.answer({ ...DIRECT, text: "2", editOf: messageId });
    await zapi.answer({ ...DIRECT, revokeOf: messageId });
    await zapi.flush();
    expect(bench.with("text")).toMatchObject([{ messageId, isEdit: false }, { messageId, isEdit: true, text: { message: "2" } }]);
    expect(bench.with("notification")).toMatchObject([{ notification: "REVOKE", messageId: expect.stringMatching(/^\d+-\d+$/), referenceMessageId: messageId }]);
    expect(zapi.journal.entries({ act: "message.revoked" })).toMatchObject([{ target: messageId, by: RITA.phone }]);
  });

  it.each(["referenceMessageId", "notificationParameters", "messageId"] as const)("switch revokeReference=%s names the deleted message", async (revokeReference) => {
    const { zapi } = await startWith({ revokeReference });
    const { messageId } = await zapi.answer({ ...DIRECT, text: "1" });
    await zapi.answer({ ...DIRECT, revokeOf: messageId });
    await zapi.flush();
    const notice = bench.with("notification")[0] ?? {};
    expect(Object.keys(notice).filter((key) => JSON.stringify(notice[key])?.includes(messageId))).toEqual([revokeReference]);
  });

  it("the account's own text is edited by editMessageId under its original id", async () => {
    const { zapi } = await start();
    const original = await post("send-text", { phone: GROUP, message: "Reply 1, 2 or 3" });
    const edit = await post("send-text", { phone: GROUP, message: "Reply 1 or 2", editMessageId: original });
    expect(edit).not.toBe(original);
    expect(bench.with("text").at(-1)).toMatchObject({ messageId: original, isEdit: true, text: { message: "Reply 1 or 2" } });
    expect(zapi.journal.entries({ act: "text.sent" }).at(-1)).toMatchObject({ target: original, detail: "edit" });
  });

  it("delayMessage, in seconds, holds back the next message, and the queue shows it", async () => {
    const { zapi, call } = await start({}, { connection: "lost" });
    await call("POST", "send-text", { phone: GROUP, message: "one", delayMessage: 15 });
    await call("POST", "send-text", { phone: GROUP, message: "two" });
    expect((await call("POST", "queue", {})).json).toMatchObject({ messages: [{ DelayMessage: 15 }, { DelayMessage: -1 }] });
    zapi.script({ account: ID, chat: GROUP, steps: [{ guest: RITA, text: "early", afterMs: 14_900 }] });
    zapi.setConnection(ID, "connected");
    await zapi.flush();
    const texts = zapi.journal.entries().filter(({ act }) => act === "text.sent" || act === "text.received").map(({ shown }) => shown?.text);
    expect(texts).toEqual(["one", "early", "two", "early"]);
  });

  it("a LID and a Brazilian number with or without its ninth digit are the same chat", async () => {
    const { zapi, call } = await start({}, { contacts: [RITA] });
    for (const phone of ["5511987650001", "551187650001", "70123456789012@lid"]) await call("POST", "send-text", { phone, message: "hello" });
    await zapi.flush();
    expect(zapi.journal.entries({ act: "text.sent" }).map(({ chat }) => chat)).toEqual([RITA.phone, RITA.phone, RITA.phone]);
  });

  it("a guest's phone reports delivery and reading", async () => {
    const { zapi, of } = await start();
    const messageId = await post("send-text", { phone: RITA.phone, message: "hello" });
    await zapi.answer({ ...DIRECT, target: messageId, ack: 3 });
    await zapi.flush();
    expect(of("MessageStatusCallback").at(-1)).toMatchObject({ status: "READ", ids: [messageId], phone: RITA.phone, isGroup: false });
    await expect(zapi.answer({ ...DIRECT, target: messageId, ack: -1 })).rejects.toThrow("Z-API reports");
  });
});

describe("DELETE /messages", () => {
  const remove = (messageId: string, owner = "true") => bench.call("DELETE", `messages?messageId=${messageId}&phone=${GROUP}&owner=${owner}`);

  it("removes the account's card with 204 and a REVOKE notice of its own", async () => {
    const { zapi } = await start();
    const messageId = await post("send-poll", POLL);
    expect((await remove(messageId)).status).toBe(204);
    await zapi.flush();
    expect(zapi.journal.entries({ act: "message.revoked" })).toMatchObject([{ target: messageId, chat: GROUP }]);
    expect(bench.with("notification")).toMatchObject([{ notification: "REVOKE", fromMe: true }]);
    expect((await remove(messageId)).status).toBe(204);
    expect(zapi.journal.count("message.revoked")).toBe(1);
  });

  it("an unknown message is 204, too; another's message needs an admin; a missing parameter is 400", async () => {
    const { call, zapi } = await start();
    const { messageId } = await zapi.memberEvent({ ...ofRita, title: "Drinks", startsAtMs: 0 });
    expect((await remove("3EB0UNKNOWN")).status).toBe(204);
    expect((await remove(messageId, "false")).status).toBe(204);
    expect((await call("DELETE", `messages?phone=${GROUP}`)).status).toBe(400);
    const elsewhere = await post("send-text", { phone: RITA.phone, message: "hello" });
    expect((await remove(elsewhere)).status).toBe(204);
    expect(zapi.journal.count("message.revoked")).toBe(0);
  });
});
