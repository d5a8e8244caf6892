import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { isRecipient } from "@event-messaging/core/driver";
import { chatMessageId, recipientFromVendor, samePhone, toWireChat } from "./recipient.js";

const canonical = fc.oneof(
  fc.stringMatching(/^\+[1-9][0-9]{6,14}$/),
  fc.stringMatching(/^[1-9][0-9]{0,31}@lid$/),
  fc.stringMatching(/^[0-9]{1,32}(-[0-9]{1,20})?@g\.us$/),
).filter(isRecipient);

describe("recipients in the vendor's spelling", () => {
  it.each([
    ["+5511987650001", "5511987650001"],
    ["120363041234567890@g.us", "120363041234567890-group"],
    ["5511987650001-1623281429@g.us", "5511987650001-1623281429"],
    ["70123456789012@lid", "70123456789012@lid"],
  ])("%s is written %s and read back", (ours, theirs) => {
    if (!isRecipient(ours)) throw new Error("no recipient");
    expect(toWireChat(ours)).toBe(theirs);
    expect(recipientFromVendor(theirs)).toBe(ours);
  });

  it("zapi-11.20; zapi-13.15: old group ids, new group ids and LIDs round-trip unchanged", () => {
    fc.assert(fc.property(canonical, (recipient) => { expect(recipientFromVendor(toWireChat(recipient))).toBe(recipient); }));
  });

  it.each(["120363041234567890@newsletter", "1774895799-broadcast", "", "status@broadcast", "0123", "70123456789012@c.us", "120363041234567890-groups", "+5511987650001"])(
    "zapi-11.20; zapi-13.15: %j is no person and no group, and nothing is stripped to make it one", (text) => {
      expect(recipientFromVendor(text)).toBeUndefined();
    });

  it("a number is the same with and without the Brazilian ninth digit, and only then", () => {
    expect(samePhone("5511987650001", "551187650001")).toBe(true);
    expect(samePhone("+5511987650001", "5511987650001")).toBe(true);
    expect(samePhone("351987650001", "35187650001")).toBe(false);
  });

  it("a notice's counter is no message id", () => {
    expect(chatMessageId("464201093")).toBeUndefined();
    expect(chatMessageId("1679655074-84")).toBeUndefined();
    expect(chatMessageId("3EB0C41F7A9D2E6B558011")).toBe("3EB0C41F7A9D2E6B558011");
    expect(chatMessageId(464201093)).toBeUndefined();
  });
});
