import { describe, expect, it } from "@jest/globals";
import { compileCheck } from "../schema/compile-check.js";
import { refusalRulesSchema, ruleFor, type RefusalRule } from "./refusal-rule.js";

const ASLEEP: RefusalRule = { status: 400, says: "Phone is asleep", code: "UNAVAILABLE", transient: true };
const GONE: RefusalRule = { status: 400, says: "is gone", code: "NOT_FOUND" };
const problemsOf = (rules: unknown) => compileCheck(refusalRulesSchema)(rules).map(({ path }) => path);

describe("an operator's rules for a vendor's refusals", () => {
  it("fit by the status and the words, in any case and in any of the texts", () => {
    expect(ruleFor([ASLEEP, GONE], 400, [undefined, "Sorry: the PHONE IS ASLEEP."])).toBe(ASLEEP);
    expect(ruleFor([ASLEEP, GONE], 400, ["The event is gone", undefined])).toBe(GONE);
  });

  it.each([[500, ["phone is asleep"]], [400, ["phone is awake"]], [400, [undefined]], [400, []]] as const)("do not fit status %p saying %p", (status, texts) => {
    expect(ruleFor([ASLEEP, GONE], status, texts)).toBeUndefined();
  });

  it("are asked in order, and none fits where there are none", () => {
    expect(ruleFor([GONE, ASLEEP], 400, ["phone is asleep, or is gone"])).toBe(GONE);
    expect(ruleFor(undefined, 400, ["phone is asleep"])).toBeUndefined();
  });

  it("are refused without words, with a status that is no refusal, and with a code that no refusal has", () => {
    expect(problemsOf([ASLEEP, GONE, { ...GONE, status: 200 }])).toEqual([]);
    expect(problemsOf([{ ...GONE, says: "" }])).toEqual(["0.says"]);
    expect(problemsOf([{ status: 400, code: "REFUSED" }])).toEqual(["0.says"]);
    expect(problemsOf([{ ...GONE, status: 302 }, { ...GONE, code: "CONFLICT" }])).toEqual(expect.arrayContaining(["0.status", "1.code"]));
  });
});
