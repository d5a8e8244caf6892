import { afterEach, describe, expect, it } from "@jest/globals";
import type { GuestStep } from "../guest.js";
import type { JsonObject } from "../json.js";
import { CHAT, GROUP, GUEST, objectAt, SESSION, startBench, type Bench } from "./test-bench.js";
import type { WahaSwitches } from "./switches.js";

let bench: Bench;
afterEach(() => bench.stop());
const POLL = { name: "Will you come?", options: ["Going", "Not going", "Maybe"], multipleAnswers: false };
const votes: GuestStep = { guest: GUEST, vote: ["Going"] };

const sendPoll = async (chatId: string, steps: readonly GuestStep[], switches: Partial<WahaSwitches> = {}) => {
  bench = await startBench({ switches });
  bench.waha.script({ account: SESSION, chat: chatId, steps });
  await bench.call("POST", "/api/sendPoll", { session: SESSION, chatId, poll: POLL });
  await bench.waha.flush();
  const id = bench.waha.journal.entries({ act: "poll.created" })[0]?.messageId ?? "";
  return { id, made: bench.of("poll.vote").map(({ payload }) => payload), failed: bench.of("poll.vote.failed").map(({ payload }) => payload) };
};
const pollId = (payload: JsonObject | undefined) => objectAt(payload, "poll")["id"];

describe("POST /api/sendPoll", () => {
  it("takes the session from the body, answers 201 and validates nothing", async () => {
    bench = await startBench();
    const post = (poll: unknown) => bench.call("POST", "/api/sendPoll", { session: SESSION, chatId: CHAT, poll });
    expect(Object.keys((await post(POLL)).json)).toEqual(["id", "_data"]);
    expect((await post({ name: "", options: [] })).status).toBe(201);
    expect((await post({ name: "x", options: "abc" })).status).toBe(201);
    expect(bench.waha.journal.entries({ act: "poll.created" }).map(({ shown }) => shown?.options)).toEqual([POLL.options, [], ["a", "b", "c"]]);
    expect(objectAt((await post(undefined)).json, "exception")["message"]).toBe("Cannot read properties of undefined (reading 'name')");
    expect((await bench.call("POST", "/api/sendPoll", { chatId: CHAT, poll: POLL })).text).toBe('{"error":"Session name is required"}');
  });

  it("works on every engine, on WEBJS not before 2025.12.2", async () => {
    for (const engine of ["GOWS", "NOWEB", "WEBJS", "WPP"] as const) {
      bench = await startBench({ switches: { engine } });
      const { status, json } = await bench.call("POST", "/api/sendPoll", { session: SESSION, chatId: CHAT, poll: POLL });
      expect(status).toBe(201);
      expect(engine === "WEBJS" ? objectAt(json, "id")["_serialized"] : json["id"]).toMatch(/^true_351960000123@c\.us_3EB0/);
      await bench.stop();
    }
    bench = await startBench({ switches: { engine: "WEBJS", mode: "legacy" } });
    expect((await bench.call("POST", "/api/sendPoll", { session: SESSION, chatId: CHAT, poll: POLL })).status).toBe(501);
  });
});

describe("poll.vote on GOWS", () => {
  it("direct: the poll's key is rewritten into our own view", async () => {
    const { id, made } = await sendPoll(CHAT, [votes]);
    expect(made).toEqual([expect.objectContaining({
      poll: { id: `true_${CHAT}_${id}`, to: CHAT, from: "me", fromMe: true },
      vote: { id: expect.stringMatching(/^false_351960000123@c\.us_3A/), from: CHAT, fromMe: false, to: null, participant: null, selectedOptions: ["Going"], timestamp: expect.any(Number) },
    })]);
    expect(bench.waha.journal.entries({ act: "poll.voted" })).toEqual([expect.objectContaining({ target: id, by: CHAT, response: "Going" })]);
  });
  it("group: own phone as fourth part, the voter in `participant` and `to`", async () => {
    const { id, made } = await sendPoll(GROUP, [votes]);
    expect(made[0]).toMatchObject({
      poll: { id: `true_${GROUP}_${id}_351910000777@c.us`, to: GROUP, from: "351910000777@c.us", fromMe: true },
      vote: { id: expect.stringMatching(/_271000000000099@lid$/), from: GROUP, to: "271000000000099@lid", participant: "271000000000099@lid", fromMe: false },
    });
  });
  it("a chat addressed by LID carries the LID in both ids", async () => {
    const { id, made } = await sendPoll(CHAT, [{ ...votes, as: "lid" }]);
    expect(pollId(made[0])).toBe(`true_271000000000099@lid_${id}`);
  });
  it("an own vote in a direct chat has fromMe and the guest's chat", async () => {
    await sendPoll(CHAT, []);
    await bench.waha.answer({ account: SESSION, chat: CHAT, own: true, guest: { phone: "0" }, vote: ["Maybe"] });
    expect(bench.of("poll.vote")[0]?.payload["vote"]).toMatchObject({ fromMe: true, from: CHAT });
  });
  it("each vote replaces the one before; a label the poll does not have matches nothing", async () => {
    const { made } = await sendPoll(CHAT, [votes, { ...votes, vote: ["Maybe"] }, { ...votes, vote: ["Maybe "] }]);
    expect(made.map((payload) => objectAt(payload, "vote")["selectedOptions"])).toEqual([["Going"], ["Maybe"], []]);
  });
  it("clearedVote: an empty list, or null and then a failure", async () => {
    const empty = await sendPoll(CHAT, [{ ...votes, vote: [] }]);
    expect([objectAt(empty.made[0], "vote")["selectedOptions"], empty.failed.length]).toEqual([[], 0]);
    await bench.stop();
    const none = await sendPoll(CHAT, [{ ...votes, vote: [] }], { clearedVote: "null" });
    expect([none.made.length, objectAt(none.failed[0], "vote")["selectedOptions"]]).toEqual([0, null]);
  });
  it("undecryptable: poll.vote.failed with null", async () => {
    const { made, failed } = await sendPoll(CHAT, [{ ...votes, undecryptable: true }]);
    expect([made.length, objectAt(failed[0], "vote")["selectedOptions"]]).toEqual([0, null]);
  });
  it("twice and swapped, as for event answers", async () => {
    const { made } = await sendPoll(CHAT, [{ ...votes, twice: true }, { ...votes, vote: ["Maybe"] }], { answerOrder: "swapped" });
    expect(made.map((payload) => objectAt(payload, "vote")["selectedOptions"])).toEqual([["Maybe"], ["Going"], ["Going"]]);
  });
  it.each([["ms", 13], ["seconds", 10], ["missing", undefined]] as const)("voteTimestamp: %s", async (voteTimestamp, digits) => {
    const { made } = await sendPoll(CHAT, [votes], { voteTimestamp });
    const { timestamp } = objectAt(made[0], "vote");
    expect(timestamp === undefined ? undefined : String(timestamp).length).toBe(digits);
  });
  it.each([["own-view", `true_${CHAT}_`], ["lid-chat", "true_271000000000099@lid_"], ["guest-view-lid", "false_184000000000011@lid_"], ["group-three-parts", `true_${CHAT}_`]] as const)("pollId %s in a direct chat", async (spelling, start) => {
    const { id, made } = await sendPoll(CHAT, [votes], { pollId: spelling });
    expect(pollId(made[0])).toBe(start + id);
  });
  it("pollId group-three-parts in a group", async () => {
    const { id, made } = await sendPoll(GROUP, [votes], { pollId: "group-three-parts" });
    expect(pollId(made[0])).toBe(`true_${GROUP}_${id}`);
  });
});

describe("poll.vote on the other engines", () => {
  const vote = async (engine: WahaSwitches["engine"], chat: string) => {
    const { id, made } = await sendPoll(chat, [votes], { engine, groupAddressing: "lid" });
    return { id, poll: objectAt(made[0], "poll"), vote: objectAt(made[0], "vote") };
  };
  const LID = "271000000000099@lid";
  it("NOWEB: the voter in `from`, `to` me or the group, no participant", async () => {
    expect((await vote("NOWEB", CHAT)).vote).toMatchObject({ from: CHAT, to: "me" });
    await bench.stop();
    const group = await vote("NOWEB", GROUP);
    expect(group.vote).toMatchObject({ from: LID, to: GROUP, fromMe: false });
    expect(group.vote).not.toHaveProperty("participant");
    expect(group.poll).toEqual({ id: `true_${GROUP}_${group.id}`, to: GROUP, from: "351910000777@c.us", fromMe: true });
  });
  it("WEBJS: the vote borrows the poll's bare id", async () => {
    const { id, poll, vote: made } = await vote("WEBJS", CHAT);
    expect(made).toMatchObject({ id: `false_${CHAT}_${id}`, to: "351910000777@c.us", from: CHAT });
    expect(poll).toEqual({ id: `true_${CHAT}_${id}`, to: CHAT, from: "351910000777@c.us", fromMe: true });
  });
  it("WPP: both ids equal, and poll.fromMe says whether the voter is me", async () => {
    const { id, poll, vote: made } = await vote("WPP", CHAT);
    expect([poll["id"], made["id"], poll["fromMe"], made["participant"]]).toEqual([`true_${CHAT}_${id}`, `true_${CHAT}_${id}`, false, null]);
    await bench.stop();
    expect((await vote("WPP", GROUP)).vote).toMatchObject({ participant: LID, from: LID, to: GROUP });
  });
  it("an undecryptable vote is silent, but for NOWEB without the poll in its store: an empty list and seconds", async () => {
    for (const switches of [{ engine: "NOWEB" }, { engine: "WEBJS" }, { engine: "WPP" }] as const) {
      const { made, failed } = await sendPoll(CHAT, [{ ...votes, undecryptable: true }], switches);
      expect([made.length, failed.length, bench.waha.journal.count("poll.voted")]).toEqual([0, 0, 1]);
      await bench.stop();
    }
    const { failed } = await sendPoll(CHAT, [{ ...votes, undecryptable: true }], { engine: "NOWEB", nowebStore: "lacks-poll" });
    expect(objectAt(failed[0], "vote")["selectedOptions"]).toEqual([]);
    expect(String(objectAt(failed[0], "vote")["timestamp"])).toHaveLength(10);
  });
});

describe("POST /api/sendText and texts from guests", () => {
  const text = (body: JsonObject) => bench.call("POST", "/api/sendText", { session: SESSION, chatId: CHAT, ...body });

  it("sends, and sends an empty message when there is no text", async () => {
    bench = await startBench();
    expect(Object.keys((await text({ text: "Reply 1, 2 or 3" })).json)).toEqual(["id", "_data"]);
    expect((await text({})).status).toBe(201);
    await bench.waha.flush();
    expect(bench.waha.journal.entries({ act: "text.sent" }).map(({ shown }) => shown?.text)).toEqual(["Reply 1, 2 or 3", ""]);
    expect(bench.of("message.any")[0]?.payload["body"]).toBe("Reply 1, 2 or 3");
    bench.waha.setSwitches({ engine: "NOWEB" });
    expect(objectAt((await text({ text: "x" })).json, "key")["remoteJid"]).toBe("351960000123@s.whatsapp.net");
  });

  it("honours a caller-chosen id since 2026.4.3 on GOWS and NOWEB, and ignores it otherwise", async () => {
    bench = await startBench();
    const id = (await bench.call("GET", `/api/${SESSION}/new-message-id`)).json["id"];
    expect((await text({ id, text: "x" })).json["id"]).toBe(`true_${CHAT}_${String(id)}`);
    for (const switches of [{ mode: "legacy" }, { mode: "strict", engine: "WPP" }] as const) {
      bench.waha.setSwitches(switches);
      expect((await text({ id: "3EB0MINE", text: "x" })).json["id"]).not.toContain("3EB0MINE");
    }
    bench.waha.setSwitches({ mode: "legacy" });
    expect((await bench.call("GET", `/api/${SESSION}/new-message-id`)).status).toBe(404);
  });

  it.each([["dropped", 201, 1], ["shown-twice", 201, 2], ["refused", 500, 1]] as const)("repeatedId: %s", async (repeatedId, status, shown) => {
    bench = await startBench({ switches: { repeatedId } });
    await text({ id: "3EB0MINE", text: "x" });
    expect((await text({ id: "3EB0MINE", text: "x" })).status).toBe(status);
    expect(bench.waha.journal.count("text.sent")).toBe(shown);
  });

  const reply = async (switches: Partial<WahaSwitches>) => {
    bench = await startBench({ switches });
    bench.waha.script({ account: SESSION, chat: CHAT, steps: [{ guest: GUEST, text: "1" }] });
    await text({ text: "Reply 1, 2 or 3" });
    await bench.waha.flush();
    return { sent: bench.waha.journal.entries({ act: "text.sent" })[0]?.messageId, payload: bench.of("message")[0]?.payload };
  };
  it("a quoting answer comes as message and message.any, with the bare id of our text", async () => {
    const { sent, payload } = await reply({});
    expect(payload).toMatchObject({ from: CHAT, fromMe: false, source: "app", body: "1", to: null, participant: null, ack: 2, ackName: "DEVICE", replyTo: { id: sent, participant: "351910000777@c.us", body: "Reply 1, 2 or 3" } });
    expect(bench.of("message.any").filter((caught) => caught.payload["id"] === payload?.["id"])).toHaveLength(1);
    expect(bench.waha.journal.entries({ act: "text.received" })[0]).toMatchObject({ target: sent, by: CHAT, shown: { text: "1", replyTo: sent } });
  });
  it("on WPP the quoted id is composite", async () => {
    const { sent, payload } = await reply({ engine: "WPP" });
    expect(objectAt(payload, "replyTo")["id"]).toBe(`true_${CHAT}_${sent}`);
  });
  it("quotedContent: without it replyTo is null and the id is in _data only", async () => {
    const { sent, payload } = await reply({ quotedContent: "missing" });
    expect(payload?.["replyTo"]).toBeNull();
    expect(objectAt(payload, "_data", "Message", "extendedTextMessage", "contextInfo")["stanzaID"]).toBe(sent);
  });
  it("quotedContent wrapped: in a chat with disappearing messages replyTo is lost, and the id is one level deeper", async () => {
    const { sent, payload } = await reply({ quotedContent: "wrapped" });
    expect([payload?.["body"], payload?.["replyTo"]]).toEqual(["1", null]);
    expect(objectAt(payload, "_data", "Message", "ephemeralMessage", "message", "extendedTextMessage", "contextInfo")["stanzaID"]).toBe(sent);
  });
  it("no quote: null, and no key at all on WEBJS", async () => {
    for (const engine of ["GOWS", "WEBJS"] as const) {
      bench = await startBench({ switches: { engine } });
      await bench.waha.answer({ account: SESSION, chat: CHAT, guest: GUEST, text: "hello", unquoted: true });
      expect(bench.of("message")[0]?.payload["replyTo"]).toBe(engine === "GOWS" ? null : undefined);
      await bench.stop();
    }
    bench = await startBench();
  });
  it("a quote of an event has no body", async () => {
    bench = await startBench();
    const target = await bench.invite(CHAT);
    await bench.waha.answer({ account: SESSION, chat: CHAT, target, guest: GUEST, text: "see you" });
    expect(Object.keys(objectAt(bench.of("message")[0]?.payload, "replyTo"))).toEqual(["id", "participant", "_data"]);
  });
  it("a corrected text is message.edited, a deleted one message.revoked, both naming the bare id", async () => {
    bench = await startBench();
    const { messageId } = await bench.waha.answer({ account: SESSION, chat: CHAT, guest: GUEST, text: "1", unquoted: true });
    await bench.waha.answer({ account: SESSION, chat: CHAT, guest: GUEST, editOf: messageId, text: "2" });
    expect(bench.of("message.edited")[0]?.payload).toMatchObject({ body: "2", editedMessageId: messageId, replyTo: null });
    const { messageId: revoke } = await bench.waha.answer({ account: SESSION, chat: CHAT, guest: GUEST, revokeOf: messageId });
    const revoked = bench.of("message.revoked")[0]?.payload;
    expect(revoked).toMatchObject({ before: null, revokedMessageId: messageId, _data: {} });
    expect(objectAt(revoked, "after")["id"]).toBe(`false_${CHAT}_${revoke}`);
    expect(bench.of("message")).toHaveLength(1);
  });
});
