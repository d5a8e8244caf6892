import { describe, expect, it } from "@jest/globals";
import { isRecipient, messageId, type PollCommand, type Recipient } from "@event-messaging/core/driver";
import { call, openWaha, rejection, scriptedHttp } from "../test/support.js";

const to = (text: string): Recipient => {
  if (!isRecipient(text)) throw new Error(text);
  return text;
};
const id = messageId("3EB0CHOSEN0001");
if (id === undefined) throw new Error("id");
const POLL: PollCommand = { to: to("+351960000123"), question: "Colour appointment, Thu 31 Dec 10:00. Will you come?", options: ["Going", "Not going", "Maybe"] };
const accepted = { status: 201, json: { id: "true_351960000123@c.us_3EB0D7E8F9A0B1C2233445", _data: null } };

describe("a poll", () => {
  it("is one choice, with the session in the body and the id that the caller chose", async () => {
    const { http, requests } = scriptedHttp({ "POST /api/sendPoll": accepted });
    expect(await openWaha(http).sendPoll?.({ ...POLL, messageId: id }, call)).toMatchObject({ stage: "handed-over", messageId: "3EB0D7E8F9A0B1C2233445" });
    expect(requests[0]?.json).toEqual({ session: "salon-042", chatId: "351960000123@c.us", id: "3EB0CHOSEN0001", poll: { name: POLL.question, options: ["Going", "Not going", "Maybe"], multipleAnswers: false } });
  });

  it("resolves with the id that the server used: servers before 2026.4.3 ignore the chosen one", async () => {
    const receipt = await openWaha(scriptedHttp({ "POST /api/sendPoll": accepted }).http).sendPoll?.({ ...POLL, messageId: id }, call);
    expect(receipt?.messageId).not.toBe("3EB0CHOSEN0001");
  });

  it.each([
    ["one option", { options: ["Going"] }], ["13 options", { options: [..."abcdefghijklm"] }], ["none", { options: [] }], ["equal options", { options: ["Going", "Going"] }],
    ["options that differ in composition only", { options: ["\u00e9", "e\u0301"] }], ["an empty option", { options: ["Going", ""] }], ["a space around", { options: ["Going", "Maybe "] }],
    ["an option of 101 characters", { options: ["Going", "x".repeat(101)] }], ["no question", { question: " " }], ["a question of 256 characters", { question: "x".repeat(256) }],
  ])("waha-9.4; polls-10.9; polls-10.10: with %s is refused before any request, because the server would accept it", async (_, changes) => {
    const { http, requests } = scriptedHttp({ "POST /api/sendPoll": accepted });
    expect(await rejection(openWaha(http).sendPoll?.({ ...POLL, ...changes }, call))).toMatchObject({ code: "INVALID_ARGUMENT", outcome: "not-sent", issues: expect.arrayContaining([{ path: expect.stringMatching(/^(?:question|options)/), message: expect.stringMatching(/./) }]) });
    expect(requests).toHaveLength(0);
  });
});

describe("a text", () => {
  it("may quote by the bare id and carry an id that the caller chose; links are not fetched", async () => {
    const { http, requests } = scriptedHttp({ "POST /api/sendText": { status: 201, json: { key: { remoteJid: "351960000123@s.whatsapp.net", fromMe: true, id: "3EB0T" }, message: {} } } });
    expect(await openWaha(http).sendText?.({ to: to("271000000000099@lid"), text: "Reply 1, 2 or 3", replyTo: id, messageId: id }, call)).toMatchObject({ messageId: "3EB0T" });
    expect(requests[0]?.json).toEqual({ session: "salon-042", chatId: "271000000000099@lid", text: "Reply 1, 2 or 3", linkPreview: false, id: "3EB0CHOSEN0001", reply_to: "3EB0CHOSEN0001" });
  });

  it("that is empty is refused before any request", async () => {
    const { http, requests } = scriptedHttp({});
    expect(await rejection(openWaha(http).sendText?.({ to: to("+351960000123"), text: "\n" }, call))).toMatchObject({ code: "INVALID_ARGUMENT" });
    expect(requests).toHaveLength(0);
  });

  it("without an id in the answer is an unknown outcome", async () =>
    expect(await rejection(openWaha(scriptedHttp({ "POST /api/sendText": { status: 201, json: {} } }).http).sendText?.({ to: to("+351960000123"), text: "x" }, call))).toMatchObject({ code: "PROTOCOL", outcome: "unknown" }));
});
