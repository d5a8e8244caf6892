import { describe, expect, it } from "@jest/globals";
import { runAcmeDemo } from "./acme-demo.js";

describe("the demonstration on a vendor that a stranger added", () => {
  it("sends, hears the answers, moves, cancels and answers, as the vendor's journal has it, and notices planted defects", async () => {
    const lines: string[] = [];
    const result = await runAcmeDemo({ now: () => new Date(), write: (line) => lines.push(...line.split("\n")) });
    expect(result.problems).toEqual([]);
    expect(result.planted).toEqual({ tried: 3, caught: 3 });
    expect(result.journal).toEqual({ cardsAtAcme: 4, edited: 1, canceled: 1, responded: 1, replies: 6 });
    expect(result.rsvps.map((row) => `${row.appointment} ${row.guest} ${row.response} +${row.extraGuests} ${row.provider}`).toSorted()).toEqual([
      "check-up-ana +351910000001 GOING +0 acme",
      "physio-bruno +351910000002 NOT_GOING +0 acme",
      "rehearsal +351910000004 GOING +2 acme",
      "rehearsal 270000000000005@lid MAYBE +0 acme",
    ]);
    expect(lines.filter((line) => line.length > 100)).toEqual([]);
  }, 30_000);
});
