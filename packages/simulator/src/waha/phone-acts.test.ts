import { afterEach, describe, expect, it } from "@jest/globals";
import { CHAT, GROUP, GUEST, objectAt, SESSION, startBench, type Bench } from "./test-bench.js";

let bench: Bench;
afterEach(() => bench.stop());
const sim = async (path: string, body: unknown) => {
  const answered = await bench.call("POST", `/__sim/${path}`, body, { "x-api-key": "" });
  await bench.waha.flush();
  return answered;
};

describe("an event changed or cancelled by hand on the creator's phone", () => {
  it("is an encrypted update: message.any without body, and nothing that says what changed", async () => {
    bench = await startBench();
    const id = await bench.invite(CHAT);
    const before = bench.caught.length;
    const { json } = await sim("answers", { account: SESSION, chat: CHAT, own: true, change: { canceled: true } });
    const told = bench.caught.slice(before).map(({ body }) => body);
    expect(told.map(({ event }) => event)).toEqual(["message.any"]);
    const payload = objectAt(told[0], "payload");
    expect(payload).toMatchObject({ id: `true_${CHAT}_${String(json["messageId"])}`, fromMe: true, source: "app", replyTo: null });
    expect(Object.keys(payload)).not.toContain("body");
    expect(Object.keys(objectAt(payload, "_data", "Message"))).toEqual(["secretEncryptedMessage"]);
    expect(objectAt(payload, "_data", "Message", "secretEncryptedMessage", "targetMessageKey")).toEqual({ remoteJID: CHAT, fromMe: true, ID: id });
    expect(JSON.stringify(payload)).not.toContain("anceled");
  });

  it("is shown by the phones, and by the event when it is read back", async () => {
    bench = await startBench();
    const id = await bench.invite(CHAT);
    await bench.waha.answer({ account: SESSION, chat: CHAT, guest: GUEST, own: true, target: id, change: { title: "Moved", startsAtMs: 1798884000000 } });
    expect(bench.waha.journal.entries({ act: "event.edited" })).toEqual([expect.objectContaining({ target: id, shown: expect.objectContaining({ title: "Moved", startsAt: "2027-01-02T10:00:00.000Z", location: "Salon North" }) })]);
    await bench.waha.answer({ account: SESSION, chat: CHAT, guest: GUEST, own: true, target: id, change: { canceled: true } });
    const { json } = await bench.call("GET", `/api/${SESSION}/chats/${CHAT}/messages/${id}`);
    expect(objectAt(json, "_data", "Message", "eventMessage")).toMatchObject({ name: "Moved", isCanceled: true });
  });

  it("can be done by a guest to his own event only: then it is a message, too", async () => {
    bench = await startBench();
    await bench.invite(GROUP);
    const theirs = await bench.waha.memberEvent({ account: SESSION, chat: GROUP, guest: GUEST, title: "Dinner", startsAtMs: 1798711200000 });
    const before = bench.caught.length;
    await bench.waha.answer({ account: SESSION, chat: GROUP, guest: GUEST, target: theirs.messageId, change: { canceled: true } });
    expect(bench.caught.slice(before).map(({ body }) => body["event"])).toEqual(["message", "message.any"]);
    const refused = await sim("answers", { account: SESSION, chat: GROUP, guest: { phone: "351960000777" }, target: theirs.messageId, change: { canceled: true } });
    expect([refused.status, refused.json["error"]]).toEqual([409, "only its creator can change an event"]);
    expect((await sim("answers", { account: SESSION, chat: GROUP, own: true, target: theirs.messageId, change: { canceled: true } })).status).toBe(409);
  });
});

describe("a poll of a guest", () => {
  it("arrives as message and message.any, and a vote on it is told as if the poll were ours", async () => {
    bench = await startBench();
    const { json } = await sim("polls", { account: SESSION, chat: CHAT, guest: GUEST, question: "Lunch?", options: ["Yes", "No"] });
    const id = String(json["messageId"]);
    expect(bench.caught.map(({ body }) => body["event"])).toEqual(["message", "message.any"]);
    expect(bench.of("message")[0]?.payload).toMatchObject({ id: `false_${CHAT}_${id}`, fromMe: false });
    await bench.waha.answer({ account: SESSION, chat: CHAT, guest: GUEST, target: id, vote: ["Yes"] });
    expect(objectAt(bench.of("poll.vote")[0]?.payload, "poll")).toEqual({ id: `true_${CHAT}_${id}`, to: CHAT, from: "me", fromMe: true });
  });

  it("on NOWEB keeps its own view of it", async () => {
    bench = await startBench({ switches: { engine: "NOWEB" } });
    const { messageId } = await bench.waha.memberPoll({ account: SESSION, chat: CHAT, guest: GUEST, question: "Lunch?", options: ["Yes", "No"] });
    await bench.waha.answer({ account: SESSION, chat: CHAT, guest: GUEST, target: messageId, vote: ["Yes"] });
    expect(objectAt(bench.of("poll.vote")[0]?.payload, "poll")).toMatchObject({ id: `false_${CHAT}_${messageId}`, fromMe: false });
  });

  it("needs labels", async () => {
    bench = await startBench();
    expect((await sim("polls", { account: SESSION, chat: CHAT, guest: GUEST, question: "Lunch?" })).json["error"]).toMatch(/options/);
  });
});

describe("presence", () => {
  it("is told as presence.update and leaves no trace in the chat", async () => {
    bench = await startBench();
    await sim("answers", { account: SESSION, chat: CHAT, guest: GUEST, presence: "typing" });
    await sim("answers", { account: SESSION, chat: GROUP, guest: GUEST, presence: "offline" });
    expect(bench.of("presence.update").map(({ payload }) => payload)).toEqual([
      { id: CHAT, presences: [{ participant: CHAT, lastKnownPresence: "typing" }] },
      { id: GROUP, presences: [{ participant: "271000000000099@lid", lastSeen: expect.any(Number), lastKnownPresence: "offline" }] },
    ]);
    expect(bench.waha.journal.entries().filter(({ act }) => !act.startsWith("webhook."))).toEqual([]);
  });
});
