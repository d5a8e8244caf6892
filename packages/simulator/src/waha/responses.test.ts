import { afterEach, describe, expect, it } from "@jest/globals";
import type { GuestStep } from "../guest.js";
import { CHAT, EVENT, GROUP, GUEST, objectAt, SESSION, startBench, type Bench } from "./test-bench.js";
import type { WahaSwitches } from "./switches.js";

let bench: Bench;
afterEach(() => bench.stop());
const going: GuestStep = { guest: GUEST, response: "GOING" };

/** One event in the chat, answered by the steps; gives its bare id and what was posted. */
const run = async (chatId: string, steps: readonly GuestStep[], switches: Partial<WahaSwitches> = {}) => {
  bench = await startBench({ switches });
  bench.waha.script({ account: SESSION, chat: chatId, steps });
  const id = await bench.invite(chatId);
  return { id, responses: bench.of("event.response"), failed: bench.of("event.response.failed") };
};

describe("event.response", () => {
  it("direct, by phone: the creation key is the guest's view of our event", async () => {
    const { id, responses } = await run(CHAT, [{ ...going, extraGuests: 1 }]);
    expect(responses).toHaveLength(1);
    const payload = responses[0]?.payload;
    expect(payload).toMatchObject({
      id: expect.stringMatching(/^false_351960000123@c\.us_3A[0-9A-F]{18}$/), from: CHAT, fromMe: false, source: "app", to: null, participant: null,
      hasMedia: false, media: null, location: null, vCards: null, ack: null, ackName: "UNKNOWN", replyTo: null,
      eventCreationKey: { id: `false_351910000777@c.us_${id}`, to: "me", from: "351910000777@c.us", fromMe: false },
      eventResponse: { response: "GOING", timestampMs: expect.any(Number), extraGuestCount: 1 },
    });
    expect(payload).not.toHaveProperty("body");
    expect(Object.keys(objectAt(responses[0]?.body))).toEqual(["id", "timestamp", "event", "session", "metadata", "me", "payload", "engine", "environment"]);
    expect(bench.of("message").length + bench.of("message.any").length).toBe(1);
  });

  it("direct, by LID: no phone in the mapped fields", async () => {
    const { id, responses } = await run(CHAT, [{ ...going, as: "lid" }]);
    const payload = responses[0]?.payload;
    expect(payload).toMatchObject({ from: "271000000000099@lid", eventCreationKey: { id: `false_184000000000011@lid_${id}`, to: "me", from: "184000000000011@lid", fromMe: false } });
    const { _data, ...mapped } = payload ?? {};
    expect(JSON.stringify(mapped)).not.toContain("351960000123");
    expect(objectAt(payload, "_data", "Info")["SenderAlt"]).toBe("351960000123@s.whatsapp.net");
  });

  it("group, by LID: `to` is the participant and `fromMe` is missing", async () => {
    const { id, responses } = await run(GROUP, [{ ...going, response: "MAYBE" }]);
    expect(responses[0]?.payload).toMatchObject({
      id: expect.stringMatching(/^false_120363400000000555@g\.us_3A[0-9A-F]{18}_271000000000099@lid$/), from: GROUP, to: "271000000000099@lid", participant: "271000000000099@lid",
    });
    expect(responses[0]?.payload["eventCreationKey"]).toEqual({ id: `false_${GROUP}_${id}_184000000000011@lid`, to: GROUP, from: "184000000000011@lid" });
  });

  it("group, by phone", async () => {
    const { id, responses } = await run(GROUP, [{ ...going, as: "phone" }], { groupOwnId: "phone", creationKeyFromMe: "present" });
    expect(responses[0]?.payload["participant"]).toBe(CHAT);
    expect(responses[0]?.payload["eventCreationKey"]).toEqual({ id: `false_${GROUP}_${id}_351910000777@c.us`, to: GROUP, from: "351910000777@c.us", fromMe: false });
  });

  it("sent to a LID, answered as LID", async () => {
    const { responses } = await run("271000000000099@lid", [going]);
    expect(responses[0]?.payload["from"]).toBe("271000000000099@lid");
  });

  it.each(["GOING", "NOT_GOING", "MAYBE", "UNKNOWN", "SOMETHING_NEW"])("carries %s, and so does the journal", async (response) => {
    const { id, responses } = await run(CHAT, [{ ...going, response }]);
    expect(objectAt(responses[0]?.payload, "eventResponse")["response"]).toBe(response);
    expect(bench.waha.journal.entries({ act: "event.answered" })).toEqual([expect.objectContaining({ chat: CHAT, target: id, by: CHAT, response, extraGuests: 0 })]);
  });

  it("a change of mind is a new answer with a later device time", async () => {
    const { responses } = await run(CHAT, [going, { ...going, response: "NOT_GOING" }, { ...going, response: "MAYBE" }]);
    const answers = responses.map(({ payload }) => objectAt(payload, "eventResponse"));
    expect(answers.map(({ response }) => response)).toEqual(["GOING", "NOT_GOING", "MAYBE"]);
    const times = answers.map(({ timestampMs }) => Number(timestampMs));
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(new Set(times).size).toBe(3);
    expect(new Set(responses.map(({ payload }) => payload["id"])).size).toBe(3);
  });

  it("a script answers every later event of its chat, and nobody answers in another", async () => {
    await run(CHAT, [going]);
    await bench.invite(CHAT);
    await bench.invite("351960000999@c.us");
    expect(bench.of("event.response")).toHaveLength(2);
  });

  it("twice: the same answer under two envelope ids is one entry in the journal", async () => {
    const { responses } = await run(CHAT, [{ ...going, twice: true }]);
    expect(responses.map(({ payload }) => payload["id"])).toEqual([responses[0]?.payload["id"], responses[0]?.payload["id"]]);
    expect(new Set(responses.map(({ body }) => body["id"])).size).toBe(2);
    expect(bench.waha.journal.count("event.answered")).toBe(1);
  });
});

describe("what a guest or the owner does later", () => {
  it("a late answer reaches a card whose chat has no script", async () => {
    const { id } = await run(CHAT, []);
    const { messageId } = await bench.waha.answer({ ...going, account: SESSION, chat: "+351 960 000 123" });
    expect(bench.of("event.response")[0]?.payload["id"]).toBe(`false_${CHAT}_${messageId}`);
    expect(bench.waha.journal.entries({ act: "event.answered" })[0]?.target).toBe(id);
  });

  it("the owner's own answer has fromMe and his own view of the key", async () => {
    const { id } = await run(CHAT, []);
    await bench.waha.answer({ account: SESSION, chat: CHAT, own: true, guest: { phone: "0" }, response: "GOING" });
    expect(bench.of("event.response")[0]?.payload).toMatchObject({
      id: expect.stringMatching(/^true_351960000123@c\.us_/), fromMe: true, from: CHAT, eventCreationKey: { id: `true_${CHAT}_${id}`, to: CHAT, from: "me", fromMe: true },
    });
    expect(bench.waha.journal.count("event.responded")).toBe(1);
    expect(bench.waha.journal.count("event.answered")).toBe(0);
  });

  it("a member's event arrives as message and message.any without body, and answers to it arrive too", async () => {
    bench = await startBench();
    const { messageId } = await bench.waha.memberEvent({ account: SESSION, chat: GROUP, guest: GUEST, title: "Barbecue", startsAtMs: 1798797600000 });
    for (const name of ["message", "message.any"]) {
      expect(bench.of(name)).toHaveLength(1);
      expect(bench.of(name)[0]?.payload).not.toHaveProperty("body");
    }
    expect(bench.of("message")[0]?.body["id"]).not.toBe(bench.of("message.any")[0]?.body["id"]);
    await bench.waha.answer({ account: SESSION, chat: GROUP, target: messageId, guest: { phone: "351960000124", lid: "271000000000100" }, response: "GOING" });
    expect(objectAt(bench.of("event.response")[0]?.payload, "eventCreationKey")["id"]).toBe(`false_${GROUP}_${messageId}_271000000000099@lid`);
  });

  it("answers given while the session is not WORKING arrive when it is again", async () => {
    await run(CHAT, []);
    bench.waha.putSession({ name: SESSION, status: "STARTING" });
    await bench.waha.answer({ ...going, account: SESSION, chat: CHAT });
    expect(bench.of("event.response")).toHaveLength(0);
    bench.waha.putSession({ name: SESSION, status: "WORKING" });
    await bench.waha.flush();
    expect(bench.of("event.response")).toHaveLength(1);
  });
});

describe("event.response.failed", () => {
  it("says who and which event, and not what", async () => {
    const { id, responses, failed } = await run(CHAT, [{ ...going, undecryptable: true }]);
    expect(responses).toHaveLength(0);
    expect(failed[0]?.payload).toMatchObject({ from: CHAT, eventResponse: null, eventCreationKey: { id: `false_351910000777@c.us_${id}` } });
    expect(bench.waha.journal.entries({ act: "event.answered" })[0]).toMatchObject({ unreadable: true, response: "GOING" });
  });

  it("may be followed by a readable answer with an id of its own", async () => {
    const { responses, failed } = await run(CHAT, [{ ...going, undecryptable: true, thenReadable: true }]);
    expect([failed.length, responses.length]).toEqual([1, 1]);
    expect(responses[0]?.payload["id"]).not.toBe(failed[0]?.payload["id"]);
  });
});

describe("switches of an answer", () => {
  const key = (sent: readonly { readonly payload: Readonly<Record<string, unknown>> }[]) => objectAt(sent[0]?.payload, "eventCreationKey");
  it.each([["directAddressing", CHAT, "phone", CHAT], ["directAddressing", CHAT, "lid", "271000000000099@lid"]] as const)("%s in %s: %s", async (_name, chat, value, from) => {
    expect((await run(chat, [going], { directAddressing: value })).responses[0]?.payload["from"]).toBe(from);
  });
  it.each([["lid", "271000000000099@lid"], ["phone", CHAT]] as const)("groupAddressing: %s", async (groupAddressing, participant) => {
    expect((await run(GROUP, [going], { groupAddressing })).responses[0]?.payload["participant"]).toBe(participant);
  });
  it.each([["lid", "184000000000011@lid"], ["phone", "351910000777@c.us"]] as const)("groupOwnId: %s", async (groupOwnId, from) => {
    expect(key((await run(GROUP, [going], { groupOwnId })).responses)["from"]).toBe(from);
  });
  it.each([["missing-in-groups", true, false], ["present", true, true], ["missing", false, false]] as const)("creationKeyFromMe: %s", async (creationKeyFromMe, direct, group) => {
    expect("fromMe" in key((await run(CHAT, [going], { creationKeyFromMe })).responses)).toBe(direct);
    await bench.stop();
    expect("fromMe" in key((await run(GROUP, [going], { creationKeyFromMe })).responses)).toBe(group);
  });
  it("creationKeyView: a later release may rewrite the key into our own view", async () => {
    const { id, responses } = await run(CHAT, [going], { creationKeyView: "own" });
    expect(key(responses)).toEqual({ id: `true_${CHAT}_${id}`, to: CHAT, from: "me", fromMe: true });
  });
  it.each([["present", true], ["absent", false]] as const)("senderAlt: %s", async (senderAlt, there) => {
    expect("SenderAlt" in objectAt((await run(GROUP, [going], { senderAlt })).responses[0]?.payload, "_data", "Info")).toBe(there);
  });
  it.each([["none", 1], ["every", 2]] as const)("duplicateAnswers: %s", async (duplicateAnswers, times) => {
    expect((await run(CHAT, [going], { duplicateAnswers })).responses).toHaveLength(times);
  });
  it.each([["in-order", ["GOING", "NOT_GOING", "MAYBE"]], ["swapped", ["NOT_GOING", "GOING", "MAYBE"]]] as const)("answerOrder: %s", async (answerOrder, order) => {
    const { responses } = await run(CHAT, [going, { ...going, response: "NOT_GOING" }, { ...going, response: "MAYBE" }], { answerOrder });
    expect(responses.map(({ payload }) => objectAt(payload, "eventResponse")["response"])).toEqual(order);
  });
  it("answerOrder: at-once loses none", async () => {
    expect((await run(CHAT, [going, { ...going, response: "NOT_GOING" }], { answerOrder: "at-once" })).responses).toHaveLength(2);
  });
  it.each([["before-answer", 1], ["after-answer", 0]] as const)("guestTiming: %s", async (guestTiming, early) => {
    bench = await startBench({ switches: { guestTiming, echo: "after" } });
    bench.waha.script({ account: SESSION, chat: CHAT, steps: [guestTiming === "after-answer" ? { ...going, afterMs: 60_000 } : going] });
    const seen = new Promise<number>((resolve) => bench.waha.journal.listen(({ act }) => act === "message.delivered" && resolve(bench.of("event.response").length)));
    await bench.call("POST", `/api/${SESSION}/events`, { chatId: CHAT, event: EVENT });
    expect(await seen).toBe(early);
    await bench.waha.flush();
    expect(bench.of("event.response")).toHaveLength(1);
  });
  it("config.ignore.groups drops answers from groups", async () => {
    bench = await startBench();
    bench.waha.putSession({ name: SESSION, config: { ignore: { groups: true }, webhooks: [{ url: `${bench.hooks}/waha`, events: ["*"] }] } });
    bench.waha.script({ account: SESSION, chat: GROUP, steps: [going] });
    await bench.invite(GROUP);
    expect(bench.caught).toHaveLength(0);
    expect(bench.waha.journal.count("event.answered")).toBe(1);
  });
});
