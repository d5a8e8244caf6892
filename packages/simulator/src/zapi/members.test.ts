import { afterEach, describe, expect, it } from "@jest/globals";
import { EVENT, GROUP, RITA, startBench, type Bench } from "./test-bench.js";
import { zapiDefaults } from "./start.js";

let bench: Bench;
afterEach(() => bench.stop());
const account = zapiDefaults.instanceId;
const invite = async (): Promise<string> => {
  const { json } = await bench.call("POST", "send-event", { phone: GROUP, event: EVENT });
  await bench.zapi.flush();
  return String(json["messageId"]);
};
const own = { account, chat: GROUP, guest: RITA, own: true };

describe("what is done by hand on a phone", () => {
  it("the owner cancels an event: the card is crossed out, and the callback is an edit that is not fromApi", async () => {
    bench = await startBench({ switches: { dateTimeMode: "instant" } });
    const target = await invite();
    await bench.zapi.answer({ ...own, target, change: { canceled: true } });
    await bench.zapi.flush();
    expect(bench.zapi.journal.entries({ act: "event.canceled" })).toEqual([expect.objectContaining({ target, shown: expect.objectContaining({ title: EVENT.name, canceled: true }) })]);
    expect(bench.with("event").at(-1)).toMatchObject({ messageId: target, fromMe: true, fromApi: false, isEdit: true, event: { name: EVENT.name, canceled: true } });
  });

  it("the owner moves an event: told by the switches for edits, and not at all without notifySentByMe", async () => {
    bench = await startBench({ switches: { editedEventId: "edit", editedEventFlag: "not-edit" } });
    const target = await invite();
    const { messageId } = await bench.zapi.answer({ ...own, target, change: { title: "Moved", startsAtMs: 1798884000000 } });
    await bench.zapi.flush();
    expect(bench.with("event").at(-1)).toMatchObject({ messageId, isEdit: false, event: { name: "Moved", scheduleTime: 1798884000 } });
    bench.zapi.putInstance({ id: account, notifySentByMe: false });
    const before = bench.caught.length;
    await bench.zapi.answer({ ...own, target, change: { canceled: true } });
    await bench.zapi.flush();
    expect(bench.caught).toHaveLength(before);
  });

  it("a member changes his own event, and nobody else's", async () => {
    bench = await startBench();
    await invite();
    const { messageId } = await bench.zapi.memberEvent({ account, chat: GROUP, guest: RITA, title: "Dinner", startsAtMs: 1798711200000 });
    await bench.zapi.answer({ account, chat: GROUP, guest: RITA, target: messageId, change: { location: "At home" } });
    await bench.zapi.flush();
    expect(bench.with("event").at(-1)).toMatchObject({ fromMe: false, participantPhone: RITA.phone, event: { name: "Dinner", location: { name: "At home" } } });
    await expect(bench.zapi.answer({ ...own, target: messageId, change: { canceled: true } })).rejects.toThrow("only its creator can change an event");
    await expect(bench.zapi.answer({ account, chat: GROUP, guest: { phone: "5511987650009" }, target: messageId, change: { canceled: true } })).rejects.toThrow("only its creator");
  });

  it("a member's poll arrives with question and options, and is voted on under its bare id", async () => {
    bench = await startBench();
    const { messageId } = await bench.zapi.memberPoll({ account, chat: GROUP, guest: RITA, question: "Lunch?", options: ["Yes", "No"] });
    await bench.zapi.answer({ account, chat: GROUP, guest: RITA, target: messageId, vote: ["Yes"] });
    await bench.zapi.flush();
    expect(bench.with("poll")).toEqual([expect.objectContaining({ messageId, fromMe: false, poll: { question: "Lunch?", pollMaxOptions: 1, options: [{ name: "Yes" }, { name: "No" }] } })]);
    expect(bench.with("pollVote")).toEqual([expect.objectContaining({ pollVote: { pollMessageId: messageId, options: [{ name: "Yes" }] } })]);
  });

  it("presence has a callback of its own, and leaves no trace in the chat", async () => {
    bench = await startBench();
    for (const presence of ["typing", "recording", "paused", "online", "offline"]) await bench.zapi.answer({ account, chat: RITA.phone, guest: RITA, presence });
    await bench.zapi.answer({ account, chat: GROUP, guest: RITA, presence: "typing" });
    await bench.zapi.flush();
    const told = bench.of("PresenceChatCallback");
    expect(told[0]).toEqual({ type: "PresenceChatCallback", phone: RITA.phone, status: "COMPOSING", lastSeen: null, instanceId: account });
    expect(told.map(({ status, phone }) => `${String(status)} ${phone === GROUP ? "group" : "direct"}`)).toEqual(["COMPOSING direct", "RECORDING direct", "PAUSED direct", "AVAILABLE direct", "UNAVAILABLE direct", "COMPOSING group"]);
    expect(bench.zapi.journal.entries().filter(({ act }) => !act.startsWith("webhook."))).toEqual([]);
  });
});
