import { describe, expect, it } from "@jest/globals";
import { factIn, fixture, parse, variant } from "../test/support.js";

const QUOTED = "3EB0E1F2031425364758AB";
const chat = { kind: "foreign", reason: "chat" };
const REPLY = "message-reply-direct";
const inGroup = {
  "payload.id": "false_120363400000000555@g.us_3A90B1C2D3E4F5061728_271000000000099@lid", "payload.from": "120363400000000555@g.us",
  "payload.to": "271000000000099@lid", "payload.participant": "271000000000099@lid",
};

describe("a text that may be an answer", () => {
  it("carries the quoted id, the guest and the text", () => {
    expect(factIn(fixture(REPLY))).toEqual({
      type: "message.replied", source: "3A90B1C2D3E4F5061728", target: QUOTED, recipient: "+351960000123",
      guest: { phone: "+351960000123", name: "Rita" }, text: "1", at: "2026-12-31T10:06:40Z",
    });
  });

  it("is the same fact as message and as message.any", () => expect(factIn(variant(REPLY, { event: "message.any", id: "evt_other" }))).toEqual(factIn(fixture(REPLY))));

  it("polls-10.14: on WPP quotes by a composite id", () => expect(factIn(variant(REPLY, { "payload.replyTo.id": `true_351960000123@c.us_${QUOTED}` }))).toMatchObject({ target: QUOTED }));
  it("polls-10.14: quotes a poll or an event without repeating its text", () => expect(factIn(variant(REPLY, { "payload.replyTo.body": undefined, "payload._data": {} }))).toMatchObject({ target: QUOTED }));

  it("polls-10.14: quotes by the raw id when the engine lost the quoted message", () => {
    expect(factIn(variant(REPLY, { "payload.replyTo": null }))).toMatchObject({ target: QUOTED });
    const noweb = { message: { extendedTextMessage: { contextInfo: { stanzaId: QUOTED } } } };
    expect(factIn(variant(REPLY, { "payload.replyTo": null, "payload._data": noweb }))).toMatchObject({ target: QUOTED });
    const disappearing = { Message: { ephemeralMessage: { message: { extendedTextMessage: { contextInfo: { stanzaID: QUOTED } } } } } };
    expect(factIn(variant(REPLY, { "payload.replyTo": null, "payload._data": disappearing }))).toMatchObject({ target: QUOTED });
  });

  it("in a direct chat may quote nothing", () => {
    const fact = factIn(variant(REPLY, { "payload.replyTo": null, "payload._data": {} }));
    expect(fact).toMatchObject({ type: "message.replied", text: "1" });
    expect(fact).not.toHaveProperty("target");
  });

  it("in a group must quote", () => {
    expect(factIn(variant(REPLY, inGroup))).toMatchObject({ target: QUOTED, recipient: "120363400000000555@g.us", guest: { lid: "271000000000099@lid" } });
    expect(parse(variant(REPLY, { ...inGroup, "payload.replyTo": null, "payload._data": {} }))).toEqual(chat);
  });

  it("edited carries the new text under the old id", () => {
    const fact = factIn(fixture("message-edited-direct"));
    expect(fact).toMatchObject({ type: "message.replied", source: "3A90B1C2D3E4F5061728", text: "2", at: "2026-12-31T10:07:40Z" });
    expect(fact.edition).toBeDefined();
    expect(factIn(variant("message-edited-direct", { "payload.editedMessageId": "false_351960000123@c.us_3A90B1C2D3E4F5061728" })).source).toBe("3A90B1C2D3E4F5061728");
  });
});

describe("what is no answer stays chat", () => {
  it.each([
    ["a quote whose id cannot be read", { "payload.replyTo": { id: 7 }, "payload._data": {} }],
    ["a caption", { "payload.hasMedia": true }],
    ["a message without text", { "payload.body": undefined }],
    ["an own text", { "payload.fromMe": true }],
    ["an own text from another device", { "payload.from": "351910000777:3@s.whatsapp.net" }],
    ["a status update", { "payload.id": "false_status@broadcast_3A90_351960000123@c.us", "payload.from": "status@broadcast", "payload.participant": "351960000123@c.us" }],
    ["a text by nobody", { "payload.from": undefined }],
    ["a text without an id", { "payload.id": undefined, "payload._data": {} }],
  ])("%s", (_, changes) => expect(parse(variant(REPLY, changes))).toEqual(chat));

  it("an edit of nothing", () => expect(parse(variant("message-edited-direct", { "payload.editedMessageId": null }))).toEqual(chat));
  it("an encrypted edit of an event on the phone", () =>
    expect(parse(variant(REPLY, { "payload.body": undefined, "payload._data": { Message: { secretEncryptedMessage: {} } } }))).toEqual(chat));
});
