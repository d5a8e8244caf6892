import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { isRecipient } from "@event-messaging/core/driver";
import { fromChatId, readMessageId, recipientFromVendor, toChatId } from "./recipient.js";
import { waha } from "./index.js";

const phones = fc.stringMatching(/^\+[1-9][0-9]{6,14}$/);
const lids = fc.stringMatching(/^[1-9][0-9]{0,20}@lid$/);
const groups = fc.stringMatching(/^[0-9]{5,20}(-[0-9]{8,12})?@g\.us$/);

describe("recipients", () => {
  it("survive the way to WAHA's spelling and back", () => {
    fc.assert(fc.property(fc.oneof(phones, lids, groups), (text) => isRecipient(text) && fromChatId(toChatId(text)) === text));
  });

  it("waha-9.55: a chatId never holds a plus or a space", () => {
    fc.assert(fc.property(fc.oneof(phones, lids, groups), (text) => isRecipient(text) && /^[0-9-]+@(c\.us|lid|g\.us)$/.test(toChatId(text))));
  });

  it.each([
    ["351960000123@c.us", "+351960000123"],
    ["351960000123@s.whatsapp.net", "+351960000123"],
    ["351960000123:7@s.whatsapp.net", "+351960000123"],
    ["351960000123", "+351960000123"],
    ["271000000000099@lid", "271000000000099@lid"],
    ["271000000000099:5@lid", "271000000000099@lid"],
    ["120363400000000555@g.us", "120363400000000555@g.us"],
    ["351960000123-1600000000@g.us", "351960000123-1600000000@g.us"],
  ])("reads WAHA's %s as %s", (text, expected) => expect(waha.recipientFromVendor(text)).toBe(expected));

  it.each(["120363111111111111@newsletter", "status@broadcast", "me", "", "+351960000123", "@c.us", "12@c.us", "351960000123@c.us "])("reads nothing in %j", (text) =>
    expect(recipientFromVendor(text)).toBeUndefined());

  it("waha-9.13: the digits of a LID never become a phone number", () => {
    fc.assert(fc.property(lids, (lid) => fromChatId(lid) === lid && fromChatId(lid.replace("@", ":3@")) === lid));
  });
});

describe("message ids", () => {
  it.each([
    ["true_351960000123@c.us_3EB0C4D1A2B3F4E5061728"],
    ["false_351910000777@c.us_3EB0C4D1A2B3F4E5061728"],
    ["false_184000000000011@lid_3EB0C4D1A2B3F4E5061728"],
    ["true_120363400000000555@g.us_3EB0C4D1A2B3F4E5061728_351910000777@c.us"],
    ["false_120363400000000555@g.us_3EB0C4D1A2B3F4E5061728_184000000000011@lid"],
    ["false_+351 960 000 123@c.us_3EB0C4D1A2B3F4E5061728"],
    ["3EB0C4D1A2B3F4E5061728"],
  ])("%s holds the bare id of the event", (id) => expect(readMessageId(id)?.bare).toBe("3EB0C4D1A2B3F4E5061728"));

  it("waha-9.12: the server, the length and the alphabet of an id are not presumed", () => {
    fc.assert(fc.property(
      fc.constantFrom("true", "false", "x"), fc.stringMatching(/^[A-Za-z0-9.+ -]{1,20}@[a-z.]{1,14}$/), fc.stringMatching(/^[A-Za-z0-9]{1,40}$/), fc.option(fc.stringMatching(/^[0-9]{1,20}@[a-z.]{1,14}$/)),
      (fromMe, chat, bare, participant) => {
        const parts = readMessageId([fromMe, chat, bare, ...(participant === null ? [] : [participant])].join("_"));
        return parts?.bare === bare && parts.chat === chat && parts.fromMe === (fromMe === "true");
      },
    ));
  });

  it.each([["a_b"], ["true__3EB0"], ["true_351@c.us_"], ["true_351@c.us_3EB0_1@lid_more"], [""], [42], [null], [{}]])("reads nothing in %j", (id) =>
    expect(readMessageId(id)).toBeUndefined());
});
