import { describe, expect, it } from "@jest/globals";
import { pollProblems } from "./poll-problems.js";

const problems = (question: string, options: readonly string[]) => pollProblems({ question, options }).map(({ path }) => path);

describe("what WhatsApp would not show of a poll", () => {
  it.each([
    ["nothing", "Will you come?", ["Going", "Not going"], []],
    ["no question and one option", " ", ["a"], ["question", "options"]],
    ["a long question and equal options", "q".repeat(256), ["a", "a"], ["question", "options"]],
    ["a thirteenth option", "q", Array.from({ length: 13 }, (_, at) => `o${at}`), ["options"]],
    ["options that a vote could not name", "q", ["Going ", "", "e\u0301", "x".repeat(101), "fine"], ["options.0", "options.1", "options.2", "options.3"]],
    ["two spellings of one word", "q", ["\u00e9", "e\u0301"], ["options", "options.1"]],
  ])("polls-10.9; polls-10.10: %s is named, all at once", (_, question, options, expected) => {
    expect(problems(question, options)).toEqual(expected);
  });

  it("counts characters as people do: the longest question and options of emoji are shown", () => {
    expect(problems("\u{1f44d}".repeat(255), ["\u{1f44d}".repeat(100), "no"])).toEqual([]);
  });
});
