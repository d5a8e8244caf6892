import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { Roster } from "./roster.js";

describe("a roster", () => {
  it("holds whoever came and did not leave, whatever the order, and however often one leaves", () => {
    fc.assert(fc.property(fc.array(fc.nat(20)), (steps) => {
      const roster = new Roster<number>();
      const here = new Map<number, () => void>();
      const gone: (() => void)[] = [];
      for (const [index, step] of steps.entries()) {
        const leave = here.get(step);
        if (leave === undefined) here.set(step, roster.add(step));
        else {
          leave();
          here.delete(step);
          gone.push(leave);
        }
        if (index % 3 === 0) gone.at(index % 5)?.();
      }
      const seen: number[] = [];
      roster.forEach((member) => seen.push(member));
      expect([roster.size, seen.sort((a, b) => a - b)]).toEqual([here.size, [...here.keys()].sort((a, b) => a - b)]);
    }));
  });

  it("does not reach who leaves because another one was reached", () => {
    const roster = new Roster<string>();
    const leave = [roster.add("a"), roster.add("b"), roster.add("c")];
    const seen: string[] = [];
    roster.forEach((member) => {
      seen.push(member);
      leave[1]?.();
    });
    expect(seen).toEqual(["a", "c"]);
  });
});
