import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { audienceOf, isRecipient, recipientProblem } from "./recipient.js";

describe("the recipient grammar", () => {
  it.each([
    ["+351960000123", "direct"], ["+1234567", "direct"], ["+123456789012345", "direct"],
    ["77@lid", "direct"], [`${"9".repeat(32)}@lid`, "direct"],
    ["120363019502650977@g.us", "group"], ["351960000123-1612345678@g.us", "group"], ["0@g.us", "group"],
  ])("takes %s, for %s", (text, audience) => {
    expect(recipientProblem(text)).toBeUndefined();
    if (!isRecipient(text)) throw new Error("not taken");
    expect(audienceOf(text)).toBe(audience);
  });

  it.each([
    "", " ", "+", "+0351960000123", "+123456", "+1234567890123456", "+351 960 000 123", "+351-960-000-123", " +351960000123", "+351960000123\n", "+351960000123 ",
    "+٣٥١٩٦٠٠٠٠١٢٣", "＋351960000123", "+35196000012３", "00351960000123", "tel:+351960000123", "+351960000123,+351960000124",
    "@lid", "0@lid", "+7@lid", "7@LID", `${"9".repeat(33)}@lid`, "7@lid.us", "77:2@lid",
    "@g.us", "1203-@g.us", "-1203@g.us", "1203@G.US", "1203@g.us\n", "1203@g.us/..", "1-2-3@g.us", `${"1".repeat(33)}@g.us`,
    "status@broadcast", "120363@newsletter",
  ])("refuses %j, in words that name the grammar", (text) => {
    expect(isRecipient(text)).toBe(false);
    expect(recipientProblem(text)).toMatch(/@g\.us.*@lid/);
  });

  it.each(["351960000123", "351960000123@c.us", "351960000123@s.whatsapp.net", "120363019502650977-group"])("refuses the vendor's spelling %s and names the converter", (text) => {
    expect(recipientProblem(text)).toContain("recipientFromVendor");
  });

  it.each([351960000123, 0, Number.NaN, 12n, null, undefined, true, {}, [], ["+351960000123"], { toString: () => "+351960000123" }, new String("+351960000123")])("refuses %p, which is no text", (value) => {
    expect(isRecipient(value)).toBe(false);
    expect(recipientProblem(value)).toMatch(/^must be/);
  });

  it("tells somebody who passes a number that it has already lost digits", () => {
    expect(recipientProblem(120363019502650977)).toContain("lost digits");
  });

  it("never quotes what it was given", () => {
    fc.assert(fc.property(fc.string({ minLength: 8 }), (text) => {
      const problem = recipientProblem(text);
      return problem === undefined || !problem.includes(text) || '"+<E.164>", "<id>@g.us" or "<id>@lid"'.includes(text) || text.trim().length < 8;
    }));
  });

  it("takes a telephone number, a LID or a group for one of the three only", () => {
    fc.assert(fc.property(fc.stringMatching(/^\+?[0-9]{1,20}(@lid|@g\.us)?$/), (text) => {
      const kinds = [/^\+[1-9][0-9]{6,14}$/, /^[1-9][0-9]*@lid$/, /^[0-9]+@g\.us$/].filter((grammar) => grammar.test(text));
      return isRecipient(text) === (kinds.length === 1);
    }), { numRuns: 500 });
  });
});
