import { describe, expect, it } from "@jest/globals";
import { instant, messageId, type Fact } from "@event-messaging/core/driver";
import { keptBy } from "./house.js";

const target = messageId("3EB0CAFECAFECAFECAFE01");
const answer = (source: string, guestAt: string): Fact<"rsvp"> => {
  if (target === undefined) throw new Error("id");
  return { type: "rsvp", source, target, at: instant("2026-11-20T10:00:00Z"), guestAt: instant(guestAt), guest: {}, response: "GOING" };
};

describe("the house that the stories are told by", () => {
  it("orders a whole second before its own milliseconds, although its text comes after theirs", () => {
    const [first, second] = [answer("a", "2026-11-20T10:00:00Z"), answer("b", "2026-11-20T10:00:00.001Z")];
    expect(String(first.guestAt) > String(second.guestAt)).toBe(true);
    expect(keptBy("right", [second, first])).toEqual([first, second]);
    expect(keptBy("in order of arrival", [second, first])).toEqual([second, first]);
  });

  it("keeps a fact once, and all of them only where it is told to", () => {
    const twice = [answer("a", "2026-11-20T10:00:00Z"), answer("a", "2026-11-20T10:00:00Z")];
    expect([keptBy("right", twice).length, keptBy("every delivery", twice).length]).toEqual([1, 2]);
  });
});
